"""What torchvision's reference training makes of COCO's folder; what `VOCDetection` reads.

The reference (references/detection) is not in the package: `targets` does what its dataset does to
the annotations of `CocoDetection` before any augmentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycocotools.mask
import torch

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
from read_by import layouts, masks
from read_by.reading import Picture, Thing, read_all
from torchvision.datasets import CocoDetection, VOCDetection

LARGEST_CLASS = 90
"""The reference's detectors have 91 outputs."""


def reference(folder: Path) -> Iterator[Picture]:
    """Boxes within the picture as it is opened, and masks, without crowds."""
    for split in ("train", "val"):
        pictures = folder / f"{split}2017"
        dataset = CocoDetection(pictures, folder / f"annotations/instances_{split}2017.json")
        for index, key in enumerate(dataset.ids):
            picture, notes = dataset[index]
            edges, numbers, pixels = targets(picture.size, notes)
            things = [
                Thing(dataset.coco.cats[number]["name"], box, masks.of_pixels(mask))
                for box, number, mask in zip(edges, numbers, pixels, strict=True)
            ]
            yield Picture(split, pictures / dataset.coco.imgs[key]["file_name"], things)


def targets(
    size: tuple[int, int], notes: list[dict[str, Any]]
) -> tuple[list[list[float]], list[int], list[torch.Tensor]]:
    """Edges, classes and masks; KeyError and others where the reference would stop."""
    width, height = size
    notes = [note for note in notes if note["iscrowd"] == 0]
    boxes = torch.as_tensor([note["bbox"] for note in notes], dtype=torch.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    boxes[:, 0::2].clamp_(min=0, max=width)
    boxes[:, 1::2].clamp_(min=0, max=height)
    torch.tensor([note["area"] for note in notes])
    numbers = [note["category_id"] for note in notes]
    if any(not 0 < number <= LARGEST_CLASS for number in numbers):
        raise ValueError(f"the reference has classes from 1 to {LARGEST_CLASS}, found {numbers}")
    pixels = []
    for note in notes:
        mask = pycocotools.mask.decode(
            pycocotools.mask.frPyObjects(note["segmentation"], height, width)
        )
        pixels.append(torch.as_tensor(mask.reshape(height, width, -1)).any(dim=2))
    kept = ((boxes[:, 3] > boxes[:, 1]) & (boxes[:, 2] > boxes[:, 0])).tolist()
    rows = zip(boxes.tolist(), numbers, pixels, kept, strict=True)
    left = [row[:3] for row in rows if row[3]]
    return [row[0] for row in left], [row[1] for row in left], [row[2] for row in left]


def voc(folder: Path) -> Iterator[Picture]:
    """The numbers of the XML files as they stand there."""
    for part in layouts.voc(folder):
        dataset = VOCDetection(folder, year="2012", image_set=part.split)
        for index, path in enumerate(dataset.images):
            _, content = dataset[index]
            things = [
                Thing(
                    note["name"],
                    [note["bndbox"][edge] for edge in ("xmin", "ymin", "xmax", "ymax")],
                )
                for note in content["annotation"].get("object", [])
            ]
            yield Picture(part.split, Path(path), things)


if __name__ == "__main__":
    read_all({"torchvision": reference, "voc": voc})
