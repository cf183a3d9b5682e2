"""What FCOS and SSD match and how FCOS writes boxes in torchvision."""

from __future__ import annotations

from unittest import mock

import torch
from torchvision.models.detection._utils import BoxLinearCoder, SSDMatcher
from torchvision.models.detection.fcos import FCOS

from torchvision_parts.random_boxes import random_boxes, seeded

SIZES = (4, 8, 16)


def linear_coder() -> dict:
    """Distances of sides from places, and boxes of distances."""
    generator = seeded(31)
    places, boxes = random_boxes(12, 100, generator), random_boxes(12, 100, generator)
    codes = (torch.rand(12, 4, generator=generator) * 64 * 6).round() / 64
    coder = BoxLinearCoder(normalize_by_size=True)
    return {
        "places": places,
        "boxes": boxes,
        "encoded": coder.encode(places, boxes),
        "codes": codes,
        "decoded": coder.decode(codes, places),
    }


def ssd_matches() -> dict:
    """Overlaps [truths, boxes] of few values, so that maxima tie and truths share their best box."""
    generator = seeded(32)
    shapes = ((4, 30), (1, 12), (6, 5))
    qualities = [torch.randint(0, 21, shape, generator=generator) / 20 for shape in shapes]
    return {
        "cases": [
            {
                "quality": quality,
                "threshold": threshold,
                "matches": SSDMatcher(threshold)(quality.clone()),
            }
            for quality in qualities
            for threshold in (0.5, 0.7)
        ]
    }


def fcos_matches() -> dict:
    """Truths of several sizes, some within others, over the places of three maps of 64 pixels."""
    levels = []
    for size in SIZES:
        steps = torch.arange(0, 64, size, dtype=torch.float32)
        y, x = torch.meshgrid(steps, steps, indexing="ij")
        centres = torch.stack([x, y, x, y], dim=2).reshape(-1, 4)
        levels.append(centres + torch.tensor([-size, -size, size, size]) / 2)
    boxes = torch.tensor(
        [
            [2.0, 3.0, 30.0, 28.0],
            [10.0, 9.5, 22.0, 21.0],
            [0.0, 0.0, 64.0, 64.0],
            [40.25, 40.0, 47.0, 60.0],
            [33.0, 4.0, 63.0, 60.0],
            [-40.0, -30.0, 100.0, 110.0],
        ]
    )
    cases = []
    for radius in (1.5, 0.75, 4.0):
        model = mock.Mock(spec=FCOS, center_sampling_radius=radius)
        model.head = mock.Mock()
        target = {"boxes": boxes, "labels": torch.ones(len(boxes), dtype=torch.int64)}
        counts = [len(level) for level in levels]
        FCOS.compute_loss(model, [target], {}, [torch.cat(levels)], counts)
        cases.append({"radius": radius, "matches": model.head.compute_loss.call_args.args[3][0]})
    return {"levels": levels, "boxes": boxes, "cases": cases}


def fixtures() -> dict:
    """By the file's name."""
    return {
        "linear_coder": linear_coder(),
        "ssd_matcher": ssd_matches(),
        "fcos_matcher": fcos_matches(),
    }
