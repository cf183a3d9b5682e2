from __future__ import annotations

import json
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from conftest import Copra
from drawn import DETECTION, Set
from pyarrow import parquet
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from copra import spark as copra_spark


def detections(spark: SparkSession, drawn_set: Set) -> DataFrame:
    return spark.read.schema(DETECTION).json(str(drawn_set.result_lines))


def told(copra: Copra, path: Path, *options: str) -> Counter[tuple[str, str, str]]:
    run = copra("validate", path, "--format", "json", *options)
    found = json.loads(run.stdout)["findings"]
    return Counter((each["rule"], each["severity"], each["message"]) for each in found)


def test_library_is_not_loaded() -> None:
    code = "import sys, copra.spark; print('copra._library' in sys.modules)"
    path = Path(copra_spark.__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=path, capture_output=True, text=True)
    assert run.stdout.strip() == "False", run.stderr


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"iou_type": "segm", "iou_thresholds": [0.3, 0.75], "max_detections": [1, 5, 10]},
        {"areas": {"all": (0, 1e10), "wide": (1000, 5000.5)}, "errors": True, "confusion": True},
        {"calibration": True, "partitions": 70},
    ],
)
def test_evaluation_equals_one_run(
    spark: SparkSession, copra: Copra, drawn_set: Set, options: dict[str, Any]
) -> None:
    truth = copra_spark.read(spark, str(drawn_set.truth))
    made = copra_spark.evaluate(truth, detections(spark, drawn_set), **options)
    flags = {
        "iou_type": ["--iou-type", "segm"],
        "iou_thresholds": ["--iou-thresholds", "0.3,0.75"],
        "max_detections": ["--max-detections", "1,5,10"],
        "areas": ["--areas", "all=0:10000000000,wide=1000:5000.5"],
        "errors": ["--errors"],
        "confusion": ["--confusion"],
        "calibration": ["--calibration"],
        "partitions": [],
    }
    arguments = [word for name in options for word in flags[name]]
    # The costs of errors with one score depend on the order of the pictures, which is by id here.
    path = drawn_set.ordered if "errors" in options else drawn_set.truth
    run = copra("evaluate", path, drawn_set.results, "--format", "json", *arguments)
    assert run.returncode == 0, run.stderr
    assert made.text == run.stdout
    assert made.report["counts"]["images"] == 300


def test_lines_are_read_as_coco_is(spark: SparkSession, drawn_set: Set, copra: Copra) -> None:
    rows = copra_spark.read(spark, str(drawn_set.truth)).collect()
    frame = copra_spark.read(spark, str(drawn_set.lines))
    assert sorted(frame.collect()) == sorted(rows)
    for number in (0, 1):
        path = drawn_set.lines / f"{number}.jsonl"
        packed = drawn_set.folder / "packed" / f"{number}.jsonl.zst"
        packed.parent.mkdir(exist_ok=True)
        with pa.CompressedOutputStream(str(packed), "zstd") as file:
            file.write(path.read_bytes())
    packed_frame = copra_spark.read(spark, str(drawn_set.folder / "packed" / "*.zst"))
    assert sorted(packed_frame.collect()) == sorted(rows)
    run = copra("evaluate", drawn_set.truth, drawn_set.results, "--format", "json")
    assert copra_spark.evaluate(packed_frame, detections(spark, drawn_set)).text == run.stdout


def test_categories_outlive_filters_and_parquet(
    spark: SparkSession, drawn_set: Set, copra: Copra
) -> None:
    frame = copra_spark.read(spark, str(drawn_set.truth)).where("image_id > 0")
    frame = frame.withColumn("annotations", F.filter("annotations", lambda each: each.id > 0))
    path = str(drawn_set.folder / "frame.parquet")
    frame.write.parquet(path)
    again = copra_spark.read(spark, path)
    run = copra("evaluate", drawn_set.truth, drawn_set.results, "--format", "json")
    assert copra_spark.evaluate(again, detections(spark, drawn_set)).text == run.stdout


def test_hugging_face(spark: SparkSession, tmp_path: Path, copra: Copra) -> None:
    objects = [
        {
            "id": [1, 2],
            "bbox": [[1.0, 2, 3, 4], [5, 5, 9, 9]],
            "category": [0, 2],
            "area": [12, 81],
        },
        {"id": [], "bbox": [], "category": [], "area": []},
        {"id": [3], "bbox": [[0, 0, 30, 40]], "category": [1], "area": [1200]},
    ]
    table = pa.table(
        {
            "image": [{"bytes": b"\x00", "path": f"{each}.jpg"} for each in (7, 2, 5)],
            "image_id": [7, 2, 5],
            "width": [64] * 3,
            "height": [48] * 3,
            "objects": objects,
        }
    )
    label = {"feature": {"names": ["ant", "bee", "crab"], "_type": "ClassLabel"}, "_type": "List"}
    features = {"info": {"features": {"objects": {"category": label}}}}
    table = table.replace_schema_metadata({"huggingface": json.dumps(features)})
    parquet.write_table(table, tmp_path / "a.parquet")
    frame = copra_spark.read(spark, str(tmp_path / "a.parquet"))
    out = tmp_path / "out.json"
    made = copra_spark.convert(frame, str(out))
    assert made.ledger["annotations"]["read"] == 3
    written = json.loads(out.read_text())
    assert [each["name"] for each in written["categories"]] == ["ant", "bee", "crab"]
    assert [each["id"] for each in written["images"]] == [2, 5, 7]
    assert [each["category_id"] for each in written["annotations"]] == [2, 1, 3]
    assert {each["file_name"] for each in written["images"]} == {"7.jpg", "2.jpg", "5.jpg"}


