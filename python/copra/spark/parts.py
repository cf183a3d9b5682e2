"""Partial results on their way from the tasks that make them to the one that joins them.

A part travels in pieces, a row each, so that no row and no batch of rows grows large.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from copra.spark.program import CopraProgramError, Ended, run

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Batches = Iterator[Any]

PIECE = 8 << 20
"""The most bytes of a part in a row."""

SCHEMA = "part long, kind string, piece int, data binary, text string"
"""What the rows hold: pieces of a part, the pictures it is of, or what went wrong."""

# From so many parts on, groups of them are joined first.
_TREE = 64


def row(part: int, kind: str, piece: int = 0, data: bytes = b"", text: str = "") -> Any:
    """A row of parts as a batch."""
    fields = [
        ("part", pa.int64()),
        ("kind", pa.string()),
        ("piece", pa.int32()),
        ("data", pa.binary()),
        ("text", pa.string()),
    ]
    values: list[Any] = [part, kind, piece, data, text]
    return pa.RecordBatch.from_arrays(
        [pa.array([value], type) for value, (_, type) in zip(values, fields)],
        schema=pa.schema(fields),
    )


def part_number() -> int:
    """The number of the running task's partition."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return context.partitionId() if context else 0


def pieces(part: int, ended: Ended) -> Batches:
    """The rows of a run that has ended: its output, or why there is none."""
    if ended.refused:
        yield row(part, "failure", text=ended.reason)
        return
    with ended.output.open("rb") as file:
        number = 0
        while data := file.read(PIECE):
            yield row(part, "part", number, data)
            number += 1


class Collected:
    """The parts of a task, in files of a folder."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        self.files: list[str] = []
        self.failures: list[str] = []
        self.others: list[dict[str, Any]] = []
        """The rows that are neither parts nor failures."""

    def take(self, batches: Batches) -> None:
        """Writes the pieces of parts to files; keeps the other rows."""
        names: set[str] = set()
        for batch in batches:
            for number in range(batch.num_rows):
                found = batch.slice(number, 1).to_pylist()[0]
                if found["kind"] == "failure":
                    self.failures.append(found["text"])
                elif found["kind"] != "part":
                    self.others.append(found)
                else:
                    name = f"{found['part']}.cpart"
                    path = self.folder / name
                    with path.open("r+b" if name in names else "wb") as file:
                        file.seek(found["piece"] * PIECE)
                        file.write(found["data"])
                    names.add(name)
        self.files = sorted(names)


def joined_groups(parts: DataFrame, most: int) -> DataFrame:
    """Joins groups of parts in tasks of their own, where there may be many parts."""
    from pyspark.sql import functions as F

    if most <= _TREE:
        return parts
    groups = round(most**0.5)
    grouped = parts.repartition(F.col("part") % groups)
    return grouped.mapInArrow(_join_group, SCHEMA)


def _join_group(batches: Batches) -> Batches:
    part = part_number()
    with TemporaryDirectory(prefix="copra") as folder:
        collected = Collected(folder)
        collected.take(batches)
        for failure in collected.failures:
            yield row(part, "failure", text=failure)
        for other in collected.others:
            yield row(other["part"], other["kind"], other["piece"], other["data"], other["text"])
        if collected.files:
            yield from pieces(part, run(["join", *collected.files, "--partial", "-"], folder))


def joined(parts: DataFrame, finish: Callable[[Collected], Batches], schema: str) -> DataFrame:
    """Joins all parts in one task, whose rows `finish` makes of them.

    Failures become one row of the kind `failure` where the schema is that of parts, else an error.
    """
    tells = schema == SCHEMA

    def join(batches: Batches) -> Batches:
        with TemporaryDirectory(prefix="copra") as folder:
            collected = Collected(folder)
            collected.take(batches)
            if collected.failures and tells:
                yield row(0, "failure", text=_told(collected.failures))
            elif collected.failures:
                raise CopraProgramError(_told(collected.failures))
            elif collected.files:
                yield from finish(collected)

    return parts.repartition(1).mapInArrow(join, schema)


def _told(failures: list[str]) -> str:
    return "\n".join(dict.fromkeys(failures))


def result(frame: DataFrame) -> dict[str, Any] | None:
    """What the one row of a joined frame says; None where there was nothing to join."""
    for found in frame.collect():
        if found["kind"] == "failure":
            raise CopraProgramError(found["text"])
        told: dict[str, Any] = json.loads(found["text"])
        return told
    return None
