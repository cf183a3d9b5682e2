"""torchvision's operations on boxes: coding, clipping, filtering and overlaps."""

from __future__ import annotations

import torch
from torchvision.models.detection._utils import BoxCoder
from torchvision.ops import box_iou, clip_boxes_to_image, generalized_box_iou, remove_small_boxes

from torchvision_parts.random_boxes import random_boxes, seeded

ODD_PAIRS = torch.tensor(
    [
        [10, 10, 20, 20],
        [10, 10, 20, 20.5],
        [20, 10, 30, 20],
        [12, 12, 18, 18],
        [100, 100, 140, 120],
        [5, 5, 5, 9],
    ]
)
"""Equal, nearly equal, touching, inside, far away, and without a width."""


def coder_case(weights: tuple[float, ...], seed: int) -> dict:
    """Encoding of boxes against proposals, and decoding for one class and for three."""
    generator = seeded(seed)
    boxes, proposals = random_boxes(12, 100, generator), random_boxes(12, 100, generator)
    coder = BoxCoder(weights)
    # Large enough that some of the sizes meet the clamp at ln(1000 / 16), above and not below.
    codes = torch.randn(12, 12, generator=generator) * torch.tensor(weights).repeat(3) * 2.5
    codes = (codes * 64).round() / 64
    return {
        "weights": weights,
        "boxes": boxes,
        "proposals": proposals,
        "encoded": coder.encode_single(boxes, proposals),
        "codes": codes,
        "decoded": coder.decode_single(codes, proposals),
    }


def clipping() -> dict:
    """Boxes inside, across every edge and outside, clipped to an image."""
    boxes = random_boxes(16, 150, seeded(3)) - 30
    size = (60, 80)
    return {"boxes": boxes, "image": size, "clipped": clip_boxes_to_image(boxes, size)}


def filtering() -> dict:
    """Which boxes stay: a side as long as the limit is long enough."""
    boxes = random_boxes(12, 20, seeded(4))
    boxes[:4, 2] = boxes[:4, 0] + torch.tensor([0, 0.5, 0.75, 1])
    boxes[4:8, 3] = boxes[4:8, 1] + torch.tensor([0, 0.5, 0.75, 1])
    limits = [0.0, 0.5, 0.625, 1.0]
    kept = [{"minSize": limit, "kept": remove_small_boxes(boxes, limit)} for limit in limits]
    return {"boxes": boxes, "cases": kept}


def overlaps() -> dict:
    """Of every box with every other; those of a box without extent with itself are left out."""
    boxes = torch.cat([random_boxes(8, 60, seeded(5)), ODD_PAIRS])
    others = torch.cat([random_boxes(6, 60, seeded(6)), ODD_PAIRS[:-1]])
    return {
        "boxes": boxes,
        "others": others,
        "iou": box_iou(boxes, others),
        "generalizedIoU": generalized_box_iou(boxes, others),
    }


def fixtures() -> dict:
    """By the file's name."""
    coders = [coder_case((1.0, 1.0, 1.0, 1.0), 1), coder_case((10.0, 10.0, 5.0, 5.0), 2)]
    return {
        "box_coder": {"cases": coders},
        "boxes": {"clip": clipping(), "removeSmall": filtering(), "overlaps": overlaps()},
    }
