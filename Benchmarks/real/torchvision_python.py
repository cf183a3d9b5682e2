"""Debian's Python, which has torchvision, and pycocotools beside it."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path

SYSTEM_PYTHON = Path("/usr/bin/python3")
"""For Debian's torchvision: PyPI's wants a CUDA build of torch."""
REQUIREMENTS = Path(__file__).with_name("requirements.txt")


@functools.cache
def has_torchvision() -> bool:
    """Whether that Python can import torchvision."""
    if not SYSTEM_PYTHON.exists():
        return False
    test = [str(SYSTEM_PYTHON), "-c", "import torchvision"]
    return subprocess.run(test, capture_output=True, check=False).returncode == 0


def variables(folder: Path) -> dict[str, str]:
    """The variables with which it finds pycocotools too, in a folder of its own in this one.

    torchvision's `CocoDetection` is built on it, and Debian has no package of it.
    """
    lines = REQUIREMENTS.read_text().splitlines()
    package = next(line for line in lines if line.startswith("pycocotools=="))
    target = folder / package
    if not target.is_dir():
        pip = [sys.executable, "-m", "pip", "--python", str(SYSTEM_PYTHON), "install", "--quiet"]
        # Without numpy: Debian's torch needs Debian's.
        place = ["--no-deps", "--root-user-action", "ignore", "--target", str(target)]
        subprocess.run([*pip, *place, package], check=True, capture_output=True)
    return {**os.environ, "PYTHONPATH": str(target), "PYTHONNOUSERSITE": "1"}
