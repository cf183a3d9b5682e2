"""Makes operators.json: what torchvision's operators make in the families of its own tests of them.

    /usr/bin/python3 make_operators.py    # needs torch 1.13.1 and torchvision 0.14.1

Inputs are drawn from the seed of a case, so that only figures are kept: digests of fractions, and of
indices their number, their sum, and the sum of each times its place, modulo a prime. The families:
pooling forwards (row-major and transposed maps), pooling backwards (ten seeds of each), suppression at
three thresholds (ten seeds, with a pair that overlaps by the threshold), suppression by classes on both
sides of 1,000 boxes, and overlaps of boxes in every type. Gradients are those of the mean of the output,
weighted from -1 for its first number to 1 for its last.
"""

from __future__ import annotations

from pathlib import Path

import fixture_file
import torch
from torchvision import ops

FOLDER = Path(__file__).resolve().parent
PRIME = 1_000_000_007
FORWARD = [[0, 0, 0, 9, 9], [0, 0, 5, 4, 9], [0, 5, 5, 9, 9], [1, 0, 0, 9, 9]]
BACKWARD = [[0, 0, 0, 4, 4], [0, 0, 2, 3, 4], [0, 2, 2, 4, 4]]
WHOLE = [[0, 0, 100, 100], [0, 0, 50, 50], [200, 200, 300, 300]]
EXACT = [
    [285.3538, 185.5758, 1193.5110, 851.4551],
    [285.1472, 188.7374, 1192.4984, 851.0669],
    [279.2440, 197.9812, 1189.4746, 849.2019],
]


def pooled(name: str, maps: torch.Tensor, regions: torch.Tensor, options: dict) -> torch.Tensor:
    """What an operator makes of maps and regions."""
    if name == "roi_pool":
        return ops.roi_pool(maps, regions, options["size"], 1.0)
    return ops.roi_align(maps, regions, options["size"], 1.0, options["ratio"], options["aligned"])


def pooling(name: str, seed: int, shape: list[int], rows: list, **options) -> dict:
    """A case of pooling with its gradient."""
    torch.manual_seed(seed)
    drawn = torch.rand(shape, dtype=torch.float64)
    maps = drawn.permute(0, 1, 3, 2) if options["transposed"] else drawn
    maps = maps.detach().requires_grad_()
    output = pooled(name, maps, torch.tensor(rows, dtype=torch.float64), options)
    ramp = torch.linspace(-1, 1, output.numel()).reshape(output.shape).double()
    (output * ramp).mean().backward()
    return {
        "operator": name,
        "seed": seed,
        "shape": shape,
        "regions": rows,
        **options,
        "output": fixture_file.digest(output),
        "gradient": fixture_file.digest(maps.grad),
    }


def all_pooling() -> list[dict]:
    """Forwards as torchvision tests it with bins of 5×5, backwards with 2×2."""
    cases = []
    for transposed in [False, True]:
        plain = {"transposed": transposed, "ratio": -1, "aligned": False, "size": 5}
        cases.append(pooling("roi_pool", 0, [2, 50, 10, 10], FORWARD, **plain))
        for aligned in [False, True]:
            given = {**plain, "aligned": aligned}
            cases.append(pooling("roi_align", 0, [2, 50, 10, 10], FORWARD, **given))
        for seed in range(10):
            few = {**plain, "ratio": 1, "size": 2}
            for name in ["roi_pool", "roi_align"]:
                cases.append(pooling(name, seed, [1, 8, 5, 5], BACKWARD, **few))
    return cases


def figures(kept: torch.Tensor) -> list[int]:
    """Number, sum, and sum of each index times its place from 1 on."""
    indices = kept.tolist()
    placed = sum((place + 1) * index for place, index in enumerate(indices))
    return [len(indices), sum(indices), placed % PRIME]


def suppression(seed: int, threshold: float) -> dict:
    """1,000 boxes, the last of which overlaps the first by about the threshold."""
    torch.manual_seed(seed)
    boxes = torch.rand(1000, 4) * 100
    boxes = torch.cat([boxes[:, :2], boxes[:, 2:] + boxes[:, :2]], dim=1)
    scores = torch.rand(1000)
    boxes[-1] = boxes[0]
    share = threshold + 1e-5
    boxes[-1, 2] += (boxes[0, 2] - boxes[0, 0]) * ((1 - share) / share)
    kept = ops.nms(boxes, scores, threshold)
    return {"operator": "nms", "seed": seed, "threshold": threshold, "kept": figures(kept)}


def by_class(seed: int, count: int) -> dict:
    """Boxes of 100 classes; up to 1,000 torchvision moves them apart, more it takes class by class."""
    torch.manual_seed(seed)
    corners = torch.rand(count, 2) * 50
    sides = torch.rand(count, 2) * 30 + 1
    boxes = torch.cat([corners, corners + sides], dim=1)
    scores = torch.rand(count)
    classes = (torch.rand(count) * 100).floor().long()
    kept = ops.batched_nms(boxes, scores, classes, 0.3)
    return {"operator": "batched_nms", "seed": seed, "count": count, "threshold": 0.3,
            "kept": figures(kept)}


def overlaps() -> list[dict]:
    """Overlaps of boxes with themselves, in every type that torchvision tests."""
    cases = []
    for name in ["box_iou", "generalized_box_iou"]:
        for rows, types in [
            (WHOLE, ["int16", "int32", "int64", "float32", "float64"]),
            (EXACT, ["float16", "float32", "float64"]),
        ]:
            for dtype in types:
                boxes = torch.tensor(rows).to(getattr(torch, dtype))
                result = getattr(ops, name)(boxes, boxes)
                cases.append(
                    {"operator": name, "dtype": dtype, "boxes": rows,
                     "output": result.double().flatten().tolist()})
    return cases


def main() -> None:
    """Writes all."""
    cases = all_pooling()
    cases += [suppression(seed, limit) for limit in [0.2, 0.5, 0.8] for seed in range(10)]
    cases += [by_class(seed, count) for seed in range(5) for count in [0, 1000, 1100]]
    cases += overlaps()
    fixture_file.write(FOLDER / "operators.json", cases)
    print(len(cases), "cases")


if __name__ == "__main__":
    main()
