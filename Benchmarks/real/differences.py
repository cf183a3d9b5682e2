"""Where two JSON values differ first."""

from __future__ import annotations

from typing import Any


def first(found: Any, expected: Any, place: str = "") -> str | None:
    """The first place at which values differ, with both; numbers are compared by value."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return of_objects(found, expected, place)
    if isinstance(expected, list) and isinstance(found, list):
        if len(found) != len(expected):
            return f"{place}: expected {len(expected)} elements, found {len(found)}"
        pairs = zip(found, expected, strict=True)
        parts = (first(*pair, f"{place}[{index}]") for index, pair in enumerate(pairs))
        return next((part for part in parts if part), None)
    is_same = found == expected and isinstance(found, bool) == isinstance(expected, bool)
    return None if is_same else f"{place}: expected {expected!r}, found {found!r}"


def of_objects(found: dict[str, Any], expected: dict[str, Any], place: str) -> str | None:
    """The first key that one object lacks, or whose values differ."""
    for key in sorted(found.keys() | expected.keys()):
        if key not in found:
            return f"{place}.{key} is missing"
        if key not in expected:
            return f"{place}.{key} was added: {found[key]!r}"
        if difference := first(found[key], expected[key], f"{place}.{key}"):
            return difference
    return None


def by_id(data: dict[str, Any]) -> dict[str, Any]:
    """A COCO file with each list in the order of its ids."""
    return {
        key: sorted(value, key=lambda record: record["id"]) if isinstance(value, list) else value
        for key, value in data.items()
    }
