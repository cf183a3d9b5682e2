"""Findings of a frame of pictures."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from copra.spark.header import Categories
from copra.spark.header import header as header_of
from copra.spark.parts import (
    PIECE,
    SCHEMA,
    Batches,
    Collected,
    joined,
    part_number,
    pieces,
    row,
)
from copra.spark.pictures import by_picture, fed, first
from copra.spark.program import CopraProgramError, run

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

FINDINGS = (
    "rule string, severity string, message string, image_id long, field string, "
    "fix string, fix_is_safe boolean"
)
# An id that says that there is none.
_NONE = -(2**63)


def validate(
    df: DataFrame,
    categories: Categories | None = None,
    *,
    images: str | None = None,
    pictures: bool = True,
    options: Sequence[str] = (),
) -> DataFrame:
    """Judges a frame of pictures by all rules of `copra validate`.

    Gives a frame of a row a finding: `rule`, `severity`, `message`, `image_id` (null where it is
    about the whole set), `field`, `fix` and `fix_is_safe`. It is worked out each time that it is
    used; cache it to use it twice.

    `images` is the folder of the pictures, which the executors see; without `pictures` none is
    decoded. `options` are further options of `copra validate`, as in `["--ignore",
    "missing-area"]`. The frame is shuffled by picture, and every part goes to a process of its own;
    one task joins them and holds the records of the whole set, since names and annotations' ids may
    be there twice anywhere.
    """
    header = header_of(df, categories)
    arguments = ["validate", "--from", "lines", "--partial", "-", *options]
    if images is not None:
        arguments += ["--images", os.path.abspath(images)]
    if not pictures:
        arguments.append("--no-image-checks")
    parts = by_picture(df).mapInArrow(_part_maker(header, arguments), SCHEMA)
    return joined(parts, _findings, FINDINGS)


def _part_maker(header: str, arguments: list[str]) -> Any:
    first_picture = header.count("\n") + 1

    def part(batches: Batches) -> Batches:
        """The partial results of a part of the set, and the pictures that they are of."""
        rows = first(batches)
        if rows is None:
            return
        number = part_number()
        # Findings tell the file and the line, from which the picture follows.
        name = f"{number:08}.jsonl"
        ids: list[Any] = [np.full(first_picture, _NONE)]
        with TemporaryDirectory(prefix="copra") as folder:
            with (Path(folder) / name).open("wb") as file:
                for text in fed(header, _noted(rows, ids)):
                    file.write(text)
            yield from pieces(number, run([*arguments, name], folder))
        listed = np.concatenate(ids)
        most = PIECE // 8
        for piece in range(0, len(listed), most):
            data = listed[piece : piece + most].astype("<i8").tobytes()
            yield row(number, "pictures", piece // most, data)

    return part


def _noted(batches: Iterator[Any], ids: list[Any]) -> Iterator[Any]:
    for batch in batches:
        column = batch.column(batch.schema.get_field_index("image_id"))
        ids.append(pc.fill_null(pc.cast(column, pa.int64()), _NONE).to_numpy(zero_copy_only=False))
        yield batch


def _findings(collected: Collected) -> Batches:
    """The findings of all parts."""
    ended = run(["join", *collected.files, "--format", "jsonl"], str(collected.folder))
    if ended.refused:
        raise CopraProgramError(ended.reason)
    found = sorted(
        (each for each in collected.others if each["kind"] == "pictures"),
        key=lambda each: (each["part"], each["piece"]),
    )
    ids: dict[int, list[Any]] = {}
    for each in found:
        ids.setdefault(each["part"], []).append(np.frombuffer(each["data"], "<i8"))
    pictures = {part: np.concatenate(several) for part, several in ids.items()}
    gathered: list[dict[str, Any]] = []
    with ended.output.open() as lines:
        for line in lines:
            told = json.loads(line)
            if "rule" in told:
                gathered.append(_row(told, pictures))
            if len(gathered) == 1000:
                yield _batch(gathered)
                gathered = []
    if gathered:
        yield _batch(gathered)


def _row(told: dict[str, Any], pictures: dict[int, Any]) -> dict[str, Any]:
    fix = told["fix"] or {}
    image = None
    name, place = told["path"], told["line"]
    if name and place and name.endswith(".jsonl") and name[:-6].isdigit():
        ids = pictures.get(int(name[:-6]))
        if ids is not None and 0 < place <= len(ids) and ids[place - 1] != _NONE:
            image = int(ids[place - 1])
    return {
        "rule": told["rule"],
        "severity": told["severity"],
        "message": told["message"],
        "image_id": image,
        "field": told["field"],
        "fix": fix.get("title"),
        "fix_is_safe": fix.get("safe", False),
    }


def _batch(rows: list[dict[str, Any]]) -> Any:
    names = ("rule", "severity", "message", "image_id", "field", "fix", "fix_is_safe")
    types = {"image_id": pa.int64(), "fix_is_safe": pa.bool_()}
    return pa.RecordBatch.from_pylist(
        rows, pa.schema([(name, types.get(name, pa.string())) for name in names])
    )
