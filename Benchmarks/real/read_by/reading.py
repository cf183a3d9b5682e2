"""Lets a program read written folders: python -m read_by.PROGRAM, its jobs on standard input."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any


@dataclasses.dataclass(frozen=True)
class Thing:
    """An object as a program gives it: left, top, right and bottom in pixels, and its mask."""

    category: str
    edges: Sequence[float]
    mask: Mapping[str, Any] | None = None
    """COCO's compressed run lengths, as text."""


@dataclasses.dataclass(frozen=True)
class Picture:
    """A picture as a program gives it."""

    split: str
    path: Path
    things: Sequence[Thing]


Reader = Callable[[Path], Iterable[Picture]]
"""Reads a folder with the program."""


def read_all(readers: Mapping[str, Reader]) -> None:
    """Does each job, [layout, folder, file to write], and writes what was read or why not."""
    for layout, folder, target in json.load(sys.stdin):
        try:
            with contextlib.redirect_stdout(sys.stderr):
                pictures = [plain(picture) for picture in readers[layout](Path(folder))]
            result: dict[str, Any] = {"pictures": pictures}
        except Exception:  # One folder that cannot be read must not hide the others.
            result = {"failure": traceback.format_exc()}
        Path(target).write_text(json.dumps(result))


def plain(picture: Picture) -> dict[str, Any]:
    """A picture for JSON, its numbers Python's."""
    things = [
        {"category": t.category, "edges": [float(edge) for edge in t.edges], "mask": t.mask}
        for t in picture.things
    ]
    return {"split": picture.split, "path": str(picture.path), "things": things}


def corners(sides: Sequence[float]) -> list[float]:
    """Left, top, right and bottom of x, y, width and height."""
    x, y, width, height = map(float, sides)
    return [x, y, x + width, y + height]
