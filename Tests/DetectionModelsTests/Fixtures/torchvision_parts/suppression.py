"""torchvision's non-maximum suppression, with scores and overlaps that tie.

From 1,001 boxes on its `batched_nms` goes class by class, without offsets, and sorts what stays.
That sort is not stable, so the scores of so many differ here.
"""

from __future__ import annotations

import torch
from torchvision.ops import batched_nms, nms

from torchvision_parts.random_boxes import random_boxes, seeded

THRESHOLDS = [0.3, 0.5, 0.7]
LEVELS = 64


def crowd(count: int, side: float, seed: int, ties: bool) -> dict[str, torch.Tensor]:
    """Boxes of which many stand twice or nearly so, and scores that tie or all differ."""
    generator = seeded(seed)
    boxes = random_boxes(count, side, generator)
    third = count // 3
    boxes[third : 2 * third] = boxes[:third]
    boxes[third : 2 * third : 2, 2] += 0.5
    boxes = boxes[torch.randperm(count, generator=generator)]
    tied = torch.randint(0, LEVELS + 1, (count,), generator=generator) / LEVELS
    return {
        "boxes": boxes,
        "scores": tied if ties else torch.randperm(count, generator=generator) / 1024,
        "classes": torch.randint(0, 5, (count,), generator=generator),
    }


def kept(made: dict[str, torch.Tensor]) -> list[dict]:
    """What stays, by threshold, over all boxes and class by class."""
    boxes, scores, classes = made.values()
    return [
        {
            "threshold": threshold,
            "nms": nms(boxes, scores, threshold),
            "batchedNMS": batched_nms(boxes, scores, classes, threshold),
        }
        for threshold in THRESHOLDS
    ]


def edge() -> dict:
    """Overlaps of exactly a half, which does not suppress at a half, and all scores the same."""
    boxes = torch.tensor([[0, 0, 4, 4], [0, 0, 4, 2], [0, 0, 2, 4], [1, 0, 4, 4], [0, 0, 4, 4]])
    made = {
        "boxes": boxes.float(),
        "scores": torch.full((5,), 0.5),
        "classes": torch.tensor([0, 0, 1, 1, 2]),
    }
    return {"name": "overlaps of exactly a half", **made, "kept": kept(made)}


def case(name: str, count: int, side: float, seed: int, ties: bool) -> dict:
    """A crowd with what stays of it."""
    made = crowd(count, side, seed, ties)
    return {"name": name, **made, "kept": kept(made)}


def fixtures() -> dict:
    """By the file's name."""
    return {
        "nms": {"cases": [edge(), case("200 boxes", 200, 60, 7, ties=True)]},
        "nms_many": {"cases": [case("1,010 boxes", 1010, 150, 8, ties=False)]},
    }
