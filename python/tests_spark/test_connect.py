"""Spark Connect, which has the DataFrame API only, in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Copra
from drawn import DETECTION, Set

pytest.importorskip("grpc")

CODE = f"""
import sys
from pyspark.sql import SparkSession
from copra import spark as copra_spark

truth_path, results_path, out = sys.argv[1:]
spark = SparkSession.builder.remote("local[2]").getOrCreate()
assert "connect" in type(spark).__module__
truth = copra_spark.read(spark, truth_path)
results = spark.read.schema("{DETECTION}").json(results_path)
sys.stdout.write(copra_spark.evaluate(truth, results).text)
assert copra_spark.validate(truth).count() > 0
assert copra_spark.convert(truth, out).ledger["images"]["written"] == 300
spark.stop()
"""


def test_connect(drawn_set: Set, copra: Copra, tmp_path: Path) -> None:
    package = str(Path(__file__).parents[1])
    run = subprocess.run(
        [
            *(sys.executable, "-c", CODE),
            *(str(drawn_set.truth), str(drawn_set.result_lines), str(tmp_path / "out.json")),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": package},
    )
    assert run.returncode == 0, run.stderr
    one = copra("evaluate", drawn_set.truth, drawn_set.results, "--format", "json")
    assert run.stdout.endswith(one.stdout)
