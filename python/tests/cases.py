"""The evaluations that pycocotools' figures are kept of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

FIXTURES = Path(__file__).with_name("fixtures")


@dataclass(frozen=True)
class Case:
    name: str
    kind: str
    fields: tuple[str, ...]
    """What the results have beside image, category and score."""
    params: dict[str, Any] = field(default_factory=dict)


BOX, MASK, POINTS = ("bbox",), ("segmentation",), ("keypoints",)

CASES = [
    Case("boxes", "bbox", BOX),
    Case("masks", "segm", MASK),
    Case("boxes-of-masks", "bbox", MASK),
    Case("masks-of-boxes", "segm", BOX),
    Case("masks-beside-boxes", "segm", BOX + MASK),
    Case("keypoints", "keypoints", POINTS),
    Case("keypoints-beside-boxes", "keypoints", BOX + POINTS),
    Case("images", "bbox", BOX, {"imgIds": [30, 4, 4, 500, 84]}),
    Case("categories", "bbox", BOX, {"catIds": [7, 3, 999]}),
    Case("one-category", "bbox", BOX, {"useCats": 0}),
    Case("one-category-in-order", "segm", MASK, {"useCats": 0, "catIds": [7, 1]}),
    Case("thresholds", "bbox", BOX, {"iouThrs": np.array([0.35, 0.5, 0.85])}),
    Case("recalls", "bbox", BOX, {"recThrs": np.linspace(0, 1, 11)}),
    Case("limits", "bbox", BOX, {"maxDets": [100, 2, 1]}),
    Case(
        "areas",
        "bbox",
        BOX,
        {"areaRng": [[0, 1e10], [0, 400], [400, 1e10]], "areaRngLbl": ["all", "small", "big"]},
    ),
    Case("sigmas", "keypoints", POINTS, {"kpt_oks_sigmas": np.linspace(0.02, 0.1, 17)}),
]


def set_params(params: Any, case: Case) -> None:
    for name, value in case.params.items():
        setattr(params, name, value)
