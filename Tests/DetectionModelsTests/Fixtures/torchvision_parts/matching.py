"""torchvision's `Matcher` and `BalancedPositiveNegativeSampler`."""

from __future__ import annotations

from unittest import mock

import torch
from torchvision.models.detection._utils import BalancedPositiveNegativeSampler, Matcher

from torchvision_parts.random_boxes import seeded

THRESHOLDS = [(0.7, 0.3), (0.5, 0.4), (0.5, 0.5)]
SAMPLERS = [(256, 0.5), (16, 0.5), (16, 0.25), (7, 0.5), (12, 1.0)]


def qualities() -> list[torch.Tensor]:
    """Overlaps [truths, predictions] of few values, so that maxima tie and meet the thresholds."""
    generator = seeded(9)
    drawn = [torch.randint(0, 21, shape, generator=generator) / 20 for shape in ((4, 30), (1, 12))]
    low = torch.randint(0, 6, (3, 20), generator=generator) / 20
    with_empty_truth = torch.cat([low, torch.zeros(1, 20)])
    return [*drawn, low, with_empty_truth]


def matcher_case(quality: torch.Tensor) -> dict:
    """Matches by thresholds: the truth's index, -1 for background, -2 for neither."""
    matches = [
        {
            "high": high,
            "low": low,
            "allowLowQualityMatches": allowed,
            "matches": Matcher(high, low, allowed)(quality.clone()),
        }
        for high, low in THRESHOLDS
        for allowed in (False, True)
    ]
    return {"quality": quality, "cases": matches}


def sampler_case(size: int, fraction: float) -> dict:
    """The chosen of two images, with permutations handed to torchvision in place of its own."""
    generator = seeded(size)
    labels = [torch.randint(-1, 3, (count,), generator=generator) for count in (40, 25)]
    counts = [int(which.sum()) for each in labels for which in (each >= 1, each == 0)]
    permutations = [torch.randperm(count, generator=generator) for count in counts]
    with mock.patch("torch.randperm", side_effect=[p.clone() for p in permutations]):
        positive, negative = BalancedPositiveNegativeSampler(size, fraction)(labels)
    return {
        "batchSizePerImage": size,
        "positiveFraction": fraction,
        "labels": labels,
        "permutations": permutations,
        "positive": [torch.where(mask)[0] for mask in positive],
        "negative": [torch.where(mask)[0] for mask in negative],
    }


def fixtures() -> dict:
    """By the file's name. Permutations stand in the order of the draws: image by image, positives
    before negatives."""
    return {
        "matcher": {"cases": [matcher_case(quality) for quality in qualities()]},
        "sampler": {"cases": [sampler_case(*each) for each in SAMPLERS]},
    }
