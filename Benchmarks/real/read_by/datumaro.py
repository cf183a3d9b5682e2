"""What datumaro reads of each layout, under the name that it has for it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import datumaro

from read_by import layouts
from read_by.reading import Picture, Thing, corners, read_all


def read(form: str, folder: Path, **options: str) -> Iterator[Picture]:
    """Boxes; an outline of the same object is a note of its own."""
    dataset = datumaro.Dataset.import_from(str(folder), form, **options)
    labels = dataset.categories()[datumaro.AnnotationType.label]
    for item in dataset:
        if item.subset == "trainval":  # Pascal VOC lists the pictures of both once more.
            continue
        split = item.subset.removesuffix("2017")
        boxes = [note for note in item.annotations if isinstance(note, datumaro.Bbox)]
        things = [Thing(labels[box.label].name, corners(box.get_bbox())) for box in boxes]
        yield Picture(layouts.SPLITS.get(split, split), Path(item.media.path), things)


if __name__ == "__main__":
    mmdet = functools.partial(read, "mmdet_coco")
    read_all(
        {
            **dict.fromkeys(("torchvision", "detectron2", "mmdetection"), mmdet),
            "roboflow": functools.partial(read, "roboflow_coco"),
            "ultralytics": functools.partial(read, "yolo"),
            "voc": functools.partial(read, "voc_detection"),
        }
    )
