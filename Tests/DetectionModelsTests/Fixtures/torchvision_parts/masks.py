"""torchvision's `paste_masks_in_image`."""

from __future__ import annotations

import torch
from torchvision.models.detection.roi_heads import paste_masks_in_image

from torchvision_parts.random_boxes import seeded

HEIGHT, WIDTH, SIDE = 10, 12, 4
# Within the picture, of fractions, of all of it, in two corners, and thinner than a pixel.
BOXES = [
    [2, 3, 8, 7],
    [3.25, 1.75, 9.5, 8.625],
    [0, 0, 12, 10],
    [0, 0, 3.5, 2],
    [9, 8.5, 12, 10],
    [5.5, 2, 5.75, 9],
]


def fixtures() -> dict:
    """By the file's name."""
    masks = torch.rand(len(BOXES), 1, SIDE, SIDE, generator=seeded(31))
    boxes = torch.tensor(BOXES)
    pasted = paste_masks_in_image(masks, boxes, (HEIGHT, WIDTH))
    return {
        "pasted_masks": {
            "image": [HEIGHT, WIDTH],
            "side": SIDE,
            "boxes": boxes,
            "masks": masks.flatten(1),
            "pasted": pasted.flatten(1),
        }
    }
