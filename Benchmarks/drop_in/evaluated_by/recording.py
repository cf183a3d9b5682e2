"""Keeps what a trainer's evaluation comes to, for a comparison bit by bit.

A module of this folder is run twice, with pycocotools and with copra in its place, and does not
know which: `python -m evaluated_by.NAME DATA CHECKOUTS OUT`. All that pycocotools' class has
summarized is kept, whoever calls it, and the figures that the trainer makes of it.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import numpy
import pycocotools.coco
import pycocotools.cocoeval

SKIPPED = 3
FIGURES = 100
"""More are an array."""
ARRAYS = ("precision", "recall", "scores")


class Recorder:
    """The numbers, by a name for each."""

    def __init__(self) -> None:
        self.numbers: dict[str, numpy.ndarray] = {}
        self.evaluations = 0
        self.texts: list[str] = []

    def figures(self, name: str, values: Any) -> None:
        """Keeps what a trainer says: numbers, also in dictionaries and lists."""
        if isinstance(values, dict):
            for key, value in values.items():
                self.figures(f"{name} {key}", value)
        elif isinstance(values, (list, tuple)):
            for place, value in enumerate(values):
                self.figures(f"{name} {place}", value)
        elif values is not None and not isinstance(values, str):
            array = numpy.asarray(values.detach() if hasattr(values, "detach") else values)
            kind = "figures" if array.size <= FIGURES else "array"
            self.numbers[f"{kind} {name}"] = array.astype(numpy.float64)

    def text(self, text: str) -> None:
        """Keeps a text that must be the same."""
        self.texts.append(text)

    def summarized(self, judge: Any) -> None:
        """Keeps an evaluation."""
        name = f"evaluation {self.evaluations}"
        self.evaluations += 1
        self.numbers[f"figures {name}"] = numpy.array(judge.stats, dtype=numpy.float64)
        for array in ARRAYS:
            self.numbers[f"array {name} {array}"] = numpy.array(judge.eval[array])

    def write(self, path: Path, version: str) -> None:
        """Writes all with the version of the trainer, and whose classes it has met."""
        numpy.savez_compressed(
            path,
            **self.numbers,
            version=version,
            texts="\n".join(self.texts),
            module=pycocotools.coco.COCO.__module__,
            original="pycocotools._mask" in sys.modules
            and hasattr(sys.modules["pycocotools._mask"], "__file__"),
        )


def skip(reason: str) -> NoReturn:
    """Ends with a word on what is missing."""
    print(reason, file=sys.stderr)
    sys.exit(SKIPPED)


def checkout(checkouts: Path, name: str, owner: str) -> Path:
    """A project's folder, without which there is nothing to do."""
    folder = checkouts / name
    if not folder.is_dir():
        skip(f"no checkout of {owner}/{name} in {checkouts}")
    return folder


def record(work: Callable[[Recorder, Path, Path], str]) -> None:
    """Does a trainer's work, which returns the trainer's name and version."""
    data, checkouts, out = map(Path, sys.argv[1:4])
    recorder = Recorder()
    original = pycocotools.cocoeval.COCOeval.summarize

    def summarize(judge: Any) -> None:
        original(judge)
        recorder.summarized(judge)

    pycocotools.cocoeval.COCOeval.summarize = summarize
    with contextlib.redirect_stdout(io.StringIO()):
        version = work(recorder, data, checkouts)
    recorder.write(out, version)
