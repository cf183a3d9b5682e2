"""The virtual environments of the claims."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def prepare(folder: Path) -> Path:
    """Makes the environment and installs the pinned packages, unless that was done; its Python."""
    if not is_installed(folder, REQUIREMENTS):
        install(create(folder), "-r", REQUIREMENTS)
        stamp(folder).write_text(REQUIREMENTS.read_text())
    return interpreter(folder)


def prepare_as_far_as_possible(folder: Path, requirements: Path) -> Path:
    """The same where some packages may be missing, from a list that names all that is needed."""
    if is_installed(folder, requirements):
        return interpreter(folder)
    python = create(folder)
    try:
        install(python, "--no-deps", "-r", requirements)
        stamp(folder).write_text(requirements.read_text())
    except subprocess.CalledProcessError:
        done = subprocess.run(
            [python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True
        )
        for package in set(requirements.read_text().split()).difference(done.stdout.split()):
            subprocess.run(
                [python, "-m", "pip", "install", "--quiet", "--no-deps", package],
                capture_output=True,
                check=False,
            )
    return python


def is_installed(folder: Path, requirements: Path) -> bool:
    """Whether all that a list names was installed."""
    return stamp(folder).is_file() and stamp(folder).read_text() == requirements.read_text()


def stamp(folder: Path) -> Path:
    """The file that holds the list that was installed."""
    return folder / "installed.txt"


def interpreter(folder: Path) -> Path:
    """An environment's Python."""
    return folder / "bin/python"


def create(folder: Path) -> Path:
    """Makes an environment without packages, unless there is one; its Python."""
    if not interpreter(folder).exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return interpreter(folder)


def install(python: Path, *arguments: str | Path) -> None:
    """Installs packages with pip."""
    subprocess.run([python, "-m", "pip", "install", "--quiet", *arguments], check=True)