def test_faulty_records_break_the_same_rules(
    spark: SparkSession, tmp_path: Path, copra: Copra
) -> None:
    document = {
        "images": [
            {"id": 5, "file_name": "e.jpg", "width": 64, "height": 48},
            {"id": "7", "file_name": "f.jpg", "width": 64, "height": 48},
            {"id": 2, "file_name": "b.jpg", "width": "64", "height": 48},
            {"id": 9, "file_name": "i.jpg", "width": 64, "height": 48},
            {"id": 9, "file_name": "i.jpg", "width": 64, "height": 48},
        ],
        "annotations": [
            {
                "id": 1,
                "image_id": 5,
                "category_id": 1,
                "bbox": [90, 2, 3, 4],
                "area": 12,
                "iscrowd": 0,
            },
            {
                "id": 1,
                "image_id": 5,
                "category_id": 1,
                "bbox": [9, 2, None, 4],
                "area": 12,
                "iscrowd": 0,
            },
            {
                "id": 3,
                "image_id": 77,
                "category_id": 1,
                "bbox": [9, 2, 3, 4],
                "area": 12,
                "iscrowd": 0,
            },
            {"id": 4, "image_id": 9, "category_id": 8, "bbox": [9, 2, 3, 4], "iscrowd": 2},
            {"id": 5, "image_id": 9, "category_id": 1, "bbox": [9, 2, 3], "area": 12, "iscrowd": 0},
        ],
        "categories": [{"id": 1, "name": "crab", "supercategory": ""}],
    }
    path = tmp_path / "faulty.json"
    path.write_text(json.dumps(document))
    frame = copra_spark.read(spark, str(path)).repartition(3)
    rows = copra_spark.validate(frame).collect()
    mine = Counter((each.rule, each.severity, each.message) for each in rows)
    one = told(copra, path)
    assert ("box-outside-image", "error") in {each[:2] for each in mine}
    assert {each[0] for each in mine} >= {each[0] for each in one} - {"malformed-file"}
    outside = [each for each in rows if each.rule == "box-outside-image"]
    assert [each.image_id for each in outside] == [5]


def test_findings_of_a_drawn_set(spark: SparkSession, copra: Copra, drawn_set: Set) -> None:
    frame = copra_spark.read(spark, str(drawn_set.truth)).repartition(5)
    found = copra_spark.validate(frame, options=["--ignore", "missing-image-file"]).collect()
    mine = Counter((each.rule, each.severity, each.message) for each in found)
    assert mine == told(copra, drawn_set.truth, "--ignore", "missing-image-file")


@pytest.mark.parametrize("name", ["out.json", "out.jsonl", "yolo", "csv"])
def test_conversion_equals_one_run(
    spark: SparkSession, copra: Copra, drawn_set: Set, tmp_path: Path, name: str
) -> None:
    # Joined parts have their pictures in the order of their ids.
    document = dict(drawn_set.document)
    document["images"] = sorted(document["images"], key=lambda each: each["id"])
    document["annotations"] = sorted(
        document["annotations"], key=lambda each: (each["image_id"], each["id"])
    )
    for number, each in enumerate(document["annotations"]):
        document["annotations"][number] = {**each, "id": number + 1}
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps(document))
    format = None if "." in name else name
    frame = copra_spark.read(spark, str(truth)).repartition(4)
    made = copra_spark.convert(frame, str(tmp_path / "spark" / name), format)
    one = tmp_path / "one" / name
    one.parent.mkdir()
    run = copra("convert", truth, "-o", one, *(["--to", format] if format else []))
    assert made.ledger == copra_spark.conversion.ledger(run.stdout)
    files = sorted(each.relative_to(one) for each in one.rglob("*") if each.is_file())
    for file in files or [Path()]:
        mine = (tmp_path / "spark" / name / file).read_bytes()
        assert mine == (one / file).read_bytes(), file
    with pytest.raises(copra_spark.CopraProgramError, match="exists"):
        copra_spark.convert(frame, str(tmp_path / "spark" / name), format)


