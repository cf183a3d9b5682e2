"""One command run by two programs, and what differs between the two."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import compared_findings
from compared_findings import Changes, Findings
from copra import LEDGER_ROW

SECONDS = 300
REJECTED = ".rejected.jsonl"


@dataclasses.dataclass(frozen=True)
class Command:
    """Arguments of copra, whose outputs are relative paths.

    `reports_json` says that the findings are on standard output as JSON.
    """

    name: str
    arguments: tuple[str | Path, ...]
    reports_json: bool = False

    @property
    def verb(self) -> str:
        """The first argument."""
        return str(self.arguments[0])


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How a run ended, what it said, and the files it left, by their paths."""

    status: int | str
    output: str
    messages: str
    files: dict[str, bytes]


@dataclasses.dataclass(frozen=True)
class Difference:
    """An aspect of a command in which two programs differ."""

    command: str
    aspect: str
    detail: str


@dataclasses.dataclass
class Comparison:
    """How many aspects of a command were compared, which differ, and how the wording does."""

    compared: int = 0
    differences: list[Difference] = dataclasses.field(default_factory=list)
    wording: str | None = None


def run(binary: Path, command: Command, folder: Path) -> Outcome:
    """Runs a command in a new folder, which is removed afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    words = [str(binary), *map(str, command.arguments)]
    try:
        done = subprocess.run(
            words,
            cwd=folder,
            capture_output=True,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(f"still running after {SECONDS} s", "", "", {})
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = {str(path.relative_to(folder)): path.read_bytes() for path in paths}
    shutil.rmtree(folder)
    output, messages = (stream.decode(errors="replace") for stream in (done.stdout, done.stderr))
    return Outcome(done.returncode, output, messages, files)


def compare(command: Command, old: Outcome, new: Outcome, changes: Changes) -> Comparison:
    """Compares every aspect of a command."""
    result = Comparison()
    for aspect, detail in aspects(command, old, new, changes):
        result.compared += 1
        if detail:
            result.differences.append(Difference(command.name, aspect, detail))
    result.wording = first_difference(wording(command, old), wording(command, new))
    return result


def aspects(
    command: Command, old: Outcome, new: Outcome, changes: Changes
) -> Iterator[tuple[str, str | None]]:
    """The aspects that a command has, each with how the programs differ in it."""
    expected = findings(command, old).changed(changes)
    status = expected_status(old, expected, is_touched=changes.severities != {})
    yield "exit status", unequal(status, new.status)
    yield "findings", expected.difference(findings(command, new))
    if command.verb in ("stats", "evaluate"):
        yield "output", first_difference(old.output.splitlines(), new.output.splitlines())
    if command.verb == "convert":
        yield "ledger", unequal(LEDGER_ROW.findall(old.output), LEDGER_ROW.findall(new.output))
        yield "rejected records", rejected_difference(old, new, changes)
    if command.verb == "convert" or "-o" in command.arguments:
        yield "files", files_difference(old, new)


def findings(command: Command, outcome: Outcome) -> Findings:
    """The findings of a run, from both streams where they are on both."""
    text = outcome.messages
    if command.verb == "validate" and not command.reports_json:
        text += outcome.output
    found = compared_findings.of_messages(text)
    if command.reports_json and outcome.output:
        try:
            listed = compared_findings.of_json(outcome.output)
        except (ValueError, KeyError) as error:
            found.unshown[f"standard output cannot be read: {error!r}"] += 1
            return found
        found.located += listed.located
        found.wording += listed.wording
    return found


def expected_status(old: Outcome, expected: Findings, is_touched: bool) -> int | str:
    """The old status; where severities may change, what follows from the new ones."""
    if old.status not in (0, 1) or not is_touched:
        return old.status
    has_rejected = any(name.endswith(REJECTED) for name in old.files)
    return 1 if expected.has_severity("error") or has_rejected else 0


def rejected_difference(old: Outcome, new: Outcome, changes: Changes) -> str | None:
    """How the lists of rejected records differ, messages aside."""
    lines = [
        [json.dumps(record, ensure_ascii=False) for record in rejected(outcome, renames)[0]]
        for outcome, renames in ((old, changes), (new, Changes()))
    ]
    return first_difference(*lines)


def rejected(outcome: Outcome, changes: Changes) -> tuple[list[dict], list[str]]:
    """The rejected records of a run and their messages."""
    texts = [data.decode() for name, data in outcome.files.items() if name.endswith(REJECTED)]
    lines = [line for text in texts for line in text.splitlines()]
    return compared_findings.rejected(lines, changes)


def files_difference(old: Outcome, new: Outcome) -> str | None:
    """The first file that only one run left, or whose bytes differ."""
    names = sorted(old.files.keys() | new.files.keys())
    different = [
        name
        for name in names
        if name not in old.files
        or name not in new.files
        or (not name.endswith(REJECTED) and old.files[name] != new.files[name])
    ]
    if not different:
        return None
    name = different[0]
    count = f"{len(different)} of {len(names)} files, first {name}: "
    if name not in old.files or name not in new.files:
        return count + ("only old" if name in old.files else "only new")
    lines = [side.files[name].decode(errors="backslashreplace").splitlines() for side in (old, new)]
    return count + (first_difference(*lines) or "other line ends")


def wording(command: Command, outcome: Outcome) -> list[str]:
    """All that is said and not compared otherwise."""
    lines = findings(command, outcome).wording + rejected(outcome, Changes())[1]
    if command.verb == "convert":
        lines += [line for line in outcome.output.splitlines() if not LEDGER_ROW.match(line)]
    return sorted(lines)


def unequal(old: object, new: object) -> str | None:
    """Both values where they are not equal."""
    return None if old == new else f"old {old}, new {new}"


def first_difference(old: Sequence[str], new: Sequence[str]) -> str | None:
    """The first line that is not equal, with its number."""
    for index in range(max(len(old), len(new))):
        sides = [excerpt(lines, index, old, new) for lines in (old, new)]
        if old[index : index + 1] != new[index : index + 1]:
            return f"line {index + 1}: old {sides[0]}, new {sides[1]}"
    return None


def excerpt(lines: Sequence[str], index: int, old: Sequence[str], new: Sequence[str]) -> str:
    """A line from a little before the first character that differs."""
    if index >= len(lines):
        return "ends"
    pair = [side[index] if index < len(side) else "" for side in (old, new)]
    same = next((at for at, (a, b) in enumerate(zip(*pair)) if a != b), min(map(len, pair)))
    start = max(0, same - 20)
    return repr(lines[index][start : start + 60])
