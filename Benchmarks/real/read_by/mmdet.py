"""What mmdetection's `CocoDataset` makes of COCO's folder, and its `XMLDataset` of a VOCdevkit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
import read_by.mmdet_operators  # noqa: E402, F401 - It comes before mmdet.
from read_by import layouts, masks
from read_by.reading import Picture, Thing, read_all
from mmdet.datasets import CocoDataset, XMLDataset


def coco(folder: Path) -> Iterator[Picture]:
    """Boxes, and masks where the annotations have outlines."""
    for part in layouts.coco(folder):
        data = part.coco()
        classes = [category["name"] for category in data["categories"]]
        with_masks = all(note.get("segmentation") for note in data["annotations"])
        loading = {"type": "mmdet.LoadAnnotations", "with_bbox": True, "with_mask": with_masks}
        dataset = CocoDataset(
            data_root=str(folder),
            ann_file=str(part.file.relative_to(folder)),
            data_prefix={"img": f"{part.pictures.name}/"},
            metainfo={"classes": classes},
            pipeline=[{"type": "LoadImageFromFile"}, loading],
        )
        for index in range(len(dataset)):
            yield picture(part.split, dataset[index], classes)


def picture(split: str, found: dict[str, Any], classes: list[str]) -> Picture:
    """A picture; what is to be ignored, such as crowds, has a box but no mask."""
    pixels = iter(found["gt_masks"].masks if "gt_masks" in found else ())
    labels, boxes = found["gt_bboxes_labels"].tolist(), found["gt_bboxes"].tensor.tolist()
    things = []
    for label, edges, ignored in zip(labels, boxes, found["gt_ignore_flags"], strict=True):
        mask = None if ignored else next(pixels, None)
        encoded = None if mask is None else masks.of_pixels(mask)
        things.append(Thing(classes[label], edges, encoded))
    return Picture(split, Path(found["img_path"]), things)


def voc(folder: Path) -> Iterator[Picture]:
    """Whole pixels, one taken from all edges."""
    classes = layouts.voc_classes(folder)
    for part in layouts.voc(folder):
        dataset = XMLDataset(
            data_root=str(folder / layouts.VOC),
            ann_file=str(part.file.relative_to(folder / layouts.VOC)),
            data_prefix={"sub_data_root": ""},
            metainfo={"classes": classes},
            pipeline=[],
        )
        for index in range(len(dataset)):
            found = dataset[index]
            things = [Thing(classes[n["bbox_label"]], n["bbox"]) for n in found["instances"]]
            yield Picture(part.split, Path(found["img_path"]), things)


if __name__ == "__main__":
    read_all({"mmdetection": coco, "voc": voc})
