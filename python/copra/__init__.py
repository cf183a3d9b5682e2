"""Object-detection datasets: read, validated and evaluated.

>>> import copra
>>> data = copra.read("VOC2012")                        # any format, as NumPy columns
>>> for finding in copra.validate("data.yaml"): print(finding)
>>> truth = copra.COCO("instances_val2017.json")        # pycocotools' classes, to the last bit
>>> judge = copra.COCOeval(truth, truth.loadRes(results), "bbox")

The C library is loaded when one of these names is first used, so that `copra.spark`, which runs the
program instead, can be imported without it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

# The module that each name comes from, and what it is called there.
_HOMES = {
    "COCO": ("coco", "COCO"),
    "COCOeval": ("evaluation", "COCOeval"),
    "CopraError": ("_library", "CopraError"),
    "CopraFileError": ("_library", "CopraFileError"),
    "Dataset": ("dataset", "Dataset"),
    "Finding": ("findings", "Finding"),
    "Params": ("evaluation", "Params"),
    "__version__": ("_library", "version"),
    "patch_pycocotools": ("patch", "patch_pycocotools"),
    "read": ("dataset", "read"),
    "set_threads": ("_library", "set_threads"),
    "validate": ("findings", "validate"),
}
_MODULES = ("coco", "dataset", "detections", "drawing", "evaluation", "findings", "mask", "patch")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"copra.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'copra' has no attribute {name!r}")
    module, inner = _HOMES[name]
    value = getattr(importlib.import_module(f"copra.{module}"), inner)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
