"""Anchors of torchvision's `AnchorGenerator`, to be met exactly: all are whole numbers."""

from __future__ import annotations

import torch
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.image_list import ImageList

THREE = (0.5, 1.0, 2.0)
PYRAMID = [[8, 12], [4, 6], [2, 3], [1, 2], [1, 1]]
RETINA_SIZES = tuple((x, int(x * 2 ** (1 / 3)), int(x * 2 ** (2 / 3))) for x in (32, 64, 128))
CASES = [
    ("one map with all sizes", ((32, 64, 128, 256, 512),), (THREE,), [64, 96], [[2, 3]]),
    ("the defaults", ((128, 256, 512),), (THREE,), [64, 64], [[2, 2]]),
    (
        "a pyramid with one size a level",
        ((32,), (64,), (128,), (256,), (512,)),
        (THREE,) * 5,
        [64, 96],
        PYRAMID,
    ),
    ("RetinaNet's three sizes a level", RETINA_SIZES, (THREE,) * 3, [32, 64], PYRAMID[2:]),
    (
        "all sizes on each level",
        ((32, 64, 128, 256, 512),) * 2,
        (THREE,) * 2,
        [64, 64],
        [[2, 2], [1, 1]],
    ),
    (
        "sides that the grid does not divide",
        ((16,), (48, 57)),
        ((0.3, 1.7), (1.0,)),
        [70, 101],
        [[5, 7], [2, 3]],
    ),
]
"""What it shows, sizes, aspect ratios, height and width of the padded image, and of the grids."""


def case(name: str, sizes: tuple, ratios: tuple, image: list[int], grids: list[list[int]]) -> dict:
    """One case; the anchors of all levels follow one another."""
    generator = AnchorGenerator(sizes, ratios)
    images = ImageList(torch.zeros(1, 3, *image), [tuple(image)])
    anchors = generator(images, [torch.zeros(1, 1, *grid) for grid in grids])[0]
    return {
        "name": name,
        "sizes": sizes,
        "aspectRatios": ratios,
        "image": image,
        "grids": grids,
        "cellAnchors": [level.flatten() for level in generator.cell_anchors],
        "anchors": anchors,
    }


def fixtures() -> dict:
    """By the file's name."""
    return {"anchors": {"cases": [case(*each) for each in CASES]}}
