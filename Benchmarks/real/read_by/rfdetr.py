"""What RF-DETR's builder makes of a folder of Roboflow."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
from read_by import layouts, masks
from read_by.reading import Picture, Thing, read_all
from rfdetr.datasets import build_roboflow

OPTIONS = {
    "square_resize_div_64": True,
    "segmentation_head": True,
    "multi_scale": False,
    "expanded_scales": False,
    "patch_size": 16,
    "num_windows": 2,
}
RESOLUTION = 384


def read(folder: Path) -> Iterator[Picture]:
    """Boxes and masks before any augmentation, without crowds."""
    options = argparse.Namespace(dataset_dir=str(folder), **OPTIONS)
    for part in layouts.coco(folder):
        dataset = build_roboflow(part.split, options, RESOLUTION)
        dataset._transforms = None
        for index, key in enumerate(dataset.ids):
            _, found = dataset[index]
            numbers = [dataset.label2cat[label] for label in found["labels"].tolist()]
            things = [
                Thing(dataset.coco.cats[number]["name"], edges, masks.of_pixels(mask))
                for number, edges, mask in zip(
                    numbers, found["boxes"].tolist(), found["masks"], strict=True
                )
            ]
            name = dataset.coco.imgs[key]["file_name"]
            yield Picture(part.split, Path(dataset.root) / name, things)


if __name__ == "__main__":
    read_all({"roboflow": read})
