"""Moves what a detector's heads give by as much as rounding may, to see what hangs on it.

Where two scores tie, or differ by rounding alone, their order is anybody's: the next box in the
order may be suppressed by the one or stay beside the other. Only detections that are the same with
and without this are defined well enough to be compared.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import torch

# Relative: a thousand times what float64 rounds by.
AMOUNT = 1e-12


def moved(value: Any) -> Any:
    """All tensors in what a head gives, number by number moved by chance."""
    if isinstance(value, torch.Tensor):
        return value * (1 + AMOUNT * (2 * torch.rand_like(value) - 1))
    if isinstance(value, Mapping):
        return {key: moved(part) for key, part in value.items()}
    return type(value)(moved(part) for part in value)


@contextlib.contextmanager
def heads_moved(model: torch.nn.Module) -> Iterator[None]:
    """Within it logits and offsets of torchvision's detector are moved."""
    is_rcnn = hasattr(model, "rpn")
    heads = [model.rpn.head, model.roi_heads.box_predictor] if is_rcnn else [model.head]
    hooks = [head.register_forward_hook(lambda _, __, output: moved(output)) for head in heads]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
