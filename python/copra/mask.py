"""Masks as run lengths: pycocotools' `mask` by another library.

An RLE is a dictionary of `size`, height and width, and `counts`, its compressed run lengths as
bytes; texts are taken too. Arrays of pixels are uint8 in Fortran order, [height, width, masks].
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from copra import _library as library

RLE = dict[str, Any]

_SIZES, _COUNTS, _LENGTHS, _AREAS, _BOXES = range(5)


class Masks(library.Handle):
    """Masks in the library's memory."""

    def __init__(self, make: str, *arguments: object) -> None:
        super().__init__("masks", make, *arguments)

    @classmethod
    def read(cls, rles: Sequence[RLE]) -> Masks:
        """The masks of compressed run lengths, or of lists where the first is one."""
        sizes = library.integers([rle["size"] for rle in rles])
        if len(rles) and not isinstance(rles[0]["counts"], (bytes, str)):
            return cls._from_runs(rles, sizes)
        counts = [
            rle["counts"].encode() if isinstance(rle["counts"], str) else rle["counts"]
            for rle in rles
        ]
        return cls.compressed(sizes, counts)

    @classmethod
    def compressed(cls, sizes: library.Array, counts: Sequence[bytes]) -> Masks:
        """The masks of sizes [N, 2] and compressed run lengths."""
        if sizes.shape != (len(counts), 2) and len(counts):
            raise library.CopraError("size: expected a height and a width for each mask")
        lengths = np.fromiter(map(len, counts), np.int64, len(counts))
        everything = b"".join(counts)
        return cls(
            "copra_masks_read",
            library.count(len(counts)),
            library.pointer(sizes),
            library.pointer(lengths),
            everything,
            library.count(len(everything)),
        )

    @classmethod
    def _from_runs(cls, rles: Sequence[RLE], sizes: library.Array) -> Masks:
        lengths = np.fromiter((len(rle["counts"]) for rle in rles), np.int64, len(rles))
        runs = np.concatenate([library.integers(rle["counts"]) for rle in rles])
        return cls(
            "copra_masks_from_runs",
            library.count(len(rles)),
            library.pointer(sizes),
            library.pointer(lengths),
            library.pointer(runs),
            library.count(len(runs)),
        )

    @classmethod
    def encode(cls, pixels: library.Array) -> Masks:
        """The masks of pixels [height, width, masks]."""
        pixels = np.asfortranarray(pixels, dtype=np.uint8)
        if pixels.ndim != 3:
            raise library.CopraError(f"expected an array of 3 dimensions, found {pixels.ndim}")
        return cls("copra_masks_encode", library.pointer(pixels), *map(library.count, pixels.shape))

    @classmethod
    def rings(cls, rings: Sequence[Any], height: int, width: int) -> Masks:
        """The masks of rings of corners, one each."""
        arrays = [library.doubles(ring).ravel() for ring in rings]
        lengths = np.fromiter(map(len, arrays), np.int64, len(arrays))
        corners = np.concatenate(arrays) if arrays else np.zeros(0)
        return cls(
            "copra_masks_from_rings",
            library.count(len(arrays)),
            library.pointer(lengths),
            library.pointer(corners),
            library.count(len(corners)),
            library.count(height),
            library.count(width),
        )

    @classmethod
    def boxes(cls, boxes: Any, height: int, width: int) -> Masks:
        """The masks of boxes [N, 4], one each."""
        array = _boxes(boxes)
        return cls(
            "copra_masks_from_boxes",
            library.count(len(array)),
            library.pointer(array),
            library.count(height),
            library.count(width),
        )

    def merged(self, intersect: bool) -> Masks:
        """One mask of what any, or all, have."""
        return Masks("copra_masks_merge", self, ctypes.c_int32(intersect))

    def __len__(self) -> int:
        return len(self.column(_LENGTHS))

    def rles(self) -> list[RLE]:
        """The masks as dictionaries."""
        counts = self.column(_COUNTS).tobytes()
        ends = np.cumsum(self.column(_LENGTHS)).tolist()
        sizes = self.column(_SIZES).reshape(-1, 2).tolist()
        starts = [0, *ends[:-1]]
        return [
            {"size": size, "counts": counts[start:end]}
            for size, start, end in zip(sizes, starts, ends)
        ]

    def pixels(self) -> npt.NDArray[np.uint8]:
        """[height, width, masks], in Fortran order."""
        sizes = self.column(_SIZES).reshape(-1, 2)
        height, width = sizes[0].tolist() if len(sizes) else (0, 0)
        if height < 0 or width < 0 or height * width * len(sizes) > 1 << 36:
            raise library.CopraError(f"expected masks that fit into memory, found {height}×{width}")
        room = np.empty((height, width, len(sizes)), np.uint8, order="F")
        library.call("copra_masks_decode", self, library.pointer(room), library.count(room.size))
        return room

    def areas(self) -> npt.NDArray[np.uint32]:
        """The numbers of pixels."""
        return self.column(_AREAS).astype(np.uint32)

    def extents(self) -> npt.NDArray[np.float64]:
        """The boxes around them, [masks, 4]."""
        boxes: npt.NDArray[np.float64] = self.column(_BOXES).reshape(-1, 4).copy()
        return boxes


