"""What albumentations lets through: boxes that pass its check come out as they went in."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import albumentations
import numpy
import PIL.Image

from read_by import layouts
from read_by.reading import Picture, Thing, corners, read_all

EDGES = ("xmin", "ymin", "xmax", "ymax")


def passed(
    form: str, path: Path, boxes: list[list[float]], names: list[str]
) -> tuple[list[list[float]], list[str]]:
    """The boxes after the check that comes before each augmentation."""
    parameters = albumentations.BboxParams(format=form, label_fields=["names"])
    check = albumentations.Compose([albumentations.NoOp()], bbox_params=parameters)
    with PIL.Image.open(path) as picture:
        empty = numpy.zeros((picture.height, picture.width, 3), dtype=numpy.uint8)
    found = check(image=empty, bboxes=numpy.array(boxes).reshape(-1, 4), names=names)
    return found["bboxes"].tolist(), list(found["names"])


def coco(folder: Path) -> Iterator[Picture]:
    """x, y, width and height."""
    for part in layouts.coco(folder):
        data = part.coco()
        named = {category["id"]: category["name"] for category in data["categories"]}
        for image in data["images"]:
            notes = [note for note in data["annotations"] if note["image_id"] == image["id"]]
            path = part.pictures / image["file_name"]
            names = [named[note["category_id"]] for note in notes]
            boxes, names = passed("coco", path, [note["bbox"] for note in notes], names)
            things = [Thing(n, corners(b)) for b, n in zip(boxes, names, strict=True)]
            yield Picture(part.split, path, things)


def yolo(folder: Path) -> Iterator[Picture]:
    """The middle and the size as parts of the picture's sides; the box of an outline."""
    named = layouts.yolo_classes(folder)
    for part in layouts.yolo(folder):
        for path in sorted(part.pictures.iterdir()):
            label = part.file / f"{path.stem}.txt"
            text = label.read_text() if label.exists() else ""
            rows = [[float(number) for number in line.split()] for line in text.splitlines()]
            boxes, names = passed(
                "yolo", path, [box(row[1:]) for row in rows], [named[int(row[0])] for row in rows]
            )
            with PIL.Image.open(path) as picture:
                width, height = picture.size
            things = [
                Thing(
                    name,
                    [(x - w / 2) * width, (y - h / 2) * height]
                    + [(x + w / 2) * width, (y + h / 2) * height],
                )
                for (x, y, w, h), name in zip(boxes, names, strict=True)
            ]
            yield Picture(part.split, path, things)


def box(numbers: list[float]) -> list[float]:
    """A row's box, which may be that of an outline."""
    if len(numbers) == 4:
        return numbers
    across, down = numbers[::2], numbers[1::2]
    left, right, top, bottom = min(across), max(across), min(down), max(down)
    return [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]


def voc(folder: Path) -> Iterator[Picture]:
    """Left, top, right and bottom as they stand in the XML files."""
    for part in layouts.voc(folder):
        for name in part.file.read_text().split("\n"):
            if not name:
                continue
            root = ElementTree.parse(folder / layouts.VOC / f"Annotations/{name}.xml").getroot()
            path = part.pictures / (root.findtext("filename") or "")
            edges = [
                [float(note.findtext(f"bndbox/{edge}") or "nan") for edge in EDGES]
                for note in root.iterfind("object")
            ]
            names = [note.findtext("name") or "" for note in root.iterfind("object")]
            boxes, names = passed("pascal_voc", path, edges, names)
            yield Picture(part.split, path, list(map(Thing, names, boxes)))


if __name__ == "__main__":
    by_layout = {**dict.fromkeys(layouts.COCO, coco), **dict.fromkeys(layouts.YOLO, yolo)}
    read_all({**by_layout, "voc": voc})
