"""Evaluates once with a Python library, as its own process, and prints how long each phase took.

    peer.py pycocotools|faster-coco-eval|hotcoco|ultrafast bbox|segm TRUTH RESULTS [ARRAYS.npz]
    peer.py tidecv|hotcoco-errors bbox TRUTH RESULTS
"""

from __future__ import annotations

import json
import sys
import time


class Clock:
    """Prints the seconds since it was last asked."""

    def __init__(self) -> None:
        self.last = time.perf_counter()

    def tell(self, phase: str) -> None:
        now = time.perf_counter()
        print(f"{phase} seconds: {now - self.last:.6f}")
        self.last = time.perf_counter()


def library(name: str) -> tuple:
    """Its classes for datasets and for evaluations."""
    if name == "ultrafast":
        from ultrafast_pycocotools import COCO, COCOeval
    elif name.startswith("hotcoco"):
        from hotcoco import COCO, COCOeval
    elif name == "faster-coco-eval":
        from faster_coco_eval import COCO
        from faster_coco_eval import COCOeval_faster as COCOeval
    else:
        from pycocotools.coco import COCO
        from pycocotools.cocoeval import COCOeval
    return COCO, COCOeval


def load(kind: str, name: str, truth: str, results: str):
    """An evaluation with both files loaded."""
    coco, evaluate = library(name)
    data = coco(truth)
    read = data.loadRes if hasattr(data, "loadRes") else data.load_res
    return evaluate(data, read(results), kind)


def evaluate(kind: str, name: str, truth: str, results: str, arrays: list[str]) -> None:
    """All phases of an evaluation."""
    clock = Clock()
    evaluation = load(kind, name, truth, results)
    clock.tell("load")
    evaluation.evaluate()
    clock.tell("match")
    evaluation.accumulate()
    evaluation.summarize()
    clock.tell("accumulate")
    for path in arrays:
        import numpy

        names = ("precision", "recall", "scores")
        numpy.savez(path, **{key: evaluation.eval[key] for key in names})


def tide(kind: str, truth: str, results: str) -> dict[str, float]:
    """tidecv's costs of each kind of error."""
    import tidecv
    from tidecv import datasets

    with open(truth) as file:
        text = json.load(file)
    data = tidecv.Data("truth", max_dets=100)
    for image in text["images"]:
        data.add_image(image["id"], image["file_name"])
    for note in text["annotations"]:
        add = data.add_ignore_region if note["iscrowd"] else data.add_ground_truth
        add(note["image_id"], note["category_id"], note["bbox"], None)
    run = tidecv.TIDE().evaluate(data, datasets.COCOResult(results), mode=kind)
    return {error.short_name: cost for error, cost in run.fix_main_errors().items()}


def main() -> None:
    """Does what the arguments say."""
    name, kind, truth, results, *arrays = sys.argv[1:]
    clock = Clock()
    if name == "tidecv":
        print("errors: " + json.dumps(tide(kind, truth, results)))
        clock.tell("all")
    elif name == "hotcoco-errors":
        evaluation = load(kind, name, truth, results)
        evaluation.evaluate()
        print("errors: " + json.dumps(evaluation.tide_errors()["delta_ap"]))
        clock.tell("all")
    else:
        evaluate(kind, name, truth, results, arrays)


if __name__ == "__main__":
    main()
