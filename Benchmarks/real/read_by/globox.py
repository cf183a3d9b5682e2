"""What globox reads of COCO, of YOLO and of Pascal VOC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import globox

from read_by import layouts
from read_by.reading import Picture, Thing, read_all


def pictures(
    split: str, folder: Path, found: globox.AnnotationSet, names: Mapping[str, str] | None = None
) -> Iterator[Picture]:
    """The pictures of a split; labels that are numbers get their names."""
    for annotation in found:
        things = [
            Thing(names[str(box.label)] if names else str(box.label), box.ltrb)
            for box in annotation.boxes
        ]
        yield Picture(split, folder / annotation.image_id, things)


def coco(folder: Path) -> Iterator[Picture]:
    """Boxes by class."""
    for part in layouts.coco(folder):
        yield from pictures(part.split, part.pictures, globox.AnnotationSet.from_coco(part.file))


def yolo(folder: Path) -> Iterator[Picture]:
    """Boxes by the class's number."""
    names = {str(number): name for number, name in layouts.yolo_classes(folder).items()}
    for part in layouts.yolo(folder):
        found = globox.AnnotationSet.from_yolo_v5(part.file, image_folder=part.pictures)
        yield from pictures(part.split, part.pictures, found, names)


def voc(folder: Path) -> Iterator[Picture]:
    """The numbers of the XML files as they stand there; it knows no splits."""
    root = folder / layouts.VOC
    splits = layouts.voc_splits(folder)
    found = globox.AnnotationSet.from_pascal_voc(root / "Annotations")
    for picture in pictures("", root / "JPEGImages", found):
        yield Picture(splits[picture.path.stem], picture.path, picture.things)


if __name__ == "__main__":
    by_layout = {**dict.fromkeys(layouts.COCO, coco), **dict.fromkeys(layouts.YOLO, yolo)}
    read_all({**by_layout, "voc": voc})
