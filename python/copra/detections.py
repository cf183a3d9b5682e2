"""Results on their way into the library: as columns where they are alike, else as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from copra import _library as library
from copra.mask import Masks

Record = dict[str, Any]


class Detections(library.Handle):
    """Detections in the library's memory."""

    def __init__(self, make: str, *arguments: object) -> None:
        super().__init__("detections", make, *arguments)

    @classmethod
    def columns(
        cls,
        image_ids: library.Array,
        category_ids: library.Array,
        scores: library.Array,
        boxes: library.Array | None,
    ) -> Detections:
        """Detections of columns of 64-bit numbers, boxes [N, 4] of x, y, width and height."""
        given = None if boxes is None else library.numbers(boxes)
        return cls(
            "copra_detections_make",
            library.count(len(image_ids)),
            library.numbers(image_ids),
            library.numbers(category_ids),
            library.numbers(scores),
            library.reference(given),
        )

    @classmethod
    def array(cls, rows: library.Array) -> Detections:
        """Rows of image, x, y, width, height, score and category."""
        if rows.ndim != 2 or rows.shape[1] != 7:
            raise AssertionError(f"expected an array [N, 7], found {list(rows.shape)}")
        rows = library.doubles(rows)
        return cls.columns(rows[:, 0], rows[:, 6], rows[:, 5], rows[:, 1:5])

    @classmethod
    def records(cls, records: Sequence[Record], truth: library.Handle) -> Detections:
        """Dictionaries as COCO's results files have them."""
        if not records:
            return cls.array(np.zeros((0, 7)))
        try:
            made = cls._alike(records)
        except (KeyError, TypeError, ValueError, OverflowError):
            made = None
        if made is not None:
            return made
        text = as_json(records)
        return cls("copra_detections_parse", text, library.count(len(text)), truth)

    @classmethod
    def _alike(cls, records: Sequence[Record]) -> Detections | None:
        """Records that all have what the first one has; None for what columns do not hold."""
        first = records[0]
        # Python keeps texts and numbers apart, and NumPy would not.
        if isinstance(first["image_id"], str) or isinstance(first["category_id"], str):
            return None
        boxes = _table(records, "bbox", 4) if len(first.get("bbox", ())) else None
        masks = None
        if "segmentation" in first:
            masks = _masks([record["segmentation"] for record in records])
            if masks is None:
                return None
        made = cls.columns(
            _column(records, "image_id", np.int64),
            _column(records, "category_id", np.int64),
            _column(records, "score", np.float64),
            boxes,
        )
        if masks is not None:
            library.call("copra_detections_add_masks", made, masks)
        if "keypoints" in first:
            points = _table(records, "keypoints", len(first["keypoints"]))
            library.call(
                "copra_detections_add_keypoints",
                made,
                library.pointer(points),
                library.count(points.shape[1]),
            )
        return made

    def count(self, truth: library.Handle) -> tuple[int, int]:
        """How many there are, and how many are of images that `truth` does not have."""
        return library.two_counts("copra_detections_count", self, truth)


def _column(records: Iterable[Record], name: str, kind: npt.DTypeLike) -> library.Array:
    values = list(map(itemgetter(name), records))
    return np.fromiter(values, kind, len(values))


def _table(records: Iterable[Record], name: str, width: int) -> library.Array:
    rows = list(map(itemgetter(name), records))
    if set(map(len, rows)) != {width}:
        raise ValueError(f"{name}: expected {width} numbers in each record")
    numbers = np.fromiter(chain.from_iterable(rows), np.float64, width * len(rows))
    return numbers.reshape(-1, width)


def _masks(segmentations: Sequence[Any]) -> Masks | None:
    """Masks of compressed run lengths; None where one is something else."""
    if not all(isinstance(each, dict) for each in segmentations):
        return None
    counts = [
        each.encode() if isinstance(each, str) else each
        for each in map(itemgetter("counts"), segmentations)
    ]
    if not all(isinstance(each, bytes) for each in counts):
        return None
    sizes = np.fromiter(
        chain.from_iterable(map(itemgetter("size"), segmentations)), np.int64, 2 * len(counts)
    )
    return Masks.compressed(sizes.reshape(-1, 2), counts)


def as_json(value: Any) -> bytes:
    """JSON of records in which there may be NumPy's numbers, tensors and bytes."""
    return json.dumps(value, default=_plain).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"expected records of COCO, found a {type(value).__name__} in one")
