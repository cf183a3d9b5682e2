"""Times whole processes: wall time, processor time and peak memory as the kernel reports them."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Container
from pathlib import Path

LAUNCHER = str(Path(__file__).with_name("launch.py"))
INNER_SECONDS = re.compile(r"^inner seconds: ([0-9.]+)$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Sample:
    """What one run of one process took."""

    seconds: float
    processor_seconds: float
    peak_bytes: int
    failure: str | None
    standard_output: str

    @property
    def inner_seconds(self) -> float | None:
        """The time that the process measured inside itself, where it printed one."""
        found = INNER_SECONDS.search(self.standard_output)
        return float(found.group(1)) if found else None


def last_line(path: Path) -> str:
    """The last line of a log that holds anything; only the log's end is read."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4_096))
        lines = file.read().decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else ""


def head(path: Path) -> str:
    """The first part of a log."""
    with path.open("rb") as file:
        return file.read(65_536).decode(errors="replace")


def why_failed(code: int, logs: list[Path], sound: Container[int]) -> str | None:
    """Nothing for a sound exit status, else the status and the last thing that was said."""
    if code in sound:
        return None
    said = next((line for line in map(last_line, logs) if line), "")
    how = f"exit {code}" if code > 0 else f"signal {-code}"
    return f"{how}: {said}" if said else how


def run(
    command: list[str], environment: dict[str, str], logs: Path, sound: Container[int] = (0,)
) -> Sample:
    """Runs a command to its end. Its output goes to files, so that no pipe slows it down.

    `sound` are the exit statuses that are no failure.
    """
    if not os.access(command[0], os.X_OK):
        return Sample(0, 0, 0, "cannot start: no such program", "")
    output, errors = logs / "output.log", logs / "errors.log"
    launch = [sys.executable, "-I", "-S", LAUNCHER, str(output), str(errors), *command]
    told = subprocess.run(launch, env=environment, check=True, capture_output=True, text=True)
    seconds, processor_seconds, kilobytes, code = told.stdout.split()
    failure = why_failed(int(code), [errors, output], sound)
    peak = int(kilobytes) * 1024
    return Sample(float(seconds), float(processor_seconds), peak, failure, head(output))


def peak_floor(logs: Path) -> int:
    """The least peak that can be seen: the launcher's own, which any small program gets."""
    return run(["/bin/true"], dict(os.environ), logs).peak_bytes
