"""Frames of pictures: what they must hold, and their rows as lines of copra's line format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from copra.spark.texts import REST, braced, is_text, member

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def usable(frame: DataFrame, name: str) -> DataFrame:
    """A frame of pictures without what no record holds; raises where a column is missing."""
    from pyspark.sql import types as T

    need(frame, name, "image_id", whole=True)
    found = {field.name: field.dataType for field in frame.schema.fields}
    objects = found.get("annotations")
    if objects is None:
        raise ValueError(f"{name}: expected a column annotations, found {_names(frame)}")
    if not (isinstance(objects, T.ArrayType) and isinstance(objects.elementType, T.StructType)):
        raise TypeError(
            f"{name}: annotations: expected an array of structs, found {objects.simpleString()}"
        )
    fields = {field.name: field.dataType for field in objects.elementType.fields}
    for field in ("id", "category_id", "iscrowd"):
        if field in fields and not isinstance(fields[field], T.IntegralType):
            raise TypeError(
                f"{name}: annotations.{field}: expected whole numbers, "
                f"found {fields[field].simpleString()}"
            )
    return frame.select(*[each for each, type in found.items() if not _holds_bytes(type)])


def by_picture(frame: DataFrame) -> DataFrame:
    """The usable columns in the order of the pictures' ids, what has one id in one partition."""
    shuffled = usable(frame, "df").repartition("image_id")
    return shuffled.sortWithinPartitions("image_id")


def need(frame: DataFrame, name: str, column: str, *, whole: bool = False) -> None:
    """Raises where a frame has no such column, or one that is not of whole numbers."""
    from pyspark.sql import types as T

    found = {field.name: field.dataType for field in frame.schema.fields}
    if column not in found:
        raise ValueError(f"{name}: expected a column {column}, found {_names(frame)}")
    if whole and not isinstance(found[column], T.IntegralType):
        raise TypeError(
            f"{name}: {column}: expected whole numbers, found {found[column].simpleString()}; "
            "cast the column, or number the pictures"
        )


def _names(frame: DataFrame) -> str:
    return ", ".join(frame.columns) or "none"


def _holds_bytes(type: Any) -> bool:
    from pyspark.sql import types as T

    if isinstance(type, T.StructType):
        return any(_holds_bytes(field.dataType) for field in type.fields)
    return isinstance(type, T.BinaryType)


def lines(batch: Any) -> Any:
    """The line of each picture of a batch."""
    return lines_of(batch.schema.names, batch.columns, batch.num_rows)


def lines_of(names: list[str], columns: list[Any], count: int) -> Any:
    """The line of each picture, of its columns."""
    renamed = {"image_id": "id"}
    members = [member(renamed.get(name, name), each) for name, each in zip(names, columns)]
    text = braced(members, count)
    if REST not in names or not is_text(columns[names.index(REST)].type):
        return text
    # A line that could not be read is passed on as it was.
    rest = columns[names.index(REST)]
    broken = pc.fill_null(pc.invert(pc.starts_with(rest, "{")), False)
    return pc.if_else(broken, rest, text)


def fed(header: str, batches: Iterator[Any]) -> Iterator[bytes]:
    """The set's first lines and the lines of all pictures."""
    yield header.encode() + b"\n"
    for batch in batches:
        yield ("\n".join(lines(batch).to_pylist()) + "\n").encode()


def first(batches: Iterator[Any]) -> Iterator[Any] | None:
    """The same batches; None where they hold no row."""
    for batch in batches:
        if batch.num_rows:
            return _chained(batch, batches)
    return None


def _chained(batch: Any, batches: Iterator[Any]) -> Iterator[Any]:
    yield batch
    yield from batches
