"""Reads annotations with none of copra's code: what its output is compared with."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path

import PIL.Image
import PIL.ImageOps

from boxes import Box

EDGES = ("xmin", "ymin", "xmax", "ymax")


def voc(folder: Path) -> list[Box]:
    """The boxes of all XML files of a folder, by the file name that each gives."""
    boxes = []
    for path in sorted(folder.glob("*.xml")):
        root = ElementTree.parse(path).getroot()
        for item in root.iter("object"):
            edges = [float(item.findtext(f"bndbox/{edge}") or "nan") for edge in EDGES]
            name = item.findtext("name") or ""
            boxes.append(Box.of_edges(root.findtext("filename") or "", name, edges))
    return boxes


def tensorflow_table(path: Path) -> list[Box]:
    """The boxes of a table of TensorFlow's object detection."""
    with path.open(newline="") as file:
        return [
            Box.of_edges(row["filename"], row["class"], [float(row[edge]) for edge in EDGES])
            for row in csv.DictReader(file)
        ]


def yolo(labels: Path, pictures: Path, names: Sequence[str]) -> list[Box]:
    """The boxes of all label files of a folder, by the whole path of the picture."""
    boxes = []
    for path in sorted(labels.glob("*.txt")):
        picture = pictures / f"{path.stem}.jpg"
        width, height = size(picture)
        for line in path.read_text().splitlines():
            number, *numbers = line.split()
            across, down, wide, high = map(float, numbers)
            left, top = (across - wide / 2) * width, (down - high / 2) * height
            sides = (left, top, wide * width, high * height)
            boxes.append(Box(str(picture.resolve()), names[int(number)], sides))
    return boxes


def size(picture: Path) -> tuple[int, int]:
    """A picture's width and height as shown, by Pillow."""
    with PIL.Image.open(picture) as image:
        return PIL.ImageOps.exif_transpose(image).size
