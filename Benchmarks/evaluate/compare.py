"""Says whether arrays are pycocotools' to the last bit: compare.py REFERENCE.npz ARRAYS.npz|FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy

NAMES = ("precision", "recall", "scores")


def difference(found: numpy.ndarray, expected: numpy.ndarray) -> float | None:
    """The largest difference; None where all bits are equal."""
    if found.shape != expected.shape:
        return float("inf")
    found, expected = map(numpy.ascontiguousarray, (found, expected))
    if (found.view("u8") == expected.view("u8")).all():
        return None
    return float(numpy.abs(found - expected).max())


def main() -> None:
    """Prints a word for all arrays, or what differs."""
    reference, path = numpy.load(sys.argv[1]), Path(sys.argv[2])
    arrays = (
        {name: numpy.load(path / f"{name}.npy") for name in NAMES}
        if path.is_dir()
        else numpy.load(path)
    )
    differing = {name: difference(arrays[name], reference[name]) for name in NAMES}
    texts = [f"{name} by {value:.1e}" for name, value in differing.items() if value is not None]
    print("differ: " + ", ".join(texts) if texts else "the same bits")


if __name__ == "__main__":
    main()
