"""Masks as COCO's compressed run lengths, whatever a program holds them as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
import pycocotools.mask


def of_pixels(pixels: Any) -> dict[str, Any]:
    """The run lengths of an array of rows."""
    encoded = pycocotools.mask.encode(numpy.asfortranarray(pixels, dtype=numpy.uint8))
    return as_text(encoded)


def of_rings(rings: Sequence[Sequence[float]], height: int, width: int) -> dict[str, Any]:
    """The run lengths of outlines, filled as pycocotools fills them."""
    flat = [[float(number) for number in ring] for ring in rings]
    return as_text(pycocotools.mask.merge(pycocotools.mask.frPyObjects(flat, height, width)))


def of_coco(segmentation: Any, height: int, width: int) -> dict[str, Any] | None:
    """The run lengths of what a COCO annotation has, if it has something."""
    if not segmentation:
        return None
    if isinstance(segmentation, list):
        return of_rings(segmentation, height, width)
    if isinstance(segmentation["counts"], list):
        return as_text(pycocotools.mask.frPyObjects(segmentation, height, width))
    return as_text(segmentation)


def as_text(encoded: Any) -> dict[str, Any]:
    """Run lengths whose counts are text, as in a file."""
    counts = encoded["counts"]
    if isinstance(counts, bytes):
        counts = counts.decode()
    return {"size": [int(side) for side in encoded["size"]], "counts": counts}
