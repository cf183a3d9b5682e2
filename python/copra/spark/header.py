"""What is about the whole set, its categories above all, on its way along with a frame."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Categories: TypeAlias = Sequence[str] | Sequence[Mapping[str, Any]] | Mapping[int, str]

_CARRIER, _KEY = "image_id", "copra"


def attached(frame: DataFrame, header: str) -> DataFrame:
    """The frame with the set's first lines in the metadata of its column `image_id`."""
    return frame.withMetadata(_CARRIER, {_KEY: header})


def header(frame: DataFrame, categories: Categories | None) -> str:
    """The set's first lines: of these categories, or as the frame carries them."""
    if categories is not None:
        return json.dumps({"categories": records(categories)}, ensure_ascii=False)
    for field in frame.schema.fields:
        if field.name == _CARRIER and _KEY in field.metadata:
            return str(field.metadata[_KEY])
    raise ValueError(
        "the frame carries no categories, as those of copra.spark.read do: say categories="
    )


def records(categories: Categories) -> list[dict[str, Any]]:
    """Categories as COCO's records: names are numbered from 1."""
    if isinstance(categories, Mapping):
        return [{"id": int(number), "name": name} for number, name in categories.items()]
    if isinstance(categories, str):
        raise TypeError("categories: expected names or records, found one text")
    made: list[dict[str, Any]] = []
    for place, each in enumerate(categories):
        if isinstance(each, str):
            made.append({"id": place + 1, "name": each})
        elif isinstance(each, Mapping):
            made.append(dict(each))
        else:
            raise TypeError(f"categories: expected names or records, found {each!r}")
    return made
