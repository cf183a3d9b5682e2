"""Makes lvis.jsonl: generated sets as LVIS annotates them, and what lvis makes of them.

    python make_lvis.py            # needs lvis==0.5.3, pycocotools==2.0.11 and numpy
"""

from __future__ import annotations

import copy
import json
import tempfile
from pathlib import Path

import numpy

from make_evaluations import Maker, digest

numpy.float = float  # lvis 0.5.3 uses the name that NumPy 1.24 took away.

from lvis import LVIS, LVISEval, LVISResults  # noqa: E402

SETS = 20


def federate(maker: Maker) -> None:
    """Says of each image which categories it surely does not show and which only in part."""
    dataset = maker.truth
    dataset["categories"] = [
        {"id": number, "name": f"c{number}", "frequency": maker.chance.choice("rcf")}
        for number in sorted(maker.category_ids + [50, 51])
    ]
    for image in dataset["images"]:
        # LVIS has addresses in its place.
        del image["file_name"]
        shown = {n["category_id"] for n in dataset["annotations"] if n["image_id"] == image["id"]}
        absent = [n for n in maker.category_ids + [50] if n not in shown]
        image["neg_category_ids"] = [n for n in absent if maker.chance.random() < 0.6]
        image["not_exhaustive_category_ids"] = [n for n in shown if maker.chance.random() < 0.4]
    for note in dataset["annotations"]:
        del note["iscrowd"]
        if maker.chance.random() < 0.1:
            note["ignore"] = 1


def line(number: int) -> dict:
    """One set with its figures."""
    kind = "segm" if number % 3 == 2 else "bbox"
    # More than 300 detections in one image, so that LVIS's limit counts.
    oddity = {3: "zero areas", 4: "many detections"}.get(number % 5, "plain")
    maker = Maker(1_000 + number, kind, oddity, images=2 if number % 5 == 4 else 5)
    federate(maker)
    if number == 4:
        maker.results += copy.deepcopy(maker.results)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(maker.truth, file)
        file.flush()
        truth = LVIS(file.name)
    evaluation = LVISEval(truth, LVISResults(truth, copy.deepcopy(maker.results)), kind)
    evaluation.run()
    return {
        "name": f"{kind} {number}: {oddity}",
        "iou_type": kind,
        "lvis": True,
        "truth": maker.truth,
        "results": maker.results,
        "stats": [float(value) for value in evaluation.results.values()],
        **{name: digest(evaluation.eval[name]) for name in ("precision", "recall")},
    }


def main() -> None:
    """Writes the fixture."""
    path = Path(__file__).with_name("lvis.jsonl")
    with path.open("w") as file:
        for number in range(SETS):
            file.write(json.dumps(line(number), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
