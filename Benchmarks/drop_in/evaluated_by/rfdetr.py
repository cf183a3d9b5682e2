"""RF-DETR's evaluator, DETR's own, which takes pycocotools' evaluation step by step.

Later versions than the one of the requirements use faster-coco-eval for it.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import torch
from pycocotools.coco import COCO

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
from evaluated_by import inputs
from evaluated_by.recording import Recorder, record
from evaluated_by.torchvision import tensors

SIZE = 4


def without_models(name: str) -> None:
    """A package whose first lines, which import all models, are not run."""
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise ModuleNotFoundError(name)
    module = ModuleType(name)
    module.__path__ = list(spec.submodule_search_locations or [])
    sys.modules[name] = module


def work(recorder: Recorder, data: Path, checkouts: Path) -> str:
    """Boxes and masks, some pictures at a time."""
    without_models("rfdetr")
    without_models("rfdetr.datasets")
    evaluation = importlib.import_module("rfdetr.datasets.coco_eval")
    truth, results = COCO(str(data / inputs.INSTANCES)), inputs.results(data)
    judge = evaluation.CocoEvaluator(truth, ["bbox", "segm"])
    images = truth.loadImgs(truth.getImgIds())
    for first in range(0, len(images), SIZE):
        judge.update(
            {
                image["id"]: tensors(
                    results[image["id"]], torch.Size((image["height"], image["width"]))
                )
                for image in images[first : first + SIZE]
            }
        )
    judge.synchronize_between_processes()
    judge.accumulate()
    judge.summarize()
    # Its summary is its own.
    for own in judge.coco_eval.values():
        recorder.summarized(own)
    return f"RF-DETR {version('rfdetr')}"


if __name__ == "__main__":
    record(work)