def encode(bimask: library.Array) -> Any:
    """Encodes pixels: one RLE for [height, width], a list for [height, width, masks]."""
    if bimask.ndim == 2:
        return Masks.encode(bimask[:, :, None]).rles()[0]
    return Masks.encode(bimask).rles()


def decode(rleObjs: Any) -> npt.NDArray[np.uint8]:
    """Decodes an RLE to [height, width], or a list to [height, width, masks]."""
    if isinstance(rleObjs, (list, tuple)):
        return Masks.read(rleObjs).pixels()
    pixels: npt.NDArray[np.uint8] = Masks.read([rleObjs]).pixels()[:, :, 0]
    return pixels


def area(rleObjs: Any) -> Any:
    """The number of pixels of an RLE, or of each in a list."""
    if isinstance(rleObjs, (list, tuple)):
        return Masks.read(rleObjs).areas()
    return Masks.read([rleObjs]).areas()[0]


def toBbox(rleObjs: Any) -> npt.NDArray[np.float64]:
    """The box [4] around an RLE, or [N, 4] of a list."""
    if isinstance(rleObjs, (list, tuple)):
        return Masks.read(rleObjs).extents()
    extent: npt.NDArray[np.float64] = Masks.read([rleObjs]).extents()[0]
    return extent


def merge(rleObjs: Sequence[RLE], intersect: bool = False) -> RLE:
    """One RLE of what any of the masks has, or, with `intersect`, what all have."""
    return Masks.read(rleObjs).merged(bool(intersect)).rles()[0]


def frPyObjects(pyobj: Any, h: int, w: int) -> Any:
    """RLEs of polygons, boxes or run lengths, alone or in a list; what the first is, all are."""
    if isinstance(pyobj, np.ndarray):
        return Masks.boxes(pyobj, h, w).rles()
    if isinstance(pyobj, dict):
        return Masks.read([pyobj]).rles()[0]
    if not isinstance(pyobj, (list, tuple)) or not len(pyobj):
        raise TypeError("expected polygons, boxes or run lengths")
    first = pyobj[0]
    if isinstance(first, dict):
        return Masks.read(pyobj).rles()
    if not hasattr(first, "__len__"):
        return _drawn([pyobj], h, w).rles()[0]
    return _drawn(pyobj, h, w).rles()


def _drawn(shapes: Sequence[Any], h: int, w: int) -> Masks:
    """Masks of boxes, where the first has four numbers, or of rings."""
    length = len(shapes[0])
    if length == 4:
        return Masks.boxes(shapes, h, w)
    if length < 4:
        raise TypeError(f"expected a polygon of 6 numbers or more, or a box of 4, found {length}")
    return Masks.rings(shapes, h, w)


def iou(dt: Any, gt: Any, pyiscrowd: Any) -> Any:
    """How much each detection overlaps each true object: RLEs, or boxes [N, 4]; [N, M].

    An empty list where there are none, as in pycocotools.
    """
    if len(dt) == 0 or len(gt) == 0:
        return []
    crowds = np.ascontiguousarray(pyiscrowd, dtype=np.uint8)
    if len(crowds) != len(gt):
        raise library.CopraError(f"iscrowd: expected {len(gt)} flags, found {len(crowds)}")
    overlaps = np.empty((len(dt), len(gt)))
    if isinstance(dt[0], dict) != isinstance(gt[0], dict):
        raise library.CopraError("expected masks and masks, or boxes and boxes")
    if isinstance(dt[0], dict):
        detections, truths = Masks.read(dt), Masks.read(gt)
        given: tuple[object, ...] = (detections, truths)
        function = "copra_masks_iou"
    else:
        first, second = _boxes(dt), _boxes(gt)
        given = (library.pointer(first), library.count(len(first)))
        given += (library.pointer(second), library.count(len(second)))
        function = "copra_boxes_iou"
    library.call(function, *given, library.pointer(crowds), library.pointer(overlaps))
    return overlaps


def _boxes(boxes: Any) -> npt.NDArray[np.float64]:
    array = library.doubles(boxes)
    if array.ndim == 1 and array.size == 4:
        array = array[None]
    if array.ndim != 2 or array.shape[1] != 4:
        raise library.CopraError(f"expected boxes [N, 4], found an array {list(array.shape)}")
    return array