class TestBadInput:
    @pytest.fixture
    def truth(self, spark: SparkSession, drawn_set: Set) -> DataFrame:
        return copra_spark.read(spark, str(drawn_set.truth))

    def test_bad_detections(
        self, spark: SparkSession, truth: DataFrame, drawn_set: Set, copra: Copra
    ) -> None:
        image = drawn_set.document["images"][0]["id"]
        bad = [
            (image, 3, [1.0, 2.0, 3.0, 4.0], math.nan),
            (image, 3, [1.0, 2.0, 3.0, math.inf], 0.5),
            (image, 3, [1.0, 2.0, 3.0], 0.5),
            (image, 3, None, 0.5),
            (image, None, [1.0, 2.0, 3.0, 4.0], 0.5),
            (image, 99, [1.0, 2.0, 3.0, 4.0], 0.5),
            (image, 3, [1.0, None, 3.0, 4.0], 0.5),
            (image, 3, [1.0, 2.0, 3.0, 4.0], None),
            (-1, 3, [1.0, 2.0, 3.0, 4.0], 0.5),
            (10**9, 3, [1.0, 2.0, 3.0, 4.0], 0.5),
            (None, 3, [1.0, 2.0, 3.0, 4.0], 0.5),
        ]
        names = "image_id long, category_id long, bbox array<double>, score double"
        frame = spark.createDataFrame(bad, names)
        all_of_them = detections(spark, drawn_set).drop("segmentation").unionByName(frame)
        made = copra_spark.evaluate(truth, all_of_them)
        path = drawn_set.folder / "bad.jsonl"
        lines = [dict(zip(("image_id", "category_id", "bbox", "score"), each)) for each in bad]
        text = "".join(json.dumps(each) + "\n" for each in lines)
        path.write_text(drawn_set.result_lines.read_text() + text)
        run = copra("evaluate", drawn_set.truth, path, "--format", "json")
        assert run.returncode == 1
        assert made.text == run.stdout
        said = "\n".join(made.findings)
        for part in (
            "score: expected a finite number, found NaN",
            "no category has the id 99",
            "no image has the id -1",
            "no image has the id 1000000000",
            "image_id: expected a whole number, found null",
            "3 detections are of no image",
        ):
            assert part in said

    def test_missing_and_wrong_columns(
        self, spark: SparkSession, truth: DataFrame, drawn_set: Set
    ) -> None:
        results = detections(spark, drawn_set)
        for column in ("image_id", "category_id", "score"):
            with pytest.raises(ValueError, match=f"detections_df: expected a column {column}"):
                copra_spark.evaluate(truth, results.drop(column))
        with pytest.raises(ValueError, match="expected a column bbox"):
            copra_spark.evaluate(truth, results.drop("bbox", "segmentation"))
        with pytest.raises(ValueError, match="truth_df: expected a column annotations"):
            copra_spark.evaluate(truth.drop("annotations"), results)
        texts = results.withColumn("image_id", F.col("image_id").cast("string"))
        with pytest.raises(TypeError, match="image_id: expected whole numbers, found string"):
            copra_spark.evaluate(truth, texts)
        with pytest.raises(TypeError, match="score: expected numbers"):
            copra_spark.evaluate(truth, results.withColumn("score", F.lit("x")))
        with pytest.raises(TypeError, match="bbox: expected an array"):
            copra_spark.evaluate(truth, results.withColumn("bbox", F.lit("x")))
        with pytest.raises(ValueError, match="carries no categories"):
            copra_spark.evaluate(truth.withColumn("image_id", F.col("image_id") + 0), results)
        with pytest.raises(ValueError, match="iou_type"):
            copra_spark.evaluate(truth, results, iou_type="box")

    def test_empty_frames(self, spark: SparkSession, truth: DataFrame, drawn_set: Set) -> None:
        results = detections(spark, drawn_set)
        nothing = truth.where("false")
        with pytest.raises(ValueError, match="no images"):
            copra_spark.evaluate(nothing)
        with pytest.raises(ValueError, match="no images"):
            copra_spark.evaluate(nothing, results)
        with pytest.raises(ValueError, match="no images"):
            copra_spark.convert(nothing, "nowhere.json")
        assert copra_spark.validate(nothing).collect() == []
        made = copra_spark.evaluate(truth, results.where("false"))
        assert made.report["counts"]["detections"] == 0
        assert made.stats["AP"] == 0

    def test_options_that_copra_refuses(
        self, spark: SparkSession, truth: DataFrame, drawn_set: Set
    ) -> None:
        with pytest.raises(copra_spark.CopraProgramError, match="max-detections"):
            copra_spark.evaluate(truth, detections(spark, drawn_set), max_detections=[-1])

    def test_own_categories(self, spark: SparkSession) -> None:
        schema = "image_id int, annotations array<struct<category_id:int,bbox:array<float>>>"
        truth = spark.createDataFrame([(1, [(1, [0.0, 0.0, 10.5, 10.0])]), (2, [])], schema)
        found = spark.createDataFrame(
            [(1, 1, [0.0, 0.0, 10.5, 10.0], 0.5)],
            "image_id int, category_id short, bbox array<float>, score float",
        )
        for categories in (["crab"], {1: "crab"}, [{"id": 1, "name": "crab"}]):
            made = copra_spark.evaluate(truth, found, categories)
            assert made.stats["AP50"] == pytest.approx(1)
        assert made.report["per_category"][0]["name"] == "crab"
