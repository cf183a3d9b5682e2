"""What Python finds odd about boxes: the counts that copra's rules of the same names must have."""

from __future__ import annotations

import collections
import itertools
from collections.abc import Iterable

from boxes import Box, Sides

EDGE_TOLERANCE, TINY, HUGE, LONG, SAME, RARE = 0.5, 2, 0.95, 20, 0.95, 10
SMALLEST_SET = 100
"""Of fewer annotations nothing can be said about classes."""

RULES = [
    *["zero-area-box", "inverted-box", "box-outside-image", "box-past-edge", "tiny-box"],
    *["extreme-aspect-ratio", "huge-box", "duplicate-box", "conflicting-labels", "rare-category"],
    *["image-without-annotations"],
]


def of_box(sides: Sides, size: tuple[int, int]) -> str | None:
    """The gravest thing about a box on a picture of a size."""
    x, y, width, height = sides
    if width < 0 or height < 0:
        return "inverted-box"
    if width == 0 or height == 0:
        return "zero-area-box"
    if x >= size[0] or y >= size[1] or x + width <= 0 or y + height <= 0:
        return "box-outside-image"
    if max(-x, -y, x + width - size[0], y + height - size[1]) > EDGE_TOLERANCE:
        return "box-past-edge"
    if min(width, height) < TINY:
        return "tiny-box"
    if max(width, height) > LONG * min(width, height):
        return "extreme-aspect-ratio"
    return "huge-box" if width * height > HUGE * size[0] * size[1] else None


def overlap(first: Sides, second: Sides) -> float:
    """Intersection over union."""
    starts = [max(first[axis], second[axis]) for axis in (0, 1)]
    ends = [min(sides[axis] + sides[axis + 2] for sides in (first, second)) for axis in (0, 1)]
    shared = max(ends[0] - starts[0], 0) * max(ends[1] - starts[1], 0)
    return shared / (first[2] * first[3] + second[2] * second[3] - shared) if shared else 0


def of_pairs(boxes: list[Box]) -> collections.Counter[str]:
    """Boxes that an earlier one of the picture nearly covers, by whether it has their class."""
    found: dict[str, set[int]] = {"duplicate-box": set(), "conflicting-labels": set()}
    for (_, first), (later, second) in itertools.combinations(enumerate(boxes), 2):
        if overlap(first.sides, second.sides) >= SAME:
            is_same = first.category == second.category
            found["duplicate-box" if is_same else "conflicting-labels"].add(later)
    return collections.Counter({rule: len(positions) for rule, positions in found.items()})


def counts(boxes: Iterable[Box], sizes: dict[str, tuple[int, int]]) -> dict[str, int]:
    """How often each of `RULES` applies to the objects on pictures of these sizes, if it does."""
    by_picture: dict[str, list[Box]] = {picture: [] for picture in sizes}
    for box in boxes:
        by_picture[box.picture].append(box)
    found: collections.Counter[str] = collections.Counter()
    for picture, listed in by_picture.items():
        faults = (of_box(box.sides, sizes[picture]) for box in listed)
        found.update(fault for fault in faults if fault)
        found.update(of_pairs(listed))
        found["image-without-annotations"] += not listed
    classes = collections.Counter(box.category for listed in by_picture.values() for box in listed)
    if classes.total() >= SMALLEST_SET:
        found["rare-category"] = sum(count < RARE for count in classes.values())
    return {rule: count for rule, count in sorted(found.items()) if count}
