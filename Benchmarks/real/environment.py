"""The virtual environment of the claims, and the Python that has torchvision."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
SYSTEM_PYTHON = Path("/usr/bin/python3")
"""Debian's Python, for Debian's torchvision: PyPI's wants a CUDA build of torch."""


def prepare(folder: Path) -> Path:
    """Makes the environment and installs the pinned packages, unless that was done; its Python."""
    python = folder / "bin/python"
    stamp = folder / "installed.txt"
    wanted = REQUIREMENTS.read_text()
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
    stamp.write_text(wanted)
    return python


def pin(package: str) -> str:
    """The line of the requirements that names a package."""
    lines = REQUIREMENTS.read_text().splitlines()
    return next(line for line in lines if line.startswith(f"{package}=="))


@functools.cache
def has_torchvision() -> bool:
    """Whether Debian's Python can import torchvision."""
    if not SYSTEM_PYTHON.exists():
        return False
    test = [str(SYSTEM_PYTHON), "-c", "import torchvision"]
    return subprocess.run(test, capture_output=True, check=False).returncode == 0


def torchvision_variables() -> dict[str, str]:
    """The variables with which Debian's Python finds pycocotools too, in a folder of its own.

    torchvision's `CocoDetection` is built on it, and Debian has no package of it.
    """
    folder = Path(sys.prefix) / pin("pycocotools")
    if not folder.is_dir():
        pip = [sys.executable, "-m", "pip", "--python", str(SYSTEM_PYTHON), "install", "--quiet"]
        # Without numpy: Debian's torch needs Debian's.
        target = ["--no-deps", "--root-user-action", "ignore", "--target", str(folder)]
        subprocess.run([*pip, *target, pin("pycocotools")], check=True, capture_output=True)
    return {**os.environ, "PYTHONPATH": str(folder), "PYTHONNOUSERSITE": "1"}
