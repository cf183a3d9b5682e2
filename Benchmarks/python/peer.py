"""Evaluates with a Python library as a trainer does: the truth is loaded once, results come in memory.

    peer.py LIBRARY bbox|segm|keypoints TRUTH RESULTS ARRAYS.npz

Prints the seconds of loading the truth, and for each line that it then reads those of a run and of
the processors: from results, an array [N, 7] for boxes and a list of dictionaries otherwise, to the
figures of the summary.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy

NAMES = ("precision", "recall", "scores")


def classes(library: str) -> tuple[Any, Any]:
    """A library's COCO and COCOeval."""
    if library == "copra":
        from copra import COCO, COCOeval
    elif library == "ultrafast":
        from ultrafast_pycocotools import COCO, COCOeval
    elif library == "hotcoco":
        from hotcoco import COCO, COCOeval
    elif library == "faster-coco-eval":
        from faster_coco_eval import COCO
        from faster_coco_eval import COCOeval_faster as COCOeval
    else:
        from pycocotools.coco import COCO
        from pycocotools.cocoeval import COCOeval
    return COCO, COCOeval


def in_memory(kind: str, path: str) -> Any:
    """Results as a trainer has them."""
    with open(path) as file:
        records = json.load(file)
    if kind == "bbox":
        names = ("image_id", "bbox", "score", "category_id")
        columns = [[record[name] for record in records] for name in names]
        return numpy.column_stack([numpy.array(column, dtype=float) for column in columns])
    if kind == "segm":
        for record in records:
            record["segmentation"]["counts"] = record["segmentation"]["counts"].encode()
    return records


def vernier(kind: str, truth: str) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """What gives vernier's figures, and what gives its arrays, which it makes in another way."""
    from vernier import COCOeval, instance
    from pycocotools.coco import COCO

    with open(truth, "rb") as file:
        dataset = instance.CocoDataset.from_json(file.read())
    shape = {"bbox": instance.Bbox, "segm": instance.Segm, "keypoints": instance.Keypoints}[kind]
    judge = instance.Evaluator(iou=shape(), parity_mode="strict")

    def arrays(results: Any) -> Any:
        coco = COCO(truth)
        found = coco.loadRes(results)
        for record in found.dataset["annotations"]:
            # pycocotools' own are arrays, which vernier does not take.
            record["bbox"] = [float(number) for number in record["bbox"]]
        evaluation = COCOeval(coco, found, kind)
        evaluation.evaluate()
        evaluation.accumulate()
        return evaluation

    return lambda results: judge.evaluate(dataset, results), arrays


def drop_in(library: str, kind: str, truth: str) -> tuple[Callable[[Any], Any], ...]:
    """The same of a library with pycocotools' classes."""
    coco, judge = classes(library)
    data = coco(truth)
    # As long as records are untouched, some libraries have not made them yet.
    read = data.loadRes if hasattr(data, "loadRes") else data.load_res

    def evaluate(results: Any) -> Any:
        evaluation = judge(data, read(results), kind)
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
        return evaluation

    return evaluate, evaluate


def main() -> None:
    """Does what the arguments say."""
    library, kind, truth, results, arrays = sys.argv[1:]
    given = in_memory(kind, results)
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet):
        start = time.perf_counter()
        evaluate, detail = (
            vernier(kind, truth) if library == "vernier" else drop_in(library, kind, truth)
        )
        loading = time.perf_counter() - start
        found = detail(copy.deepcopy(given))
        numpy.savez(arrays, **{name: found.eval[name] for name in NAMES})
    print(json.dumps({"loading": loading}), flush=True)
    for _ in sys.stdin:
        # pycocotools writes into what it is given.
        fresh = copy.deepcopy(given)
        with contextlib.redirect_stdout(quiet):
            processors, start = time.process_time(), time.perf_counter()
            evaluate(fresh)
            seconds = time.perf_counter() - start
            processors = time.process_time() - processors
        print(json.dumps({"seconds": seconds, "processors": processors}), flush=True)


if __name__ == "__main__":
    main()
