"""Claims about `copra evaluate`: on tinycoco with jittered objects its arrays are pycocotools'."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import random
from pathlib import Path

import copra
import numpy
import pycocotools.mask
from claims import Claim, demand, demand_equal
from conversions import Workspace
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

SPLITS = ("train2017", "val2017")
COPIES = 3
NAMES = ("precision", "recall", "scores")


def claims(workspace: Workspace) -> list[Claim]:
    """For boxes and for masks of each split."""
    return [
        Claim(
            "evaluate",
            f"{split}, jittered, {kind}: bits and figures are pycocotools', of 1 and 2 threads",
            functools.partial(equals_pycocotools, workspace, split, kind),
        )
        for split in SPLITS
        for kind in ("bbox", "segm")
    ]


def equals_pycocotools(workspace: Workspace, split: str, kind: str) -> str:
    """Compares all arrays and the twelve numbers."""
    truth = workspace.datasets / f"tinycoco/annotations/instances_{split}.json"
    folder = workspace.scratch / f"evaluate-{split}-{kind}"
    folder.mkdir(parents=True, exist_ok=True)
    results = folder / "results.json"
    with contextlib.redirect_stdout(io.StringIO()):
        data = COCO(str(truth))
        found = jittered(data, kind)
        results.write_text(json.dumps(found))
        evaluation = COCOeval(data, data.loadRes(str(results)), kind)
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    for threads in ("1", "2"):
        run = copra.run(
            workspace.binary,
            [
                *("evaluate", truth, results, "--iou-type", kind, "--format", "json"),
                *("--arrays", folder, "--force", "--threads", threads),
            ],
        ).expecting(0)
        demand_equal("stats", json.loads(run.output)["stats"], evaluation.stats.tolist())
        for name in NAMES:
            demand(
                same_bits(folder / f"{name}.npy", evaluation.eval[name]), f"{name}: bits differ"
            )
    return f"{len(found)} detections, AP {evaluation.stats[0]:.4f}"


def same_bits(path: Path, expected: numpy.ndarray) -> bool:
    """Whether a file holds the very array."""
    found = numpy.load(path)
    if found.shape != expected.shape:
        return False
    return bool((found.view("u8") == numpy.ascontiguousarray(expected).view("u8")).all())


def jittered(data: COCO, kind: str) -> list[dict]:
    """Some detections near each object, a few of another category or of equal score."""
    chance = random.Random(5)
    categories = sorted(data.getCatIds())
    found = []
    for note in data.anns.values():
        for _ in range(COPIES):
            moves = [chance.gauss(0, chance.choice([0, 0.05, 0.2])) for _ in range(4)]
            record = {
                "image_id": note["image_id"],
                "category_id": note["category_id"],
                "score": round(chance.random(), 2),
            }
            if chance.random() < 0.1:
                record["category_id"] = chance.choice(categories)
            if kind == "bbox":
                sides = note["bbox"][2:] * 2
                moved = [v + move * s for v, move, s in zip(note["bbox"], moves, sides)]
                record["bbox"] = [round(value, 2) for value in moved]
            else:
                record["segmentation"] = shifted_mask(data, note, moves)
            found.append(record)
    return found


def shifted_mask(data: COCO, note: dict, moves: list[float]) -> dict:
    """An object's mask, moved by some pixels."""
    pixels = data.annToMask(note)
    across, down = (int(round(move * 20)) for move in moves[:2])
    moved = numpy.roll(pixels, (down, across), axis=(0, 1))
    mask = pycocotools.mask.encode(numpy.asfortranarray(moved))
    return {"size": mask["size"], "counts": mask["counts"].decode()}
