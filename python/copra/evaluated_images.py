"""What matched what in each image: `evalImgs` and `ious`, there and back."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import numpy as np

from copra import _library as library

if TYPE_CHECKING:
    from copra.evaluation import Evaluation, Params, Settings

_PAIRS, _IDS, _SCORES, _TRUTH_IDS, _OVERLAPS = range(5)
_ORDERED_TRUTHS, _TRUTH_IGNORED, _MATCHES, _IGNORED, _TRUTH_MATCHES = range(5, 10)


class EvaluatedImages(library.Handle):
    """Details of matches in the library's memory."""

    def __init__(self, evaluation: Evaluation, params: Params, ids: list[int] | None) -> None:
        """`ids` are those of the detections, where they are not numbered from 1."""
        super().__init__("details", "copra_evaluation_details", evaluation)
        self._params = params
        # Nothing has the id 0.
        self._own_ids = None if ids is None else np.array([0, *ids], dtype=np.float64)
        self._pairs = self.column(_PAIRS).reshape(-1, 4)

    def dictionaries(self) -> list[dict[str, Any] | None]:
        """[categories, areas, images] in one list; None where there is nothing."""
        params = self._params
        categories = params.catIds if params.useCats else [-1]
        images = {int(each): place for place, each in enumerate(params.imgIds)}
        areas, thresholds = len(params.areaRng), len(params.iouThrs)
        result: list[dict[str, Any] | None] = [None] * (len(categories) * areas * len(images))
        columns = {number: self.column(number) for number in range(1, 10)}
        if self._own_ids is not None:
            for number in (_IDS, _TRUTH_MATCHES):
                own = self._own_ids[columns[number].astype(np.int64)]
                columns[number] = own.astype(columns[number].dtype)
        first_detection = first_truth = 0
        for image, category, detections, truths in self._pairs.tolist():
            found = slice(first_detection, first_detection + detections)
            ids = columns[_IDS][found].tolist()
            scores = columns[_SCORES][found].tolist()
            for area in range(areas):
                start = first_detection * areas + area * detections
                matches = slice(start * thresholds, (start + detections) * thresholds)
                truth = first_truth * areas + area * truths
                truth_matches = slice(truth * thresholds, (truth + truths) * thresholds)
                of_truths = slice(truth, truth + truths)
                place = (category * areas + area) * len(images) + images[image]
                result[place] = {
                    "image_id": image,
                    "category_id": int(categories[category]),
                    "aRng": params.areaRng[area],
                    "maxDet": params.maxDets[-1],
                    "dtIds": ids,
                    "gtIds": columns[_ORDERED_TRUTHS][of_truths].tolist(),
                    "dtMatches": columns[_MATCHES][matches].reshape(thresholds, -1),
                    "gtMatches": columns[_TRUTH_MATCHES][truth_matches].reshape(thresholds, -1),
                    "dtScores": scores,
                    "gtIgnore": columns[_TRUTH_IGNORED][of_truths].astype(np.int64),
                    "dtIgnore": columns[_IGNORED][matches].reshape(thresholds, -1).astype(bool),
                }
            first_detection += detections
            first_truth += truths
        return result

    def overlaps(self) -> dict[tuple[int, int], Any]:
        """[detections, truths] by image and category; an empty list where there is nothing."""
        params = self._params
        categories = [int(each) for each in params.catIds] if params.useCats else [-1]
        result: dict[tuple[int, int], Any] = {
            (int(image), category): [] for image in params.imgIds for category in categories
        }
        column, first = self.column(_OVERLAPS), 0
        for image, category, detections, truths in self._pairs.tolist():
            last = first + detections * truths
            if last > first:
                overlaps = column[first:last].reshape(detections, truths)
                result[image, categories[category]] = overlaps
            first = last
        return result


def restore(images: Any, params: Params, evaluated: Params, settings: Settings) -> tuple[Any, ...]:
    """The arguments of `copra_evaluation_restore` for the part of `evalImgs` that is asked for."""
    chosen = _chosen(list(images), params, evaluated)
    thresholds = len(params.iouThrs)
    counts = [-1 if each is None else len(each["dtScores"]) for each in chosen]
    there = [each for each in chosen if each is not None]
    scores = library.doubles(np.concatenate([np.zeros(0), *(each["dtScores"] for each in there)]))
    matched = _flags([each["dtMatches"] for each in there], thresholds)
    ignored = _flags([each["dtIgnore"] for each in there], thresholds)
    areas = len(params.areaRng)
    slots = settings.shape[2] * areas
    per_slot = len(chosen) // slots if slots else 0
    positives = library.integers(
        [
            sum(
                int(np.count_nonzero(np.asarray(each["gtIgnore"]) == 0))
                for each in chosen[slot * per_slot : (slot + 1) * per_slot]
                if each is not None
            )
            for slot in range(slots)
        ]
    )
    lengths = library.integers(counts)
    return (
        ctypes.byref(settings.structure),
        library.pointer(lengths),
        library.count(per_slot),
        library.pointer(scores),
        library.pointer(matched),
        library.pointer(ignored),
        library.count(len(scores)),
        library.pointer(positives),
    )


def _flags(tables: list[Any], thresholds: int) -> library.Array:
    parts = [np.asarray(table, dtype=np.float64) != 0 for table in tables]
    if any(part.ndim != 2 or len(part) != thresholds for part in parts):
        raise library.CopraError(f"evalImgs: expected {thresholds} rows of matches in each image")
    flat = [part.ravel() for part in parts]
    return np.concatenate([np.zeros(0, bool), *flat]).astype(np.uint8)


def _chosen(images: list[Any], params: Params, evaluated: Params) -> list[Any]:
    """Those of the categories, ranges and images that are asked for, in this order."""
    categories = list(evaluated.catIds) if evaluated.useCats else [-1]
    wanted = list(params.catIds) if params.useCats else [-1]
    ranges = [tuple(each) for each in evaluated.areaRng]
    ids = {int(each): place for place, each in enumerate(evaluated.imgIds)}
    count = len(evaluated.imgIds)
    if len(images) != len(categories) * len(ranges) * count:
        raise library.CopraError(
            f"evalImgs: expected {len(categories)} × {len(ranges)} × {count} elements, "
            f"found {len(images)}"
        )
    try:
        return [
            images[
                (categories.index(category) * len(ranges) + ranges.index(tuple(area))) * count
                + ids[int(image)]
            ]
            for category in wanted
            for area in params.areaRng
            for image in params.imgIds
        ]
    except (KeyError, ValueError) as error:
        raise library.CopraError(f"expected parameters that were evaluated: {error}") from None
