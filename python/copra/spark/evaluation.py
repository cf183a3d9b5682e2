"""COCO's metrics of a frame of pictures and one of detections."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from copra.spark.header import Categories
from copra.spark.header import header as header_of
from copra.spark.parts import (
    SCHEMA,
    Batches,
    Collected,
    joined,
    joined_groups,
    part_number,
    pieces,
    result,
    row,
)
from copra.spark.pictures import first, lines_of, need, usable
from copra.spark.program import run
from copra.spark.texts import objects

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

_IOU_TYPES = {"bbox": "bbox", "segm": "segmentation", "keypoints": "keypoints"}
_DETECTION = ("category_id", "bbox", "score", "segmentation", "keypoints", "more")
_PICTURE, _RESULT = 0, 1
# So many ids of unknown pictures are told.
_TOLD = 20
_PLACE = re.compile(r"^\S+:\d+:\d+: ")
_FINDING = re.compile(r"^(?:\S+:\d+:\d+: )?(?:error|warning): ")


@dataclass(frozen=True)
class Evaluation:
    """The report of an evaluation."""

    text: str
    """The JSON that `copra evaluate --format json` writes of the same set, to the last byte."""
    findings: list[str]
    """What is wrong with records, as in `error: score: expected a finite number, found NaN
    [malformed-value]`; of each rule the first that were found."""

    @property
    def report(self) -> dict[str, Any]:
        """The figures: `stats`, their `names`, `per_category`, `counts` and what was asked for."""
        told: dict[str, Any] = json.loads(self.text)
        return told

    @property
    def stats(self) -> dict[str, float]:
        """The figures of the summary by their names, such as `AP`; -1 where there is none."""
        report = self.report
        return dict(zip(report["names"], report["stats"]))


def evaluate(
    truth_df: DataFrame,
    detections_df: DataFrame | None = None,
    categories: Categories | None = None,
    iou_type: str = "bbox",
    *,
    iou_thresholds: Sequence[float] | None = None,
    areas: Mapping[str, tuple[float, float]] | None = None,
    max_detections: Sequence[int] | None = None,
    keypoint_sigmas: Sequence[float] | None = None,
    lvis: bool = False,
    errors: bool = False,
    confusion: bool = False,
    confusion_score: float | None = None,
    calibration: bool = False,
    partitions: int | None = None,
) -> Evaluation:
    """Judges detections by the ground truth, with COCO's metrics.

    `truth_df` is a frame of pictures, as `read` gives it: `image_id`, `annotations`, and for masks
    `width` and `height`. `detections_df` has a row a detection: `image_id`, `category_id`, `score`
    and, as the IoU type needs it, `bbox`, `segmentation` (JSON, or lists as COCO has them) or
    `keypoints`. Without it the detections are those that stand with the pictures, as lines may hold
    them.

    `categories` are names, which are numbered from 1, a dictionary of ids and names, or COCO's
    records; a frame of `read` carries its own. The other settings are those of `copra evaluate`.

    Detections of a picture with one score keep the order of the rows in the frame. Both frames are
    shuffled by picture into `partitions` parts, as many as Spark thinks right if not given. Each
    part is evaluated by a process of its own and held in its memory; the driver gets the report
    only.
    """
    if iou_type not in _IOU_TYPES:
        raise ValueError(f"iou_type: expected bbox, segm or keypoints, found {iou_type}")
    header = header_of(truth_df, categories)
    arguments = ["evaluate", "-", "--partial", "-", "--iou-type", iou_type]
    if iou_thresholds is not None:
        arguments += ["--iou-thresholds", _listed(iou_thresholds)]
    if areas is not None:
        ranges = [f"{name}={low!r}:{high!r}" for name, (low, high) in areas.items()]
        arguments += ["--areas", ",".join(ranges)]
    if max_detections is not None:
        arguments += ["--max-detections", _listed(max_detections)]
    if keypoint_sigmas is not None:
        arguments += ["--keypoint-sigmas", _listed(keypoint_sigmas)]
    if confusion_score is not None:
        arguments += ["--confusion-score", repr(confusion_score)]
    flags = {"--lvis": lvis, "--errors": errors, "--confusion": confusion}
    arguments += [flag for flag, is_set in flags.items() if is_set]

    frame = _by_picture(truth_df, detections_df, iou_type, partitions)
    parts = frame.mapInArrow(_part_maker(header, arguments, detections_df is not None), SCHEMA)
    most = partitions or int(truth_df.sparkSession.conf.get("spark.sql.shuffle.partitions") or 1)
    told = result(joined(joined_groups(parts, most), _report_maker(calibration), SCHEMA))
    if told is None:
        raise ValueError("truth_df: there are no images to evaluate")
    return Evaluation(**told)


def _listed(numbers: Sequence[float]) -> str:
    return ",".join(repr(each.item() if isinstance(each, np.generic) else each) for each in numbers)


def _by_picture(
    truth: DataFrame, detections: DataFrame | None, iou_type: str, partitions: int | None
) -> DataFrame:
    """Pictures, each followed by its detections, whole in a partition."""
    from pyspark.sql import functions as F
    from pyspark.sql import types as T

    pictures = usable(truth, "truth_df")
    rest = [each for each in pictures.columns if each != "image_id"]

    def rows(frame: DataFrame, kind: int, picture: Column, detection: Column) -> DataFrame:
        return frame.select(
            F.col("image_id").cast("long").alias("image_id"),
            F.lit(kind).alias("kind"),
            F.monotonically_increasing_id().alias("place"),
            picture.alias("picture"),
            detection.alias("detection"),
        )

    picture = F.struct(*rest)
    if detections is None:
        frame = rows(pictures, _PICTURE, picture, F.lit(None))
    else:
        need(detections, "detections_df", "image_id", whole=True)
        need(detections, "detections_df", "category_id", whole=True)
        need(detections, "detections_df", "score")
        score = detections.schema["score"].dataType
        if not isinstance(score, T.NumericType):
            raise TypeError(f"detections_df: score: expected numbers, found {score.simpleString()}")
        shape = _IOU_TYPES[iou_type]
        if shape not in detections.columns and not (
            iou_type != "keypoints" and {"bbox", "segmentation"} & set(detections.columns)
        ):
            need(detections, "detections_df", shape)
        if "bbox" in detections.columns:
            box = detections.schema["bbox"].dataType
            if not (isinstance(box, T.ArrayType) and isinstance(box.elementType, T.NumericType)):
                raise TypeError(
                    "detections_df: bbox: expected an array of x, y, width and height, "
                    f"found {box.simpleString()}"
                )
        fields = F.struct(*[each for each in _DETECTION if each in detections.columns])
        no_detection = F.lit(None).cast(
            detections.select(fields.alias("one")).schema["one"].dataType
        )
        no_picture = F.lit(None).cast(pictures.select(picture.alias("one")).schema["one"].dataType)
        frame = rows(pictures, _PICTURE, picture, no_detection).unionAll(
            rows(detections, _RESULT, no_picture, fields)
        )
    by_picture = (
        frame.repartition(partitions, "image_id") if partitions else frame.repartition("image_id")
    )
    return by_picture.sortWithinPartitions("image_id", "kind", "place")


def _part_maker(header: str, arguments: list[str], has_results: bool) -> Any:
    def part(batches: Batches) -> Batches:
        """The partial results of a partition."""
        rows = first(batches)
        if rows is None:
            return
        number = part_number()
        merger = Merger(has_results)
        with TemporaryDirectory(prefix="copra") as folder:
            ended = run(arguments, folder, merger.fed(header, rows))
            if merger.pictures or not merger.unknown:
                yield from pieces(number, ended)
        if merger.unknown:
            told = {"count": merger.unknown, "first": merger.first_unknown}
            yield row(number, "unknown", text=json.dumps(told))

    return part


class Merger:
    """Makes lines of pictures and the detections that follow them."""

    def __init__(self, has_results: bool) -> None:
        self.has_results = has_results
        self.pictures = 0
        self.unknown = 0
        """How many detections are of no picture."""
        self.first_unknown: list[int | None] = []
        self._open: int | None = None
        self._is_open = False
        self._is_first = True

    def fed(self, header: str, batches: Iterator[Any]) -> Iterator[bytes]:
        """The set's first lines, and the pictures with their detections."""
        yield header.encode() + b"\n"
        for batch in batches:
            yield "".join(self._merged(batch)).encode()
        yield b"]}\n" if self._is_open else b""

    def _merged(self, batch: Any) -> Iterator[str]:
        ids, kinds, _, pictures, detections = batch.columns
        is_picture = kinds.to_numpy() == _PICTURE
        places = np.flatnonzero(is_picture)
        taken = pictures.take(places)
        columns = [ids.take(places), *taken.flatten()]
        names = ["image_id", *(field.name for field in pictures.type)]
        lines = iter(lines_of(names, columns, len(places)).to_pylist())
        if not self.has_results:
            self.pictures += len(places)
            yield "".join(line + "\n" for line in lines)
            return
        texts = objects(detections).to_pylist()
        owners = ids.to_pylist()
        known = ids.fill_null(0).to_numpy()
        # A run begins with a picture, and where the picture changes.
        begins = is_picture | np.append(True, known[1:] != known[:-1])
        starts = np.flatnonzero(begins).tolist()
        for start, end in zip(starts, [*starts[1:], len(texts)]):
            owner = owners[start]
            if is_picture[start]:
                yield from self._picture(next(lines), owner)
                start += 1
            if start == end:
                continue
            if self._is_open and owner is not None and owner == self._open:
                yield ("" if self._is_first else ",") + ",".join(texts[start:end])
                self._is_first = False
            else:
                self.unknown += end - start
                if len(self.first_unknown) < _TOLD:
                    self.first_unknown.append(owner)

    def _picture(self, line: str, owner: int | None) -> Iterator[str]:
        if self._is_open:
            yield "]}\n"
        self.pictures += 1
        self._is_first = True
        self._open = owner
        self._is_open = line.startswith("{")
        yield _begun(line) if self._is_open else line + "\n"


