"""torchvision beside a torch without CUDA: PyPI's is compiled for CUDA, so it lacks its operators.

Importing this declares them, and computes the one that is needed, `nms`, in Python.
"""

from __future__ import annotations

import torch

library = torch.library.Library("torchvision", "DEF")
for operator in ("nms", "qnms"):
    library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

import torchvision.ops  # noqa: E402 - It stops where these operators are not declared.
import torchvision.ops.boxes  # noqa: E402


def nms(boxes: torch.Tensor, scores: torch.Tensor, iou_threshold: float) -> torch.Tensor:
    """The boxes that no better one covers, by falling score."""
    waiting = scores.argsort(descending=True)
    kept = []
    while waiting.numel():
        best, waiting = waiting[0], waiting[1:]
        kept.append(best)
        overlaps = torchvision.ops.box_iou(boxes[best][None], boxes[waiting])[0]
        waiting = waiting[overlaps <= iou_threshold]
    return torch.stack(kept) if kept else torch.empty(0, dtype=torch.int64)


if not torchvision.extension._has_ops():
    torchvision.ops.nms = torchvision.ops.boxes.nms = nms
