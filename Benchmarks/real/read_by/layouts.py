"""Where the files of each layout are, for programs that are told file by file."""

from __future__ import annotations

import dataclasses
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

COCO = ("torchvision", "detectron2", "mmdetection", "roboflow")
"""Layouts whose annotations are COCO's JSON."""
YOLO = ("ultralytics", "ultralytics outlines")
"""Layouts of Ultralytics, whose rows are boxes or outlines."""
VOC = Path("VOCdevkit/VOC2012")
SPLITS = {"valid": "val", "validation": "val"}
"""What splits are called here, where a layout calls them otherwise."""


@dataclasses.dataclass(frozen=True)
class Part:
    """A split of a folder: its annotations and its pictures."""

    split: str
    file: Path
    pictures: Path

    def coco(self) -> dict[str, Any]:
        """What its JSON holds."""
        return json.loads(self.file.read_bytes())


def coco(folder: Path) -> Iterator[Part]:
    """The JSON files of a layout with COCO's annotations."""
    for file in sorted(folder.glob("annotations/instances_*2017.json")):
        split = file.stem.removeprefix("instances_")
        yield Part(split.removesuffix("2017"), file, folder / split)
    for file in sorted(folder.glob("*/_annotations.coco.json")):
        yield Part(SPLITS.get(file.parent.name, file.parent.name), file, file.parent)


def voc(folder: Path) -> Iterator[Part]:
    """The lists of the splits of a layout of Pascal VOC."""
    root = folder / VOC
    for split in ("train", "val", "test"):
        file = root / f"ImageSets/Main/{split}.txt"
        if file.exists():
            yield Part(split, file, root / "JPEGImages")


def voc_splits(folder: Path) -> dict[str, str]:
    """The split of each picture by its id, for programs that know no splits."""
    return {name: part.split for part in voc(folder) for name in part.file.read_text().split("\n")}


def voc_classes(folder: Path) -> list[str]:
    """The names that stand in the XML files, for programs that must be told."""
    files = sorted((folder / VOC / "Annotations").glob("*.xml"))
    roots = [ElementTree.parse(file).getroot() for file in files]
    return sorted({name.text or "" for root in roots for name in root.iterfind("object/name")})


def yolo(folder: Path) -> Iterator[Part]:
    """The label folders of the splits that data.yaml names."""
    data = yaml.safe_load((folder / "data.yaml").read_text())
    for split in ("train", "val", "test"):
        if place := data.get(split):
            pictures = folder / place
            labels = folder / "labels" / pictures.relative_to(folder / "images")
            yield Part(split, labels, pictures)


def yolo_classes(folder: Path) -> dict[int, str]:
    """The names that data.yaml gives the classes."""
    names = yaml.safe_load((folder / "data.yaml").read_text())["names"]
    return names if isinstance(names, dict) else dict(enumerate(names))
