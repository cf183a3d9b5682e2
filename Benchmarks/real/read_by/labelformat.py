"""What labelformat reads of COCO, of YOLO and of Pascal VOC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from labelformat.formats import (
    COCOObjectDetectionInput,
    PascalVOCObjectDetectionInput,
    YOLOv8ObjectDetectionInput,
)
from labelformat.model.object_detection import ImageObjectDetection

from read_by import layouts
from read_by.reading import Picture, Thing, read_all


def pictures(split: str, folder: Path, found: Iterable[ImageObjectDetection]) -> Iterator[Picture]:
    """The pictures of a split."""
    for label in found:
        things = [
            Thing(item.category.name, (item.box.xmin, item.box.ymin, item.box.xmax, item.box.ymax))
            for item in label.objects
        ]
        yield Picture(split, folder / label.image.filename, things)


def coco(folder: Path) -> Iterator[Picture]:
    """Boxes by class."""
    for part in layouts.coco(folder):
        found = COCOObjectDetectionInput(part.file).get_labels()
        yield from pictures(part.split, part.pictures, found)


def yolo(folder: Path) -> Iterator[Picture]:
    """Boxes by class."""
    for part in layouts.yolo(folder):
        found = YOLOv8ObjectDetectionInput(folder / "data.yaml", part.split).get_labels()
        yield from pictures(part.split, part.pictures, found)


def voc(folder: Path) -> Iterator[Picture]:
    """The numbers of the XML files as they stand there; it knows no splits."""
    root = folder / layouts.VOC
    splits = layouts.voc_splits(folder)
    names = ",".join(layouts.voc_classes(folder))
    found = PascalVOCObjectDetectionInput(root / "Annotations", names).get_labels()
    for picture in pictures("", root / "JPEGImages", found):
        yield Picture(splits[picture.path.stem], picture.path, picture.things)


if __name__ == "__main__":
    by_layout = {**dict.fromkeys(layouts.COCO, coco), **dict.fromkeys(layouts.YOLO, yolo)}
    read_all({**by_layout, "voc": voc})
