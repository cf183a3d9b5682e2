"""Programs that read COCO: pycocotools, torchvision, hotcoco."""

from __future__ import annotations

import collections
import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import hotcoco
import pycocotools.mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

import torchvision_python
from claims import Failed, Skipped

TORCHVISION_READER = Path(__file__).with_name("torchvision_reader.py")
TORCHVISION_TRAINING = Path(__file__).with_name("torchvision_training.py")


def load(path: Path) -> COCO:
    """A file in pycocotools, without what it prints."""
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(path))


def areas(path: Path) -> dict[int, float]:
    """The area that a file gives each annotation."""
    return {key: note["area"] for key, note in load(path).anns.items()}


def mask_areas(path: Path) -> dict[int, float]:
    """The area of each annotation's mask, by pycocotools."""
    coco = load(path)
    return {
        key: float(pycocotools.mask.area(coco.annToRLE(note))) for key, note in coco.anns.items()
    }


def run_lengths(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """The masks of each picture, as pycocotools compresses them."""
    coco = load(path)
    found = collections.defaultdict(list)
    for note in coco.anns.values():
        mask = pycocotools.mask.encode(pycocotools.mask.decode(coco.annToRLE(note)))
        name = Path(coco.imgs[note["image_id"]]["file_name"]).name
        found[name].append((*mask["size"], mask["counts"].decode()))
    return dict(found)


def detections(truth: COCO, kind: str) -> list[dict]:
    """A file's own objects as detections that are sure; crowds are none."""
    found = []
    for note in truth.anns.values():
        if note.get("iscrowd"):
            continue
        where = {"bbox": note["bbox"]} if kind == "bbox" else {"segmentation": truth.annToRLE(note)}
        keys = {key: note[key] for key in ("image_id", "category_id")}
        found.append({**keys, **where, "score": 1.0})
    return found


def has_masks(truth: COCO) -> bool:
    """Whether every object of a file has a polygon or a mask."""
    return bool(truth.anns) and all(note.get("segmentation") for note in truth.anns.values())


def average_precision(truth: COCO, kind: str) -> float:
    """AP of a file's own objects as detections."""
    with contextlib.redirect_stdout(io.StringIO()):
        evaluation = COCOeval(truth, truth.loadRes(detections(truth, kind)), kind)
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return float(evaluation.stats[0])


def hotcoco_counts(path: Path) -> tuple[int, int, int]:
    """Images, annotations and categories in hotcoco."""
    with contextlib.redirect_stdout(io.StringIO()):
        coco = hotcoco.COCO(str(path))
    return len(coco.get_img_ids()), len(coco.get_ann_ids()), len(coco.get_cat_ids())


def torchvision_counts(path: Path, pictures: Path) -> dict[str, str | int]:
    """What torchvision's `CocoDetection` reads of a file, with every picture opened."""
    return run_torchvision(TORCHVISION_READER, pictures, path)


def torchvision_refusals(path: Path) -> dict[str, Any]:
    """The ids of the annotations of a file that torchvision's detectors do not train on."""
    return run_torchvision(TORCHVISION_TRAINING, path)


def run_torchvision(script: Path, *arguments: Path) -> dict[str, Any]:
    """What a script says in its last line, in the Python that has torchvision."""
    python = torchvision_python.SYSTEM_PYTHON
    if not torchvision_python.has_torchvision():
        raise Skipped(f"no torchvision in {python}: apt-get install python3-torchvision")
    try:
        variables = torchvision_python.variables(Path(sys.prefix))
    except subprocess.CalledProcessError as error:
        raise Skipped(f"no pycocotools for torchvision: {error}") from error
    command = [python, script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=variables, check=False)
    if done.returncode != 0:
        raise Failed(f"torchvision cannot use {arguments[-1]}\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])
