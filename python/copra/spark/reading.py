"""Sets of annotations as frames of a row a picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import reduce
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from copra.spark.header import attached
from copra.spark.parts import Batches
from copra.spark.records import Row, is_header, of_document, of_line, schema
from copra.spark.records import batches as row_batches

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

_FORMATS = {
    "coco": (".json",),
    "lines": (".jsonl", ".ndjson", ".jsonl.zst", ".ndjson.zst"),
    "parquet": (".parquet",),
}
# As `copra` reads the columns of Hugging Face's exports.
_BOXES = ("bbox", "bboxes", "boxes")
_CLASSES = ("category", "categories", "label", "labels", "category_id")
# So much of a compressed file is read at a time.
_BLOCK = 1 << 20


def read(spark: SparkSession, path: str, *, format: str | None = None) -> DataFrame:
    """Reads annotations as a frame of a row a picture.

    `path` is a file, a folder or a pattern on any file system that Spark reads. `format` is `coco`
    (COCO's JSON), `lines` (copra's line format, `.jsonl`, `.ndjson`, also with `.zst`) or `parquet`
    (as Hugging Face has it, or such a frame as Spark wrote it); it follows from the names if not
    given.

    The columns are `image_id`, `file_name`, `width`, `height`, `annotations` and `more`. An
    annotation has `id`, `category_id`, `bbox` (x, y, width, height), `area`, `iscrowd`,
    `segmentation` (the JSON of COCO's polygons or run lengths), `keypoints`, `num_keypoints` and
    `more`. `more` holds, as the JSON of an object, all other keys and every value that its column
    cannot hold, such as an id that is text; of a line that is no record it holds the line. A key
    that is absent is null. Parquet has the columns of the file beside these.

    Categories, info and licenses travel in the metadata of `image_id`, which outlives filters,
    joins and Parquet. A file of COCO's JSON is read in one task, which holds it whole;
    lines are read in parallel.
    """
    form = format or _found(spark, path)
    if form not in _FORMATS:
        raise ValueError(f"format: expected one of {', '.join(_FORMATS)}, found {form}")
    if form == "parquet":
        return _parquet(spark, path)
    if form == "coco":
        frame = _files(spark, path, _FORMATS["coco"]).mapInArrow(_read_documents, schema())
        headers = _files(spark, path, _FORMATS["coco"]).mapInArrow(
            _document_headers, "value string"
        )
        return attached(frame, _first_lines(headers))
    lines = _lines(spark, path)
    from pyspark.sql import functions as F

    about = lines.where(
        F.col("value").rlike('"(categories|info|licenses)"')
        & ~F.col("value").contains('"annotations"')
        & ~F.col("value").contains('"file_name"')
    ).mapInArrow(_headers, "value string")
    return attached(lines.mapInArrow(_read_lines, schema()), _first_lines(about))


def _found(spark: SparkSession, path: str) -> str:
    """The format that the names of the files tell."""
    if any(letter in path for letter in "*?[{") or not _format_of(path):
        names = [row["path"] for row in _listed(spark, path).collect()]
    else:
        names = [path]
    found = sorted({form for form in map(_format_of, names) if form})
    if len(found) != 1:
        what = " and ".join(found) or "none of them"
        raise ValueError(f"{path}: expected files of .json, .jsonl or .parquet, found {what}")
    return found[0]


def _format_of(name: str) -> str | None:
    for form, ends in _FORMATS.items():
        if name.lower().endswith(ends):
            return form
    return None


def _listed(spark: SparkSession, path: str) -> DataFrame:
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    return reader.load(path).select("path")


def _files(spark: SparkSession, path: str, ends: tuple[str, ...]) -> DataFrame:
    """The paths of the files, a task each."""
    from pyspark.sql import functions as F

    listed = _listed(spark, path)
    chosen = listed.where(reduce(lambda one, two: one | two, (_ends(F, end) for end in ends)))
    paths = sorted(row["path"] for row in chosen.collect())
    if not paths:
        raise FileNotFoundError(f"{path}: there is no file that ends in {' or '.join(ends)}")
    frames = spark.createDataFrame([(each,) for each in paths], "path string")
    return frames.repartitionByRange(len(paths), "path")


def _ends(functions: Any, end: str) -> Column:
    column: Column = functions.lower(functions.col("path")).endswith(end)
    return column


def _lines(spark: SparkSession, path: str) -> DataFrame:
    """The lines of all files in their order."""
    names = [row["path"] for row in _listed(spark, path).collect()]
    plain = [each for each in names if each.lower().endswith((".jsonl", ".ndjson"))]
    packed = [each for each in names if each.lower().endswith(".zst")]
    if not plain and not packed:
        raise FileNotFoundError(f"{path}: there is no file of lines")
    frames = []
    if plain:
        frames.append(spark.read.option("lineSep", "\n").text(sorted(plain)))
    if packed:
        ends = (".jsonl.zst", ".ndjson.zst")
        frames.append(_files(spark, path, ends).mapInArrow(_unpacked, "value string"))
    return reduce(lambda one, two: one.unionAll(two), frames)


def _first_lines(headers: DataFrame) -> str:
    """The distinct lines that are about the whole set."""
    found = sorted({row["value"] for row in headers.distinct().collect()})
    if not found:
        raise ValueError("the set has no line with its categories")
    return "\n".join(found)


def _located(path: str) -> tuple[Any, str]:
    """The file system of an address, and the path there."""
    from urllib.parse import unquote

    from pyarrow import fs

    address = path if "://" in path else path.replace("file:/", "file:///", 1)
    system, inside = fs.FileSystem.from_uri(address)
    if isinstance(system, fs.LocalFileSystem):
        inside = unquote(address.removeprefix("file://"))
    return system, inside


def _opened(path: str) -> Any:
    """A file of any file system, by its address."""
    system, inside = _located(path)
    return system.open_input_stream(inside, compression=None)


def _paths(batches: Batches) -> Iterator[str]:
    for batch in batches:
        yield from batch.column(0).to_pylist()


def _read_documents(batches: Batches) -> Batches:
    for path in _paths(batches):
        with _opened(path) as file:
            _, rows = of_document(file.read())
        yield from row_batches(rows)


def _document_headers(batches: Batches) -> Batches:
    for path in _paths(batches):
        with _opened(path) as file:
            header, _ = of_document(file.read())
        yield pa.RecordBatch.from_pydict({"value": [header]})


def _unpacked(batches: Batches) -> Batches:
    for path in _paths(batches):
        with _opened(path) as file, pa.CompressedInputStream(file, "zstd") as stream:
            rest = b""
            while block := stream.read(_BLOCK):
                *lines, rest = (rest + block).split(b"\n")
                yield _texts(lines)
            if rest:
                yield _texts([rest])


def _texts(lines: list[bytes]) -> Any:
    return pa.RecordBatch.from_pydict(
        {"value": pa.array([each.decode(errors="replace") for each in lines], pa.string())}
    )


def _read_lines(batches: Batches) -> Batches:
    def rows() -> Iterator[Row]:
        for batch in batches:
            for line in batch.column(0).to_pylist():
                row = of_line(line)
                if row is not None:
                    yield row

    yield from row_batches(rows())


def _headers(batches: Batches) -> Batches:
    for batch in batches:
        found = []
        for line in batch.column(0).to_pylist():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and is_header(record):
                found.append(line)
        yield pa.RecordBatch.from_pydict({"value": pa.array(found, pa.string())})


def _parquet(spark: SparkSession, path: str) -> DataFrame:
    """A frame that was written as such, or Hugging Face's columns as one."""
    from pyspark.sql import functions as F
    from pyspark.sql import types as T

    frame = spark.read.parquet(path)
    types = {field.name: field.dataType for field in frame.schema.fields}
    if "annotations" in types:
        return frame
    objects = types.get("objects")
    if not isinstance(objects, (T.StructType, T.ArrayType)):
        raise ValueError(
            f"{path}: expected a column objects or annotations, found {', '.join(types)}"
        )
    by_row = isinstance(objects, T.ArrayType)
    fields = objects.elementType if isinstance(objects, T.ArrayType) else objects
    assert isinstance(fields, T.StructType)
    names = fields.fieldNames()
    box = next((each for each in _BOXES if each in names), None)
    label = next((each for each in _CLASSES if each in names), None)
    if box is None or label is None:
        raise ValueError(f"{path}: objects: expected bbox and category, found {', '.join(names)}")
    label_type = fields[label].dataType
    if isinstance(label_type, T.ArrayType):
        label_type = label_type.elementType
    listed = (
        F.col("objects") if by_row else F.arrays_zip(*[F.col(f"objects.{each}") for each in names])
    )
    classes, number = _classes(frame, f"objects.{label}", label_type)
    integral = isinstance(types.get("image_id"), T.IntegralType)

    def annotation(each: Column) -> Column:
        columns = [
            number(each[label]).cast("long").alias("category_id"),
            each[box].cast("array<double>").alias("bbox"),
        ]
        for name in names:
            if name == "id":
                columns.append(each[name].cast("long").alias(name))
            elif name == "area":
                columns.append(each[name].cast("double").alias(name))
            elif name == "iscrowd":
                columns.append(each[name].cast("long").alias(name))
            elif name not in (box, label):
                columns.append(each[name].alias(name))
        return F.struct(*columns)

    columns = [
        (F.col("image_id") if integral else F.monotonically_increasing_id() + 1).alias("image_id")
    ]
    image = types.get("image")
    if "file_name" not in types and isinstance(image, T.StructType) and "path" in image.names:
        columns.append(F.col("image.path").alias("file_name"))
    columns += [F.col(name) for name in types if name not in ("image_id", "objects")]
    columns.append(F.transform(listed, annotation).alias("annotations"))
    made = [{"id": number, "name": name, "supercategory": ""} for number, name in classes]
    return attached(frame.select(*columns), json.dumps({"categories": made}, ensure_ascii=False))


def _classes(frame: DataFrame, column: str, type: Any) -> tuple[list[tuple[int, str]], Any]:
    """The categories of a column of classes, and what makes of a class its category's id."""
    from pyspark.sql import functions as F
    from pyspark.sql import types as T

    if isinstance(type, T.IntegralType):
        names = _class_names(frame)
        if names:
            return list(enumerate(names, 1)), lambda each: each + 1
    values = frame.select(F.explode(column).alias("value")).distinct().dropna()
    found = sorted(row["value"] for row in values.collect())
    if isinstance(type, T.IntegralType):
        return [(each, str(each)) for each in found], lambda each: each
    known = F.array(*[F.lit(each) for each in found])
    return list(enumerate(map(str, found), 1)), lambda each: F.array_position(known, each)


def _class_names(frame: DataFrame) -> list[str]:
    """The names of a `ClassLabel` in the objects, which stand in the files' own metadata."""
    paths = sorted(frame.inputFiles())[:1]
    spark = frame.sparkSession
    asked = spark.createDataFrame([(each,) for each in paths], "path string")
    for row in asked.mapInArrow(_features, "value string").collect():
        names = _label_names(json.loads(row["value"]))
        if names:
            return names
    return []


def _features(batches: Batches) -> Batches:
    from pyarrow import parquet

    for path in _paths(batches):
        system, inside = _located(path)
        with system.open_input_file(inside) as file:
            metadata = parquet.read_schema(file).metadata or {}
        told = json.loads(metadata.get(b"huggingface", b"{}"))
        features = told.get("info", {}).get("features", {}).get("objects", {})
        yield pa.RecordBatch.from_pydict({"value": [json.dumps(features)]})


def _label_names(features: Any) -> list[str]:
    """The first names of classes in a description of features."""
    if isinstance(features, dict):
        if features.get("_type") == "ClassLabel":
            return [str(each) for each in features.get("names") or []]
        features = list(features.values())
    if isinstance(features, list):
        return next((names for names in map(_label_names, features) if names), [])
    return []
