"""COCO's summary of precision and recall, as pycocotools prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from copra.evaluation import Params

_AREAS = ("small", "medium", "large")
_KEYPOINTS = 20


@dataclass(frozen=True)
class _Measure:
    """What a figure is the mean of."""

    is_precision: bool
    limit: int
    threshold: float | None = None
    area: str = "all"

    def value(self, params: Params, arrays: dict[str, Any]) -> float:
        """The mean of all that is there; -1 for nothing."""
        areas, limits = list(params.areaRngLbl), list(params.maxDets)
        if self.area not in areas or self.limit not in limits:
            return -1
        values = arrays["precision" if self.is_precision else "recall"]
        if self.threshold is not None:
            values = values[np.asarray(params.iouThrs) == self.threshold]
        values = values[..., areas.index(self.area), limits.index(self.limit)]
        values = values[values > -1]
        return float(np.mean(values)) if len(values) else -1

    def line(self, params: Params, value: float) -> str:
        """The figure in pycocotools' words."""
        name, sign = ("Precision", "(AP)") if self.is_precision else ("Recall", "(AR)")
        overlap = (
            f"{params.iouThrs[0]:0.2f}:{params.iouThrs[-1]:0.2f}"
            if self.threshold is None
            else f"{self.threshold:0.2f}"
        )
        return (
            f" {f'Average {name}':<18} {sign} @[ IoU={overlap:<9} | area={self.area:>6s} "
            f"| maxDets={self.limit:>3d} ] = {value:0.3f}"
        )


def summary(params: Params, arrays: dict[str, Any]) -> tuple[Any, list[str]]:
    """The figures of an accumulated evaluation, and their lines of text."""
    is_keypoints = params.iouType == "keypoints"
    measures = _of_keypoints() if is_keypoints else _of_boxes(list(params.maxDets))
    values = [measure.value(params, arrays) for measure in measures]
    lines = [measure.line(params, value) for measure, value in zip(measures, values)]
    return np.array(values, dtype=np.float64), lines


def _of_boxes(limits: list[int]) -> list[_Measure]:
    """Of boxes and masks; the first figure is of 100 detections, whatever the limits are."""
    last = limits[:3][-1]
    return [
        *_overall(True, 100, last),
        *(_Measure(True, last, area=area) for area in _AREAS),
        *(_Measure(False, limit) for limit in limits[:3]),
        *(_Measure(False, last, area=area) for area in _AREAS),
    ]


def _of_keypoints() -> list[_Measure]:
    return [
        measure
        for is_precision in (True, False)
        for measure in (
            *_overall(is_precision, _KEYPOINTS, _KEYPOINTS),
            *(_Measure(is_precision, _KEYPOINTS, area=area) for area in _AREAS[1:]),
        )
    ]


def _overall(is_precision: bool, limit: int, others: int) -> list[_Measure]:
    """Over all thresholds, at 0.5 and at 0.75."""
    thresholds = (0.5, 0.75)
    return [
        _Measure(is_precision, limit),
        *(_Measure(is_precision, others, threshold) for threshold in thresholds),
    ]
