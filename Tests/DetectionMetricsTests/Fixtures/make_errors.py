"""Makes errors.jsonl: generated sets and what tidecv finds wrong with their detections.

    python make_errors.py            # needs tidecv==1.0.1, pycocotools==2.0.11 and numpy
"""

from __future__ import annotations

import copy
import json
from pathlib import Path

import tidecv
from tidecv import functions

from make_evaluations import HEIGHT, WIDTH, Maker

SETS = 24
ODDITIES = ["plain", "equal scores", "zero areas", "unsorted ids", "equal overlaps", "many detections"]


def data(maker: Maker, has_masks: bool) -> tuple[tidecv.Data, tidecv.Data]:
    """Truth and detections as tidecv's readers of COCO files make them."""
    truth, found = tidecv.Data("truth", max_dets=100), tidecv.Data("found")
    for image in maker.truth["images"]:
        truth.add_image(image["id"], image["file_name"])
    for note in copy.deepcopy(maker.truth["annotations"]):
        mask = functions.toRLE(note["segmentation"], WIDTH, HEIGHT) if has_masks else None
        add = truth.add_ignore_region if note["iscrowd"] else truth.add_ground_truth
        add(note["image_id"], note["category_id"], note["bbox"], mask)
    for record in copy.deepcopy(maker.results):
        found.add_detection(
            record["image_id"],
            record["category_id"],
            record["score"],
            record.get("bbox"),
            record.get("segmentation"),
        )
    return truth, found


def line(number: int) -> dict:
    """One set with its figures."""
    kind = "segm" if number % 4 == 3 else "bbox"
    oddity = ODDITIES[number // 4]
    maker = Maker(2_000 + number, kind, oddity, images=2 if oddity == "many detections" else 10)
    truth, found = data(maker, kind == "segm")
    mode = tidecv.TIDE.MASK if kind == "segm" else tidecv.TIDE.BOX
    run = tidecv.TIDE().evaluate(truth, found, mode=mode)
    return {
        "name": f"{kind} {number}: {oddity}",
        "iou_type": kind,
        "truth": maker.truth,
        "results": maker.results,
        "ap": run.ap,
        "costs": {error.short_name: cost for error, cost in run.fix_main_errors().items()},
        "counts": {error.short_name: count for error, count in run.count_errors().items()},
        "special": {error.short_name: cost for error, cost in run.fix_special_errors().items()},
    }


def main() -> None:
    """Writes the fixture."""
    path = Path(__file__).with_name("errors.jsonl")
    with path.open("w") as file:
        for number in range(SETS):
            file.write(json.dumps(line(number), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
