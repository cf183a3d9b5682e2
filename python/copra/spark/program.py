"""The program `copra` on an executor: where it is, how it is fed, and how it ended."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

MAY_PASS = 75
"""The exit status that says that a retry may help."""


class CopraProgramError(RuntimeError):
    """The program refused what it was given; the message is its own."""


@dataclass(frozen=True)
class Ended:
    """What a run of the program left."""

    status: int
    output: Path
    messages: str
    """What it wrote to standard error."""

    @property
    def refused(self) -> bool:
        """Whether the input or the options are to blame, so that a retry is of no use."""
        return self.status not in (0, 1)

    @property
    def reason(self) -> str:
        """Why it refused."""
        lines = [each for each in self.messages.splitlines() if each.startswith("error: ")]
        return "\n".join(lines or self.messages.splitlines()[-20:]) or f"exit status {self.status}"


def program() -> str:
    """The path of the program on this machine."""
    named = os.environ.get("COPRA_PROGRAM")
    if named:
        return named
    package = importlib.util.find_spec("copra")
    for folder in (package.submodule_search_locations or []) if package else []:
        inside = Path(folder) / "programs" / "copra"
        if inside.exists():
            return str(inside)
    found = shutil.which("copra")
    if found is None:
        raise FileNotFoundError(
            "copra: the program is not on this executor; install copra-vision there, "
            "or set spark.executorEnv.COPRA_PROGRAM"
        )
    return found


def threads() -> int:
    """How many processors the task was given."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return context.cpus() if context else 1


def run(arguments: Sequence[str], folder: str, feed: Iterable[bytes] | None = None) -> Ended:
    """Runs the program in a folder of its own, feeds it, and waits for it.

    Its output goes to a file, so that no pipe can fill while another one is being filled. Raises
    where a retry may help, as Spark does one; a refusal is returned.
    """
    with (
        tempfile.NamedTemporaryFile(dir=folder, delete=False) as output,
        tempfile.TemporaryFile(dir=folder) as messages,
    ):
        command = [program(), *arguments, "--threads", str(threads())]
        source = subprocess.DEVNULL if feed is None else subprocess.PIPE
        process = subprocess.Popen(
            command, stdin=source, stdout=output, stderr=messages, cwd=folder
        )
        try:
            if process.stdin is not None and feed is not None:
                _feed(process, feed)
            status = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        messages.seek(0)
        said = messages.read().decode(errors="replace")
    if status == MAY_PASS or status < 0:
        raise RuntimeError(f"copra {arguments[0]} ended with {status}: {said.strip()}")
    return Ended(status, Path(output.name), said)


def _feed(process: subprocess.Popen[bytes], feed: Iterable[bytes]) -> None:
    """Writes to a process; goes on through the input where it has ended early."""
    assert process.stdin is not None
    reads = True
    for text in feed:
        if reads:
            try:
                process.stdin.write(text)
            except BrokenPipeError:
                reads = False
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
