"""Lets a program write its sets: python -m written_by.PROGRAM PICTURES TARGET."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

Writer = Callable[[Path, Path], None]
"""Gets the folder of the pictures and one that is there and empty."""


def write_all(writers: dict[str, Writer]) -> None:
    """Writes each set into a folder of its name, and prints why some could not be."""
    pictures, target = map(Path, sys.argv[1:3])
    failures = {}
    for name, writer in writers.items():
        folder = target / name
        folder.mkdir(parents=True, exist_ok=True)
        try:
            writer(pictures, folder)
        except Exception:  # One layout that a program cannot write must not hide the others.
            failures[name] = traceback.format_exc()
    print()
    print(json.dumps(failures))
