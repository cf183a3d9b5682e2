"""torchvision's pooling of regions, forward and backward."""

from __future__ import annotations

from collections import OrderedDict

import torch
from torchvision.ops import MultiScaleRoIAlign, roi_align, roi_pool
from torchvision.ops.poolers import LevelMapper, _setup_scales

from torchvision_parts.random_boxes import random_boxes, seeded

REGIONS = torch.tensor(
    [
        [0, 1.0, 1.5, 7.25, 6.0],
        [1, 0.0, 0.0, 10.0, 8.0],
        [0, -3.0, -2.5, 4.0, 3.0],
        [1, 6.5, 5.0, 14.0, 12.0],
        [0, 3.25, 2.5, 3.5, 2.625],
        [1, 4.0, 4.0, 4.0, 4.0],
        [0, 20.0, 20.0, 24.0, 22.0],
    ]
)
"""Image and corners: inside, the whole map, across two edges, tiny, without extent, outside."""


def features(shape: list[int], seed: int) -> torch.Tensor:
    """A map of short numbers; all differ, so that no maximum ties."""
    count = torch.Size(shape).numel()
    order = torch.randperm(count, generator=seeded(seed))
    return (order / 64 - count / 128).reshape(shape)


def with_gradient(pool, given: torch.Tensor) -> dict:
    """Output, and the input's gradient for `linspace(-1, 1)` over the output's flat entries."""
    given = given.clone().requires_grad_()
    output = pool(given)
    output.backward(torch.linspace(-1, 1, output.numel()).reshape(output.shape))
    return {
        "outputShape": list(output.shape),
        "output": output.flatten(),
        "gradient": given.grad.flatten(),
    }


def align_cases(given: torch.Tensor) -> list[dict]:
    """By alignment, sampling ratio and scale."""
    options = [(a, r, s) for a in (False, True) for r in (2, -1) for s in (1.0, 0.5)]
    return [
        {
            "aligned": aligned,
            "samplingRatio": ratio,
            "spatialScale": scale,
            "outputSize": [3, 2],
            **with_gradient(
                lambda x: roi_align(x, REGIONS, (3, 2), scale, ratio, aligned), given
            ),
        }
        for aligned, ratio, scale in options
    ]


def pool_cases(given: torch.Tensor) -> list[dict]:
    """By scale."""
    return [
        {
            "spatialScale": scale,
            "outputSize": [3, 2],
            **with_gradient(lambda x: roi_pool(x, REGIONS, (3, 2), scale), given),
        }
        for scale in (1.0, 0.5)
    ]


def level_cases() -> list[dict]:
    """Levels of boxes with sides about the powers of two at which they change."""
    sides = [1, 8, 55, 56, 57, 111, 111.99, 112, 113, 223.99, 224, 225, 447, 448, 449, 900, 2000]
    squares = torch.tensor([[0, 0, side, side] for side in sides])
    boxes = torch.cat([squares, random_boxes(12, 800, seeded(10))])
    return [
        {"lowest": low, "highest": high, "boxes": boxes, "levels": LevelMapper(low, high)([boxes])}
        for low, high in ((2, 5), (3, 4))
    ]


def scale_cases() -> list[dict]:
    """Scales inferred from the maps' sizes and the largest height and width of the images."""
    cases = [
        ([[200, 336], [100, 168], [50, 84], [25, 42]], [(800, 1333), (793, 1200)]),
        ([[64, 80], [32, 40], [16, 20], [8, 10]], [(250, 300), (200, 318)]),
        ([[20, 27]], [(320, 427)]),
        ([[10, 14], [5, 7]], [(300, 427)]),
    ]
    return [
        {
            "maps": maps,
            "images": images,
            "scales": _setup_scales([torch.zeros(1, 1, *m) for m in maps], images, 224, 4)[0],
        }
        for maps, images in cases
    ]


def multiscale_case() -> dict:
    """Two images' boxes pooled from the level that fits each; the map "pool" is not asked for."""
    shapes = {"0": [2, 2, 16, 14], "1": [2, 2, 8, 7], "pool": [2, 2, 4, 4]}
    maps = OrderedDict((name, features(shape, 20)) for name, shape in shapes.items())
    images = [(256, 224), (250, 200)]
    boxes = [
        torch.tensor([[10.0, 20, 60, 90], [0, 0, 224, 256], [100, 30, 180, 250]]),
        torch.tensor([[5.0, 5, 195, 245], [50, 60, 52, 63], [-10, -20, 230, 270]]),
    ]
    return {
        "maps": {name: {"shape": shapes[name], "values": maps[name].flatten()} for name in maps},
        "images": images,
        "boxes": boxes,
        "featureMapNames": ["0", "1"],
        "outputSize": [3, 2],
        "samplingRatio": 2,
        "output": MultiScaleRoIAlign(["0", "1"], (3, 2), 2)(maps, boxes, images).flatten(),
    }


def fixtures() -> dict:
    """By the file's name."""
    shape = [2, 2, 8, 10]
    given = features(shape, 11)
    common = {"shape": shape, "input": given.flatten(), "regions": REGIONS}
    return {
        "roi_align": {**common, "cases": align_cases(given)},
        "roi_pool": {**common, "cases": pool_cases(given)},
        "multiscale_roi_align": {
            "levels": level_cases(),
            "scales": scale_cases(),
            "pooled": multiscale_case(),
        },
    }
