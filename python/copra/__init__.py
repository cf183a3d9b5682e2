"""Object-detection datasets: read, validated and evaluated.

>>> import copra
>>> data = copra.read("VOC2012")                        # any format, as NumPy columns
>>> for finding in copra.validate("data.yaml"): print(finding)
>>> truth = copra.COCO("instances_val2017.json")        # pycocotools' classes, to the last bit
>>> judge = copra.COCOeval(truth, truth.loadRes("results.json"), "bbox")
"""

from copra import mask
from copra._library import CopraError, CopraFileError, set_threads
from copra._library import version as __version__
from copra.coco import COCO
from copra.dataset import Dataset, read
from copra.evaluation import COCOeval, Params
from copra.findings import Finding, validate
from copra.patch import patch_pycocotools

__all__ = [
    "COCO",
    "COCOeval",
    "CopraError",
    "CopraFileError",
    "Dataset",
    "Finding",
    "Params",
    "__version__",
    "mask",
    "patch_pycocotools",
    "read",
    "set_threads",
    "validate",
]
