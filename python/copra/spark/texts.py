"""Columns as JSON text, column by column: what tasks feed the program with."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

RAW = ("segmentation", "keypoints")
"""Fields whose text is JSON already, where they are text."""
REST = "more"
"""The field that holds all other keys of a record, as the JSON of an object."""
_NAMED = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def is_text(type: Any) -> bool:
    """Whether a type is one of text."""
    return bool(pa.types.is_string(type) or pa.types.is_large_string(type))


def is_list(type: Any) -> bool:
    """Whether a type is one of lists."""
    return bool(pa.types.is_list(type) or pa.types.is_large_list(type))


def values(column: Any, name: str = "") -> Any:
    """The JSON of each value of a column; null where there is none."""
    type = column.type
    if pa.types.is_integer(type):
        return pc.cast(column, pa.string())
    if pa.types.is_floating(type) or pa.types.is_decimal(type):
        return _numbers(column)
    if pa.types.is_boolean(type):
        return pc.if_else(column, "true", "false")
    if is_text(type) and name in RAW:
        return pc.cast(column, pa.string())
    if is_list(type) and (is_list(type.value_type) or _is_number(type.value_type)):
        return _lists(column)
    if is_list(type) and pa.types.is_struct(type.value_type):
        return _lists(column)
    if pa.types.is_struct(type):
        return objects(column)
    return pa.array(
        [None if each is None else _dumped(each) for each in column.to_pylist()], pa.string()
    )


def objects(column: Any, left_out: Sequence[str] = ()) -> Any:
    """The JSON object of each struct; a field that is null is left out."""
    names = [field.name for field in column.type]
    members = [
        member(name, field) for name, field in zip(names, column.flatten()) if name not in left_out
    ]
    text = braced(members, len(column))
    return pc.if_else(column.is_valid(), text, pa.scalar(None, pa.string()))


def member(name: str, column: Any) -> Any:
    """`,"name":value` of each value; null where there is none."""
    if name == REST and is_text(column.type):
        return _inner(column)
    key = f",{json.dumps(name, ensure_ascii=False)}:"
    return pc.binary_join_element_wise(key, values(column, name), "")


def braced(members: Sequence[Any], count: int) -> Any:
    """Objects of these members, which may be null."""
    if not members:
        return pa.array(["{}"] * count, pa.string())
    inner = pc.binary_join_element_wise(*members, "", null_handling="replace", null_replacement="")
    # In the place of the first comma.
    begun = pc.utf8_replace_slice(inner, 0, 1, "{")
    return pc.binary_join_element_wise(begun, "}", "")


def _inner(column: Any) -> Any:
    """The members in the JSON of objects, each after a comma; null where there are none."""
    text = pc.utf8_trim_whitespace(pc.cast(column, pa.string()))
    inner = pc.utf8_trim_whitespace(pc.utf8_slice_codeunits(text, 1, -1))
    members = pc.binary_join_element_wise(",", inner, "")
    return pc.if_else(pc.equal(inner, ""), pa.scalar(None, pa.string()), members)


def _is_number(type: Any) -> bool:
    return bool(
        pa.types.is_integer(type) or pa.types.is_floating(type) or pa.types.is_decimal(type)
    )


def _numbers(column: Any) -> Any:
    """Numbers as the shortest text that reads as them."""
    numbers = pc.cast(column, pa.float64())
    text = pc.cast(numbers, pa.string())
    if pc.all(pc.is_finite(numbers), min_count=0).as_py():
        return text
    return pa.array([_NAMED.get(each, each) for each in text.to_pylist()], pa.string())


def _lists(column: Any) -> Any:
    """Lists in brackets; a null in one is `null`."""
    if column.offset:
        # What follows takes the offsets and the values as they lie.
        column = pa.concat_arrays([column])
        if column.offset:
            column = pa.array(column.to_pylist(), column.type)
    inner = pc.fill_null(values(column.values), "null")
    made = type(column).from_arrays(column.offsets, inner)
    text = pc.binary_join_element_wise("[", pc.binary_join(made, ","), "]", "")
    return pc.if_else(column.is_valid(), text, pa.scalar(None, pa.string()))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_other)


def _other(value: Any) -> Any:
    """What JSON has no word for: bytes are text, as compressed run lengths are."""
    if isinstance(value, bytes):
        try:
            return value.decode("ascii")
        except UnicodeDecodeError:
            return base64.b64encode(value).decode()
    return str(value)
