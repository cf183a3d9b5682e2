"""torchvision's `FrozenBatchNorm2d`, and `FeaturePyramidNetwork` with weights from a seed."""

from __future__ import annotations

from collections import OrderedDict

import torch
from torchvision.ops import FeaturePyramidNetwork, FrozenBatchNorm2d
from torchvision.ops.feature_pyramid_network import LastLevelMaxPool, LastLevelP6P7

from fixture_file import digest
from torchvision_parts.random_boxes import seeded

CHANNELS = [8, 16, 32]
OUT_CHANNELS = 16
SIZES = [[13, 18], [7, 9], [4, 5]]


def frozen_case(eps: float) -> dict:
    """One channel has no variance, which only the eps keeps from dividing by zero."""
    generator = seeded(15)
    norm = FrozenBatchNorm2d(3, eps)
    state = {
        "weight": torch.rand(3, generator=generator) + 0.5,
        "bias": torch.randn(3, generator=generator),
        "running_mean": torch.randn(3, generator=generator),
        "running_var": torch.rand(3, generator=generator) + (0 if eps else 0.1),
    }
    if eps:
        state["running_var"][1] = 0
    norm.load_state_dict(state)
    given = torch.randn(2, 3, 2, 3, generator=generator, requires_grad=True)
    output = norm(given)
    output.backward(torch.linspace(-1, 1, output.numel()).reshape(output.shape))
    return {
        "eps": eps,
        **state,
        "shape": list(given.shape),
        "input": given.flatten(),
        "output": output.flatten(),
        "gradient": given.grad.flatten(),
    }


def pyramid_case(name: str, make_extra) -> dict:
    """Weights after seed 0, extra blocks before the network; inputs after seed 1, in order.

    The loss is the sum, over the outputs, of the mean of each times `linspace(-1, 1)`.
    """
    torch.manual_seed(0)
    network = FeaturePyramidNetwork(CHANNELS, OUT_CHANNELS, make_extra())
    torch.manual_seed(1)
    shapes = [[2, channels, *size] for channels, size in zip(CHANNELS, SIZES, strict=True)]
    given = OrderedDict((f"{i}", torch.rand(shape)) for i, shape in enumerate(shapes))
    made = network(OrderedDict(given))
    ramps = [torch.linspace(-1, 1, o.numel()).reshape(o.shape) for o in made.values()]
    sum((o * ramp).mean() for o, ramp in zip(made.values(), ramps, strict=True)).backward()
    state = network.state_dict()
    return {
        "extra": name,
        "inChannels": CHANNELS,
        "outChannels": OUT_CHANNELS,
        "inputs": shapes,
        "keys": [[key, list(tensor.shape)] for key, tensor in state.items()],
        "weights": [digest(tensor) for tensor in state.values()],
        "outputs": [[key, list(o.shape), digest(o)] for key, o in made.items()],
        "gradients": [digest(parameter.grad) for parameter in network.parameters()],
    }


def fixtures() -> dict:
    """By the file's name. P6 comes from the last map of the input where that has other channels
    than the network gives, else from the last output."""
    pyramids = {
        "none": lambda: None,
        "pool": LastLevelMaxPool,
        "p6p7 from the input": lambda: LastLevelP6P7(CHANNELS[-1], OUT_CHANNELS),
        "p6p7 from the output": lambda: LastLevelP6P7(OUT_CHANNELS, OUT_CHANNELS),
    }
    return {
        "frozen_batch_norm": {"cases": [frozen_case(eps) for eps in (1e-5, 0.0)]},
        "feature_pyramid": {"cases": [pyramid_case(*each) for each in pyramids.items()]},
    }
