"""Boxes with the picture and the class that they belong to, and how two lists of them differ."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from claims import Failed, demand

Sides = tuple[float, float, float, float]


@dataclasses.dataclass(frozen=True)
class Box:
    """x, y, width and height of an object in pixels."""

    picture: str
    category: str
    sides: Sides

    @classmethod
    def of_edges(cls, picture: str, category: str, edges: Iterable[float]) -> Box:
        """A box of its left, top, right and bottom edges."""
        left, top, right, bottom = edges
        return cls(picture, category, (left, top, right - left, bottom - top))


def of_coco(data: dict[str, Any], picture: Callable[[str], str] = str) -> list[Box]:
    """The boxes of a COCO file, whose pictures are called what `picture` makes of `file_name`."""
    names = {image["id"]: picture(image["file_name"]) for image in data["images"]}
    categories = {category["id"]: category["name"] for category in data["categories"]}
    return [
        Box(names[note["image_id"]], categories[note["category_id"]], tuple(note["bbox"]))
        for note in data["annotations"]
    ]


def path_below(folder: Path) -> Callable[[str], str]:
    """Names pictures by their whole path, so that files with different roots can be compared."""
    return lambda name: str((folder / name).resolve())


def file_name(name: str) -> str:
    """Names pictures by the last part of their path."""
    return Path(name).name


def categories(boxes: Iterable[Box]) -> dict[str, int]:
    """How many boxes each class has."""
    return dict(sorted(collections.Counter(box.category for box in boxes).items()))


def distance(first: Sides, second: Sides) -> float:
    """The largest difference between two boxes' numbers."""
    return max(abs(left - right) for left, right in zip(first, second, strict=True))


def demand_same(found: list[Box], expected: list[Box], tolerance: float = 0) -> float:
    """Pairs all boxes of two lists; the largest difference, which may not pass the tolerance."""
    left, right = grouped(found), grouped(expected)
    missing = right.keys() - left.keys()
    further = left.keys() - right.keys()
    demand(not missing, f"{len(missing)} pictures or classes without boxes: {sample(missing)}")
    demand(not further, f"{len(further)} pictures or classes too many: {sample(further)}")
    distances = [pair_up(left[key], right[key], key) for key in right]
    largest = max(distances, default=0.0)
    if not largest <= tolerance:
        key = list(right)[distances.index(largest)]
        raise Failed(
            f"boxes differ by {largest:g}, more than {tolerance:g}, in {key}\n"
            f"expected {right[key]}\nfound    {left[key]}"
        )
    return largest


def grouped(boxes: list[Box]) -> dict[tuple[str, str], list[Sides]]:
    """The boxes of each class in each picture."""
    groups = collections.defaultdict(list)
    for box in boxes:
        groups[box.picture, box.category].append(box.sides)
    return dict(groups)


def pair_up(found: list[Sides], expected: list[Sides], key: object) -> float:
    """Takes the nearest box for each expected one; the largest distance of a pair."""
    demand(
        len(found) == len(expected), f"{key}: expected {len(expected)} boxes, found {len(found)}"
    )
    left = list(found)
    largest = 0.0
    for sides in expected:
        nearest = min(left, key=lambda other: distance(other, sides))
        largest = max(largest, distance(nearest, sides))
        left.remove(nearest)
    return largest


def sample(keys: Iterable[object]) -> str:
    """A few of many, in a fixed order."""
    return ", ".join(sorted(map(str, keys))[:3])
