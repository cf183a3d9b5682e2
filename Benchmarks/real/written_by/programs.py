"""Lets each program write its sets once, in an environment of their own."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import environment
from claims import Failed, Skipped
from written_by import sources

MODULES = Path(__file__).resolve().parents[1]
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
SECONDS = 120


@dataclasses.dataclass
class Programs:
    """The sets that were written so far, below one folder."""

    folder: Path
    python: Path | None = None
    written: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    """Why sets of a program failed, by their names."""
    absent: dict[str, str] = dataclasses.field(default_factory=dict)
    """Why a program could not be run."""

    def set_folder(self, program: str, name: str) -> Path:
        """The folder of a set, which its program has written."""
        if program not in self.written and program not in self.absent:
            self.run(program)
        if program in self.absent:
            raise Skipped(self.absent[program])
        if reason := self.written[program].get(name):
            raise Failed(f"{program} could not write it\n{reason}")
        return self.folder / program / name

    def run(self, program: str) -> None:
        """Lets a program write all its sets."""
        pictures = self.folder / "pictures"
        if not pictures.exists():
            sources.draw(pictures)
        away = self.folder / "away" / program
        command = [self.prepared(), "-m", f"written_by.{program}", pictures, away]
        done = subprocess.run(
            command, cwd=MODULES, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        if done.returncode == 0:
            self.written[program] = json.loads(done.stdout.splitlines()[-1])
            # A set is read elsewhere than where it was written: whole paths in it lead nowhere.
            away.rename(self.folder / program)
            return
        reason = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        if "ModuleNotFoundError" not in reason and "ImportError" not in reason:
            raise Failed(done.stderr)
        self.absent[program] = f"{program} cannot be had here: {reason}"

    def prepared(self) -> Path:
        """The Python that has the programs; what cannot be installed is missing in it."""
        if self.python is None:
            place = Path(sys.prefix).with_name("venv-written")
            self.python = environment.prepare_as_far_as_possible(place, REQUIREMENTS)
        return self.python
