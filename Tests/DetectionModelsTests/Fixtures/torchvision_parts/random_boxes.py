"""Random boxes whose numbers are short in a fixture and exact in float32."""

from __future__ import annotations

import torch


def random_boxes(count: int, side: float, generator: torch.Generator) -> torch.Tensor:
    """Boxes [count, 4] as corners within a square, at quarters of a pixel, no side under 0.25."""
    low = torch.rand(count, 2, generator=generator) * side * 0.8
    extent = torch.rand(count, 2, generator=generator) * side * 0.4
    corners = torch.cat([low, low + extent], dim=1)
    quarters = (corners * 4).round() / 4
    quarters[:, 2:] = torch.maximum(quarters[:, 2:], quarters[:, :2] + 0.25)
    return quarters


def seeded(seed: int) -> torch.Generator:
    """A generator that a fixture's numbers come from."""
    return torch.Generator().manual_seed(seed)
