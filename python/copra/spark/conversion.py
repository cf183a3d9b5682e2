"""A frame of pictures as a file or folder of any format that copra writes."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from copra.spark.header import Categories
from copra.spark.header import header as header_of
from copra.spark.parts import (
    SCHEMA,
    Batches,
    Collected,
    joined,
    part_number,
    pieces,
    result,
    row,
)
from copra.spark.pictures import by_picture, fed, first
from copra.spark.program import run

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_COUNTS = re.compile(r"^(\w+)\s+([\d,]+)\s+([\d,]+)\s+([\d,]+)\s+([\d,]+)\s*$")
_PLACE = re.compile(r"^(?:-|\d+\.jsonl):\d+:\d+: ")
_MESSAGE = re.compile(r"^(?:\S+:\d+:\d+: )?(?:error|warning|note|lost|wrote)\b")


@dataclass(frozen=True)
class Conversion:
    """What a conversion wrote."""

    path: str
    ledger: dict[str, dict[str, int]]
    """Of `images` and `annotations` how many were `read`, `written`, `changed` and `rejected`."""
    messages: list[str]
    """What was said of records, of what the format cannot hold, and of what was written."""
    clean: bool
    """Whether no record was rejected and no error was found in one."""


def convert(
    df: DataFrame,
    path: str,
    format: str | None = None,
    *,
    categories: Categories | None = None,
    images: str | None = None,
    force: bool = False,
    options: Sequence[str] = (),
) -> Conversion:
    """Writes a frame of pictures as `copra convert` does, and gives the ledger.

    `path` is a file or a folder that the executors see, as one of a shared disk. `format` is one
    that `--to` takes: `coco`, `lines`, `voc`, `yolo`, `csv` or `huggingface`; it follows from the
    path if not given. `options` are further options of `copra convert`, as in `["--layout",
    "ultralytics"]`, and `images` is the folder of the pictures. Pictures stand in the order of
    their ids.

    The frame is shuffled by picture, and every part goes to a process of its own. One task joins
    them and writes, and holds the records of the whole set. What is rejected goes to
    PATH.rejected.jsonl.
    """
    if "://" in path and not path.startswith("file://"):
        raise ValueError(f"path: expected one of a disk that the executors see, found {path}")
    target = os.path.abspath(path.removeprefix("file://"))
    header = header_of(df, categories)
    arguments = ["convert", "-", "--from", "lines", "--partial", "-", "-o", target, *options]
    if format is not None:
        arguments += ["--to", format]
    if images is not None:
        arguments += ["--images", os.path.abspath(images)]
    parts = by_picture(df).mapInArrow(_part_maker(header, arguments), SCHEMA)
    told = result(joined(parts, _writer(target, force), SCHEMA))
    if told is None:
        raise ValueError("df: there are no images to convert")
    return Conversion(target, **told)


def _part_maker(header: str, arguments: list[str]) -> Any:
    def part(batches: Batches) -> Batches:
        """The partial results of a part of the set."""
        rows = first(batches)
        if rows is not None:
            with TemporaryDirectory(prefix="copra") as folder:
                yield from pieces(part_number(), run(arguments, folder, fed(header, rows)))

    return part


def _writer(target: str, force: bool) -> Any:
    def write(collected: Collected) -> Batches:
        """Writes all parts."""
        from pyspark import TaskContext

        context = TaskContext.get()
        # What is there after a first attempt is that attempt's.
        replaces = force or (context is not None and context.attemptNumber() > 0)
        arguments = ["join", *collected.files, "-o", target, *(["--force"] if replaces else [])]
        ended = run(arguments, str(collected.folder))
        if ended.refused:
            yield row(0, "failure", text=ended.reason)
            return
        text = ended.output.read_text()
        told = {
            "ledger": ledger(text),
            "messages": [
                _PLACE.sub("", line) for line in ended.messages.splitlines() if _MESSAGE.match(line)
            ],
            "clean": ended.status == 0,
        }
        yield row(0, "report", text=json.dumps(told))

    return write


def ledger(text: str) -> dict[str, dict[str, int]]:
    """The counts in the table that `copra convert` prints."""
    columns = ("read", "written", "changed", "rejected")
    counts = {}
    for line in text.splitlines():
        found = _COUNTS.match(line)
        if found:
            numbers = [int(each.replace(",", "")) for each in found.groups()[1:]]
            counts[found.group(1)] = dict(zip(columns, numbers))
    return counts