def _begun(line: str) -> str:
    """A picture's line up to its detections; those that stand in it are left out."""
    if '"detections"' in line:
        record = json.loads(line)
        if record.pop("detections", None) is not None:
            line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return line[:-1] + ("," if len(line) > 2 else "") + '"detections":['


def _report_maker(calibration: bool) -> Any:
    def report(collected: Collected) -> Batches:
        """The report of all parts."""
        extra = ["--calibration"] if calibration else []
        ended = run(["join", *collected.files, "--format", "json", *extra], str(collected.folder))
        if ended.refused:
            yield row(0, "failure", text=ended.reason)
            return
        found = [
            _PLACE.sub("", line) for line in ended.messages.splitlines() if _FINDING.match(line)
        ]
        told = {"text": ended.output.read_text(), "findings": found + unknown(collected)}
        yield row(0, "report", text=json.dumps(told))

    return report


def unknown(collected: Collected) -> list[str]:
    """What is said of detections of pictures that are not there."""
    told = [json.loads(each["text"]) for each in collected.others if each["kind"] == "unknown"]
    count = sum(each["count"] for each in told)
    ids = [each for one in told for each in one["first"]]
    found = [
        f"error: no image has the id {each} [unknown-image]"
        for each in sorted({each for each in ids if each is not None})[:_TOLD]
    ]
    if None in ids:
        found.append("error: image_id: expected a whole number, found null [malformed-value]")
    if count:
        found.append(f"error: {count} detections are of no image and left out [unknown-image]")
    return found
