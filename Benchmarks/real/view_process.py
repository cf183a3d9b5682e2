"""Runs copra view for the time of a check."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path


class ViewProcess:
    """A copra-view that serves one set, until the block ends."""

    def __init__(self, program: Path, *arguments: Path | str) -> None:
        start = time.monotonic()
        self.process = subprocess.Popen(
            [program, "view", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.address = self.process.stdout.readline().strip()
        self.started = time.monotonic() - start
        if not self.address:
            raise OSError(f"{program} view {arguments[0]} does not serve")
        self.origin = self.address.split("/?")[0]

    def __enter__(self) -> ViewProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(10)

    def peak_memory(self) -> float:
        """Megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
