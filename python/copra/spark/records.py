"""Records of JSON as rows, with nothing lost: what tasks make of the files that are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from copra.spark.texts import REST

Row = dict[str, Any]

# What of a record has a column of its own; all else, and what the column cannot hold, goes to
# `more`.
_WHOLE, _NUMBER, _TEXT, _NUMBERS, _JSON = range(5)
PICTURE = {"image_id": _WHOLE, "file_name": _TEXT, "width": _WHOLE, "height": _WHOLE}
OBJECT = {
    "id": _WHOLE,
    "category_id": _WHOLE,
    "bbox": _NUMBERS,
    "area": _NUMBER,
    "iscrowd": _WHOLE,
    "segmentation": _JSON,
    "keypoints": _NUMBERS,
    "num_keypoints": _WHOLE,
}
_SPARK = ("long", "double", "string", "array<double>", "string")
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
# So many rows of Python's make a batch.
_BATCH = 1000


def schema() -> str:
    """The columns of a frame of pictures, as Spark writes a schema."""
    inner = ",".join(f"{name}:{_SPARK[kind]}" for name, kind in OBJECT.items())
    columns = ", ".join(f"{name} {_SPARK[kind]}" for name, kind in PICTURE.items())
    return f"{columns}, annotations array<struct<{inner},{REST}:string>>, {REST} string"


def _arrow() -> Any:
    types = (pa.int64(), pa.float64(), pa.string(), pa.list_(pa.float64()), pa.string())
    inner = [(name, types[kind]) for name, kind in OBJECT.items()] + [(REST, pa.string())]
    outer = [(name, types[kind]) for name, kind in PICTURE.items()]
    outer += [("annotations", pa.list_(pa.struct(inner))), (REST, pa.string())]
    return pa.schema(outer)


def batches(rows: Iterable[Row]) -> Iterator[Any]:
    """Rows as Arrow's batches."""
    arrow = _arrow()
    gathered: list[Row] = []
    for each in rows:
        gathered.append(each)
        if len(gathered) == _BATCH:
            yield pa.RecordBatch.from_pylist(gathered, arrow)
            gathered = []
    if gathered:
        yield pa.RecordBatch.from_pylist(gathered, arrow)


def of_line(line: str) -> Row | None:
    """The row of a line; None where the line is empty or about the whole set."""
    if not line or line.isspace():
        return None
    try:
        record = json.loads(line)
    except ValueError:
        return {REST: line}
    if not isinstance(record, dict):
        return {REST: line}
    return None if is_header(record) else of_picture(record)


def is_header(record: Row) -> bool:
    """Whether a line's record is about the whole set."""
    if "annotations" in record or "file_name" in record:
        return False
    return any(key in record for key in ("categories", "info", "licenses"))


def of_picture(record: Row) -> Row:
    """The row of a picture that stands with its annotations."""
    record = dict(record)
    row: Row = {}
    if "id" in record and _fits(record["id"], _WHOLE):
        row["image_id"] = record.pop("id")
    for name, kind in PICTURE.items():
        if name != "image_id" and name in record and _fits(record[name], kind):
            row[name] = _value(record.pop(name), kind)
    objects = record.get("annotations")
    if isinstance(objects, list) and all(isinstance(each, dict) for each in objects):
        row["annotations"] = [_of_object(each, row.get("image_id")) for each in objects]
        del record["annotations"]
    if record:
        row[REST] = _dumped(record)
    return row


def _of_object(record: Row, image: int | None) -> Row:
    record = dict(record)
    if image is not None and record.get("image_id") == image and _fits(record["image_id"], _WHOLE):
        del record["image_id"]
    row: Row = {}
    for name, kind in OBJECT.items():
        if name in record and _fits(record[name], kind):
            row[name] = _value(record.pop(name), kind)
    if record:
        row[REST] = _dumped(record)
    return row


def of_document(text: bytes) -> tuple[str, Iterator[Row]]:
    """The header and the rows of a file of COCO's JSON.

    Annotations of no picture stand with the last one under their own `image_id`, where copra finds
    them.
    """
    document = json.loads(text)
    if not isinstance(document, dict) or not isinstance(document.get("images"), list):
        raise ValueError("expected COCO's JSON, an object with images, found something else")
    pictures = document.pop("images")
    objects = document.pop("annotations", None) or []
    document.setdefault("categories", [])
    by_picture: dict[Any, list[Row]] = {
        each["id"]: []
        for each in pictures
        if isinstance(each, dict) and isinstance(each.get("id"), (int, str))
    }
    strays: list[Any] = []
    for each in objects:
        image = each.get("image_id") if isinstance(each, dict) else None
        own = by_picture.get(image) if isinstance(image, (int, str)) else None
        (strays if own is None else own).append(each)

    def rows() -> Iterator[Row]:
        for number, picture in enumerate(pictures):
            if not isinstance(picture, dict):
                yield {REST: _dumped(picture)}
                continue
            image = picture.get("id")
            own = by_picture.pop(image, []) if isinstance(image, (int, str)) else []
            if number == len(pictures) - 1:
                own = own + strays
            yield of_picture({**picture, "annotations": own})

    return _dumped(document), rows()


def _fits(value: Any, kind: int) -> bool:
    """Whether a column of this kind holds a value and gives it back."""
    if kind == _WHOLE:
        return type(value) is int and _SMALLEST <= value <= _LARGEST
    if kind == _NUMBER:
        return type(value) is float or (type(value) is int and abs(value) <= 2**53)
    if kind == _TEXT:
        return isinstance(value, str)
    if kind == _NUMBERS:
        return isinstance(value, list) and all(_fits(each, _NUMBER) for each in value)
    return value is not None


def _value(value: Any, kind: int) -> Any:
    return _dumped(value) if kind == _JSON else value


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
