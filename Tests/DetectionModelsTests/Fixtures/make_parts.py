"""Makes parts/*.json: inputs and outputs of the parts of torchvision's detectors, in full.

    /usr/bin/python3 make_parts.py    # needs torch 1.13.1 and torchvision 0.14.1

A file of `torchvision_parts` stands behind each; all numbers are float32, given to the last bit.
Boxes are corners x1, y1, x2, y2. Where a tensor is flat its shape stands beside it.

One rule is not 0.14.1's: the size of a resized picture comes from a scale in float64, as later
versions have it (`resized_sizes.json`, which also has what 0.14.1 makes of those that differ).
"""

from __future__ import annotations

from pathlib import Path

import fixture_file
from torchvision_parts import (
    anchors,
    boxes,
    default_boxes,
    keypoints,
    layers,
    losses,
    masks,
    matching,
    one_stage,
    pooling,
    suppression,
    transform,
)

FOLDER = Path(__file__).resolve().parent / "parts"
PARTS = [
    anchors,
    boxes,
    default_boxes,
    suppression,
    matching,
    one_stage,
    pooling,
    losses,
    layers,
    transform,
    masks,
    keypoints,
]


def main() -> None:
    """Writes all."""
    for part in PARTS:
        for name, value in part.fixtures().items():
            fixture_file.write(FOLDER / f"{name}.json", value)
            print(name, flush=True)


if __name__ == "__main__":
    main()
