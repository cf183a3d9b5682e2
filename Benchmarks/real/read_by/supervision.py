"""What supervision reads of COCO, of YOLO and of Pascal VOC."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import supervision

from read_by import layouts, masks
from read_by.reading import Picture, Thing, read_all


def pictures(split: str, dataset: supervision.DetectionDataset) -> Iterator[Picture]:
    """The pictures of a split."""
    for path, found in dataset.annotations.items():
        things = [
            Thing(
                dataset.classes[int(number)],
                edges,
                None if found.mask is None else masks.of_pixels(found.mask[index]),
            )
            for index, (edges, number) in enumerate(zip(found.xyxy, found.class_id, strict=True))
        ]
        yield Picture(split, Path(path), things)


def coco(folder: Path) -> Iterator[Picture]:
    """Boxes and masks."""
    for part in layouts.coco(folder):
        where = (str(part.pictures), str(part.file))
        dataset = supervision.DetectionDataset.from_coco(*where, force_masks=True)
        yield from pictures(part.split, dataset)


def yolo(folder: Path) -> Iterator[Picture]:
    """Boxes, and masks where there are outlines."""
    for part in layouts.yolo(folder):
        where = (str(part.pictures), str(part.file), str(folder / "data.yaml"))
        yield from pictures(part.split, supervision.DetectionDataset.from_yolo(*where))


def voc(folder: Path) -> Iterator[Picture]:
    """Boxes whose minima are counted from 1; it knows no splits."""
    root = folder / layouts.VOC
    where = (str(root / "JPEGImages"), str(root / "Annotations"))
    found = pictures("", supervision.DetectionDataset.from_pascal_voc(*where))
    splits = layouts.voc_splits(folder)
    for picture in found:
        yield Picture(splits[picture.path.stem], picture.path, picture.things)


if __name__ == "__main__":
    by_layout = {**dict.fromkeys(layouts.COCO, coco), **dict.fromkeys(layouts.YOLO, yolo)}
    read_all({**by_layout, "voc": voc})
