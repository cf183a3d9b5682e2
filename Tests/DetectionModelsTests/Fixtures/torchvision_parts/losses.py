"""The detectors' losses, element by element, with the gradients of their sums."""

from __future__ import annotations

import torch
from torch.nn.functional import l1_loss, smooth_l1_loss
from torchvision.ops import generalized_box_iou_loss, sigmoid_focal_loss

from torchvision_parts.boxes import ODD_PAIRS
from torchvision_parts.random_boxes import random_boxes, seeded


def with_gradient(loss, given: torch.Tensor) -> dict:
    """The loss of each element, and what their sum's backward pass gives the input."""
    given = given.clone().requires_grad_()
    losses = loss(given)
    losses.sum().backward()
    return {"losses": losses, "gradient": given.grad}


def focal() -> dict:
    """Logits from certain to certain against both targets; alpha -1 is none."""
    drawn = torch.randn(9, generator=seeded(12))
    logits = torch.cat([torch.tensor([-40, -12, -4.0, 0, 4, 12, 40]), drawn])
    logits = torch.stack([logits, logits])
    targets = torch.zeros_like(logits)
    targets[1] = 1
    cases = [
        {
            "alpha": alpha,
            "gamma": gamma,
            **with_gradient(lambda x: sigmoid_focal_loss(x, targets, alpha, gamma), logits),
        }
        for alpha, gamma in ((0.25, 2.0), (0.5, 3.0), (-1.0, 2.0), (0.25, 0.0))
    ]
    return {"logits": logits, "targets": targets, "cases": cases}


def smooth() -> dict:
    """Around the beta at which the square becomes a line, and at zero."""
    found = torch.tensor([-3, -1, -0.5, -0.25, -0.125, -1 / 9, -0.1, 0, 0.05, 0.11, 1 / 9, 0.2, 2])
    expected = torch.zeros_like(found)
    cases = [
        {
            "beta": beta,
            **with_gradient(
                lambda x: smooth_l1_loss(x, expected, reduction="none", beta=beta), found
            ),
        }
        for beta in (1 / 9, 1.0)
    ]
    plain = with_gradient(lambda x: l1_loss(x, expected, reduction="none"), found)
    return {"found": found, "expected": expected, "cases": cases, "l1": plain}


def generalized_iou() -> dict:
    """Of pairs of boxes; the gradient is that of the first."""
    found = torch.cat([random_boxes(8, 60, seeded(13)), ODD_PAIRS])
    expected = torch.cat([random_boxes(8, 60, seeded(14)), ODD_PAIRS[:1].expand(6, 4)])
    # Equal edges have a gradient that differs between implementations of min and max.
    expected[8:] += 0.25
    return {
        "found": found,
        "expected": expected,
        **with_gradient(lambda x: generalized_box_iou_loss(x, expected), found),
    }


def fixtures() -> dict:
    """By the file's name."""
    return {
        "losses": {
            "sigmoidFocalLoss": focal(),
            "smoothL1Loss": smooth(),
            "generalizedBoxIoULoss": generalized_iou(),
        }
    }
