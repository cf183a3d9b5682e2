"""Makes the figures of layers and losses: NAME.json beside this script.

    /usr/bin/python3 make_layers.py    # needs torch 1.13.1
"""

from __future__ import annotations

import functools

import torch
import torch.nn.functional as F

from figure_file import Cases, random_tensor, write


def convolutions() -> None:
    """In two and three dimensions, and transposed."""
    cases = Cases(11)
    x, bias = random_tensor(2, 4, 6, 5), random_tensor(4)
    cases.add(
        "two dimensions",
        lambda input, weight, bias: F.conv2d(input, weight, bias, stride=2, padding=1),
        input=x, weight=random_tensor(4, 4, 3, 3), bias=bias,
    )
    cases.add(
        "groups",
        lambda input, weight, bias: F.conv2d(input, weight, bias, padding=(0, 1), groups=2),
        input=x, weight=random_tensor(4, 2, 1, 3), bias=bias,
    )
    cases.add(
        "depthwise, dilated",
        lambda input, weight: F.conv2d(input, weight, padding=2, dilation=2, groups=4),
        input=x, weight=random_tensor(4, 1, 3, 3),
    )
    cases.add(
        "three dimensions",
        lambda input, weight, bias: F.conv3d(
            input, weight, bias, stride=(1, 2, 2), padding=(1, 0, 1)
        ),
        input=random_tensor(1, 2, 3, 5, 4), weight=random_tensor(3, 2, 3, 3, 3),
        bias=random_tensor(3),
    )
    cases.add(
        "transposed",
        lambda input, weight, bias: F.conv_transpose2d(input, weight, bias, stride=2, padding=1),
        input=random_tensor(2, 3, 3, 4), weight=random_tensor(3, 2, 4, 4), bias=random_tensor(2),
    )
    cases.add(
        "linear", F.linear, input=random_tensor(2, 3, 4), weight=random_tensor(5, 4),
        bias=random_tensor(5),
    )
    write("convolutions", cases.cases)


def pooling() -> None:
    """In two and three dimensions."""
    cases = Cases(12)
    x, clip = random_tensor(1, 2, 6, 7), random_tensor(1, 2, 4, 4, 5)
    cases.add("max", lambda input: F.max_pool2d(input, 3, 2, 1), input=x)
    cases.add("max, ceiling", lambda input: F.max_pool2d(input, 2, 2, ceil_mode=True), input=x)
    cases.add("max of three", lambda input: F.max_pool3d(input, (1, 2, 2), (1, 2, 2)), input=clip)
    cases.add("average", lambda input: F.avg_pool2d(input, 3, 2, 1), input=x)
    cases.add("average of three", lambda input: F.avg_pool3d(input, 2, 2), input=clip)
    cases.add("adaptive", lambda input: F.adaptive_avg_pool2d(input, (4, 3)), input=x)
    cases.add("adaptive of three", lambda input: F.adaptive_avg_pool3d(input, 1), input=clip)
    write("pooling", cases.cases)


def normalization() -> None:
    """The running statistics are inputs; "mean" and "variance" are what training makes of them."""
    cases = Cases(13)
    x, clip = random_tensor(3, 4, 2, 3), random_tensor(2, 4, 2, 2, 3)
    state = {
        "weight": random_tensor(4), "bias": random_tensor(4), "mean": random_tensor(4),
        "variance": random_tensor(4).abs() + 0.5,
    }

    def batch_norm(training: bool, **settings):
        return lambda input, weight, bias, mean, variance: F.batch_norm(
            input, mean.detach(), variance.detach(), weight, bias, training, **settings
        )

    def statistics(name: str):
        def moved(**tensors):
            batch_norm(True, momentum=0.3)(**tensors)
            return tensors[name]

        return moved

    def fixed(operation):
        """With the statistics as constants of the graph."""
        return lambda input, weight, bias: operation(
            input, weight, bias, state["mean"].clone(), state["variance"].clone()
        )

    affine = {"weight": state["weight"], "bias": state["bias"]}
    cases.add("batch, training", fixed(batch_norm(True)), input=x, **affine)
    cases.add("batch of clips", fixed(batch_norm(True, eps=1e-3)), input=clip, **affine)
    cases.add(
        "batch, inference", batch_norm(False, eps=1e-3), differentiable=False, input=x, **state
    )
    for name in ("mean", "variance"):
        cases.add(f"running {name}", statistics(name), differentiable=False, input=x, **state)
    cases.add(
        "group", lambda input, weight, bias: F.group_norm(input, 2, weight, bias), input=x,
        **affine,
    )
    cases.add(
        "layer", lambda input, weight, bias: F.layer_norm(input, (2, 3), weight, bias), input=x,
        weight=random_tensor(2, 3), bias=random_tensor(2, 3),
    )
    write("normalization", cases.cases)


def interpolation() -> None:
    """Up and down, by size and with scales of one's own."""
    cases = Cases(14)
    x = random_tensor(1, 2, 5, 4)
    for mode in ("nearest", "bilinear"):
        cases.add(f"{mode} up", lambda input, m=mode: F.interpolate(input, (9, 7), mode=m), input=x)
        cases.add(
            f"{mode} down", lambda input, m=mode: F.interpolate(input, (3, 2), mode=m), input=x
        )
        cases.add(
            f"{mode} with scales",
            lambda input, m=mode: F.interpolate(
                input, scale_factor=(1.3, 1.7), mode=m, recompute_scale_factor=False
            ),
            input=x,
        )
    cases.add(
        "antialiased",
        lambda input: F.interpolate(input, (3, 2), mode="bilinear", antialias=True), input=x,
    )
    write("interpolation", cases.cases)


def losses() -> None:
    """Every loss as a mean, a sum and one number an element."""
    cases = Cases(15)
    left, right = random_tensor(3, 4), random_tensor(3, 4)
    truth = torch.tensor([[0.0, 1.0, 0.25, 1.0]] * 3)
    labels = torch.tensor([1, 3, -100])
    functions = {
        "smooth L1": (F.smooth_l1_loss, right, {"beta": 0.5}),
        "L1": (F.l1_loss, right, {}),
        "mean squared error": (F.mse_loss, right, {}),
        "cross entropy": (F.cross_entropy, labels, {}),
        "binary cross entropy": (F.binary_cross_entropy_with_logits, truth, {}),
    }
    for reduction in ("none", "mean", "sum"):
        for name, (function, target, options) in functions.items():
            loss = functools.partial(function, reduction=reduction, **options)
            cases.add(f"{name}, {reduction}", loss, input=left, target=target)
    cases.add(
        "cross entropy, smoothed",
        lambda input, target: F.cross_entropy(input, target, label_smoothing=0.1),
        input=left, target=torch.tensor([1, 3, 0]),
    )
    write("losses", cases.cases)


if __name__ == "__main__":
    for make in (convolutions, pooling, normalization, interpolation, losses):
        make()
