"""The virtual environment that holds the peers and what the generator needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def prepare(folder: Path, requirements: Path = REQUIREMENTS) -> None:
    """Makes the environment and installs the pinned packages, unless that was done before."""
    stamp = folder / "installed.txt"
    wanted = requirements.read_text()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    if not (folder / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    install = [folder / "bin/python", "-m", "pip", "install", "--quiet", "-r", requirements]
    subprocess.run(install, check=True)
    stamp.write_text(wanted)
