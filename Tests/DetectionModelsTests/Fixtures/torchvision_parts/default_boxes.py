"""Default boxes of torchvision's `DefaultBoxGenerator`."""

from __future__ import annotations

import torch
from torchvision.models.detection.anchor_utils import DefaultBoxGenerator
from torchvision.models.detection.image_list import ImageList

CASES = [
    (
        "scales and steps",
        {"aspect_ratios": [[2], [2, 3]], "scales": [0.07, 0.15, 0.33], "steps": [8, 16]},
        [30, 37],
        [[4, 5], [2, 3]],
    ),
    (
        "scales between two ratios, of which no box is larger than the picture",
        {"aspect_ratios": [[2, 3], [], [3]], "min_ratio": 0.2, "max_ratio": 0.95},
        [48, 64],
        [[3, 4], [2, 2], [1, 1]],
    ),
    (
        "the defaults, and boxes larger than the picture",
        {"aspect_ratios": [[2, 0.25], [5]], "clip": False},
        [32, 32],
        [[2, 2], [1, 1]],
    ),
    ("one map", {"aspect_ratios": [[2]]}, [20, 40], [[2, 3]]),
]
"""What it shows, the arguments, height and width of the picture, and of the maps."""


def case(name: str, options: dict, image: list[int], grids: list[list[int]]) -> dict:
    """One case; the boxes of all maps follow one another."""
    generator = DefaultBoxGenerator(**options)
    images = ImageList(torch.zeros(1, 3, *image), [tuple(image)])
    boxes = generator(images, [torch.zeros(1, 1, *grid) for grid in grids])[0]
    return {
        "name": name,
        "options": options,
        "image": image,
        "grids": grids,
        "boxesPerLocation": generator.num_anchors_per_location(),
        "boxes": boxes,
    }


def fixtures() -> dict:
    """By the file's name."""
    return {"default_boxes": {"cases": [case(*each) for each in CASES]}}
