"""Results on their way into the library: as columns where they are alike, else as JSON."""

from __future__ import annotations

import ctypes
import json
import struct
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

import numpy as np

from copra import _library as library

Record = dict[str, Any]

_NUMBERS = ("score", "image_id", "category_id")


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
        except (KeyError, TypeError, ValueError, OverflowError, struct.error):
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
        boxes = None
        if len(first.get("bbox", ())):
            boxes = np.empty((len(records), 4))
            _fill(boxes.ravel(), records, "bbox", 4)
        masks = None
        if "segmentation" in first:
            rows, counts = _masked(records)
            masks = _joined(counts)
            if masks is None:
                return None
        else:
            rows = _rows(map(itemgetter(*_NUMBERS), records), len(_NUMBERS), len(records))
        whole = rows[:, 1:]
        # Doubles hold no larger numbers, each for itself.
        if not (np.abs(whole) < 1 << 53).all():
            return None
        made = cls.columns(rows[:, 1], rows[:, 2], rows[:, 0], boxes)
        if masks is not None:
            made._add_masks(whole[:, 2:4], whole[:, 4], masks)
        if "keypoints" in first:
            made._add_keypoints(records, len(first["keypoints"]))
        return made

    def _add_masks(self, sizes: library.Array, lengths: library.Array, counts: bytes) -> None:
        """Gives each detection its mask, of compressed run lengths one after the other."""
        sizes, lengths = library.integers(sizes), library.integers(lengths)
        library.call(
            "copra_detections_add_masks",
            self,
            library.pointer(sizes),
            library.pointer(lengths),
            counts,
            library.count(len(counts)),
        )

    def _add_keypoints(self, records: Sequence[Record], width: int) -> None:
        """Gives each detection its keypoints."""
        lent = library.new_array()
        function = "copra_detections_add_keypoints"
        library.call(function, self, library.count(width), ctypes.byref(lent))
        _fill(self.borrowed(lent), records, "keypoints", width)

    def count(self, truth: library.Handle) -> tuple[int, int]:
        """How many there are, and how many are of images that `truth` does not have."""
        return library.two_counts("copra_detections_count", self, truth)


def _rows(rows: Iterable[tuple[Any, ...]], width: int, count: int) -> library.Array:
    numbers = np.fromiter(chain.from_iterable(rows), np.float64, width * count)
    return numbers.reshape(-1, width)


def _masked(records: Sequence[Record]) -> tuple[library.Array, list[Any]]:
    """The numbers of records with masks, their heights, widths and lengths, and their run lengths.

    One pass over the records: what takes the time is to get at each in memory.
    """
    numbers: list[Any] = []
    counts: list[Any] = []
    add, keep = numbers.extend, counts.append
    for record in records:
        mask = record["segmentation"]
        runs = mask["counts"]
        height, width = mask["size"]
        keep(runs)
        add((record["score"], record["image_id"], record["category_id"], height, width, len(runs)))
    return np.fromiter(numbers, np.float64, len(numbers)).reshape(-1, 6), counts


def _joined(counts: list[Any]) -> bytes | None:
    """Compressed run lengths one after the other; None where one is something else."""
    kinds = set(map(type, counts))
    if kinds == {bytes}:
        return b"".join(counts)
    if kinds == {str}:
        text = "".join(counts)
        return text.encode() if text.isascii() else None
    if not all(issubclass(kind, (bytes, str)) for kind in kinds):
        return None
    return _joined([each.encode() if isinstance(each, str) else bytes(each) for each in counts])


def _fill(room: library.Array, records: Sequence[Record], name: str, width: int) -> None:
    """Fills an array with a field of `width` numbers of each record."""
    # This takes half as long as an iterator of single numbers.
    write, bytes_of = struct.Struct(f"{width}d").pack_into, room.data.cast("B")
    step = 8 * width
    rows = map(itemgetter(name), records)
    for row, place in zip(rows, range(0, step * len(records), step)):
        write(bytes_of, place, *row)


def as_json(value: Any) -> bytes:
    """JSON of records in which there may be NumPy's numbers, tensors and bytes."""
    return json.dumps(value, default=_plain).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"expected records of COCO, found a {type(value).__name__} in one")
