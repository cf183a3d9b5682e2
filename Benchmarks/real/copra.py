"""Runs copra."""

from __future__ import annotations

import dataclasses
import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from claims import Failed

SECONDS = 300
LEDGER_ROW = re.compile(r"^(images|annotations) +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+)$", re.M)


@dataclasses.dataclass(frozen=True)
class Run:
    """One run: its command, how it ended, and what it said on both streams."""

    command: str
    status: int
    output: str
    messages: str

    def ledger(self) -> dict[str, list[int]]:
        """Read, written, changed and rejected, by kind of record."""
        found = LEDGER_ROW.findall(self.output)
        return {kind: [int(count.replace(",", "")) for count in counts] for kind, *counts in found}

    def expecting(self, status: int) -> Run:
        """The run itself if it ended so, else a failure that shows what copra said."""
        if self.status == status:
            return self
        ending = f"signal {-self.status}" if self.status < 0 else f"exit status {self.status}"
        raise Failed(f"{ending}, expected {status}\n$ {self.command}\n{self.messages}")


def run(binary: Path, arguments: Sequence[str | Path]) -> Run:
    """Runs copra with arguments, whatever comes of it."""
    command = [str(binary), *map(str, arguments)]
    shown = shlex.join(["copra", *command[1:]])
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS, stdin=subprocess.DEVNULL, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Failed(f"still running after {SECONDS} s\n$ {shown}") from error
    output, messages = (stream.decode(errors="replace") for stream in (done.stdout, done.stderr))
    return Run(shown, done.returncode, output, messages)
