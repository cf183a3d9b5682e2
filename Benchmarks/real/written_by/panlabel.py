"""What panlabel writes of a COCO file: Pascal VOC, YOLO, COCO and eight tables."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import panlabel

from written_by import sources, truth
from written_by.writing import write_all

TABLES = ["tfod", "vott-csv", "retinanet", "openimages", "via-csv", "automl-vision", "udacity"]
TABLES += ["kaggle-wheat"]


def convert(source: Path, form: str, target: Path) -> None:
    """Runs its command line; what it drops is its own matter."""
    command = [panlabel.find_panlabel_bin(), "convert", "--from", "coco", "--to", form]
    command += ["--input", source, "--output", target, "--allow-lossy"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)


def folder(form: str, nested: bool = False) -> Callable[[Path, Path], None]:
    """A format that is a folder of one split, into which the pictures are copied."""

    def write(pictures: Path, target: Path) -> None:
        listed = truth.pictures("train", nested)
        source = sources.save(sources.folder(target) / "train.json", listed)
        convert(source, form, target)
        sources.copy(pictures, "train", target / images[form], nested)

    images = {"voc": "JPEGImages", "yolo": "images"}
    return write


def table(form: str) -> Callable[[Path, Path], None]:
    """A table a split beside its pictures."""

    def write(pictures: Path, target: Path) -> None:
        for split in truth.SPLITS:
            listed = truth.pictures(split)
            source = sources.save(sources.folder(target) / f"{split}.json", listed)
            sources.copy(pictures, split, target / split)
            convert(source, form, target / f"{split}.csv")

    return write


def coco(pictures: Path, target: Path) -> None:
    """One file a split in folders as COCO has them."""
    for split in truth.SPLITS:
        listed = truth.pictures(split, nested=True)
        source = sources.save(sources.folder(target) / f"{split}.json", listed)
        sources.copy(pictures, split, target / split, nested=True)
        path = target / "annotations" / f"instances_{split}.json"
        path.parent.mkdir(exist_ok=True)
        convert(source, "coco", path)


if __name__ == "__main__":
    write_all(
        {
            "voc": folder("voc"),
            "yolo": folder("yolo"),
            "yolo nested": folder("yolo", nested=True),
            "coco": coco,
            **{form: table(form) for form in TABLES},
        }
    )
