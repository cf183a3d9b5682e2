"""Compares what two evaluations came to, bit by bit: comparison.py PYCOCOTOOLS.npz COPRA.npz"""

from __future__ import annotations

import sys
from itertools import zip_longest

import numpy

NOTES = {"version", "texts", "module", "original"}


def differences(theirs: dict, ours: dict) -> list[str]:
    """The names of what is not the same."""
    found = [f"{name} is in one only" for name in sorted(theirs.keys() ^ ours.keys())]
    for name in sorted((theirs.keys() & ours.keys()) - NOTES):
        one, other = theirs[name], ours[name]
        if one.shape != other.shape or one.dtype != other.dtype or one.tobytes() != other.tobytes():
            found.append(name)
    lines = [str(each["texts"]).splitlines() for each in (theirs, ours)]
    for one, other in zip_longest(*lines):
        if one != other:
            found.append(f"text: {one!r:.100} and {other!r:.100}")
    return found


def main() -> None:
    """Prints the verdict."""
    theirs, ours = (dict(numpy.load(path)) for path in sys.argv[1:])
    if not str(theirs["module"]).startswith("pycocotools") or not theirs["original"]:
        sys.exit("pycocotools was not there to compare with")
    if not str(ours["module"]).startswith("copra") or ours["original"]:
        sys.exit("copra was not in the place of pycocotools")
    if different := differences(theirs, ours):
        listed = ", ".join(different[:5])
        sys.exit(f"{len(different)} differ, as {listed}")
    sizes = {"figures": 0, "array": 0}
    for name in ours.keys() - NOTES:
        sizes[name.split()[0]] += ours[name].size
    numbers = f"{sizes['figures']:,} figures and {sizes['array']:,} numbers of arrays"
    print(f"equal, {numbers}, {theirs['version']}")


if __name__ == "__main__":
    main()
