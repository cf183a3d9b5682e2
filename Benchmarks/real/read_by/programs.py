"""Lets each program read all folders that are for it, once, in an environment of their own."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import environment
from claims import Failed, Skipped

MODULES = Path(__file__).resolve().parents[1]
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
SECONDS = 900


@dataclasses.dataclass
class Programs:
    """What was read so far, below one folder."""

    folder: Path
    python: Path | None = None
    done: set[str] = dataclasses.field(default_factory=set)
    absent: dict[str, str] = dataclasses.field(default_factory=dict)
    """Why a program could not be run."""

    def pictures(self, program: str, layout: str, source: str) -> list[dict[str, Any]]:
        """What a program, which has been run, read of a set in a layout."""
        if program in self.absent:
            raise Skipped(self.absent[program])
        result = json.loads(self.target(program, layout, source).read_bytes())
        if failure := result.get("failure"):
            if is_absence(reason := failure.strip().splitlines()[-1]):
                raise Skipped(f"{program} cannot be had here: {reason}")
            raise Failed(f"{program} cannot read it\n{failure}")
        return result["pictures"]

    def target(self, program: str, layout: str, source: str) -> Path:
        """The file of what was read."""
        return self.folder / program / f"{layout}-{source}.json"

    def run(self, program: str, folders: dict[tuple[str, str], Path]) -> None:
        """Lets a program read folders by layout and source, unless it did."""
        if program in self.done:
            return
        self.done.add(program)
        (self.folder / program).mkdir(parents=True, exist_ok=True)
        jobs = [
            (layout, str(folder), str(self.target(program, layout, source)))
            for (layout, source), folder in folders.items()
        ]
        done = subprocess.run(
            [self.prepared(), "-m", f"read_by.{program}"],
            cwd=MODULES,
            input=json.dumps(jobs),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        if done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
            if not is_absence(reason):
                raise Failed(done.stderr)
            self.absent[program] = f"{program} cannot be had here: {reason}"

    def prepared(self) -> Path:
        """The Python that has the programs; what cannot be installed is missing in it."""
        if self.python is None:
            place = Path(sys.prefix).with_name("venv-consumers")
            self.python = environment.prepare_as_far_as_possible(place, REQUIREMENTS)
        return self.python


def is_absence(reason: str) -> bool:
    """Whether a program stopped because something is not installed."""
    return reason.startswith(("ModuleNotFoundError", "ImportError"))
