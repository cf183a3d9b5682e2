"""Datasets as Apache Spark's DataFrames: read, evaluated, validated and converted on executors.

>>> from copra import spark as copra_spark
>>> truth = copra_spark.read(spark, "instances_val2017.json")       # a row a picture
>>> results = spark.read.schema(...).json("results/")               # a row a detection
>>> copra_spark.evaluate(truth, results).report["stats"]
>>> copra_spark.validate(truth).where("severity = 'error'").show()
>>> copra_spark.convert(truth, "/shared/instances.json").ledger

Only the DataFrame API is used, so that Spark Connect will do. Each task feeds one process of the
program `copra`, which is the one that `COPRA_PROGRAM` names on the executor, else that of the
installed package, else the one on `PATH`; the C library is not loaded.
"""

from __future__ import annotations

import importlib
from typing import Any

try:
    importlib.import_module("pyarrow")
    _cloudpickle: Any = importlib.import_module("pyspark.cloudpickle")
except ImportError as error:
    raise ImportError(
        "copra.spark needs the packages pyspark and pyarrow: pip install 'copra-vision[spark]'"
    ) from error

import sys

from copra.spark.conversion import Conversion, convert
from copra.spark.evaluation import Evaluation, evaluate
from copra.spark.program import CopraProgramError
from copra.spark.reading import read
from copra.spark.validation import validate

__all__ = [
    "Conversion",
    "CopraProgramError",
    "Evaluation",
    "convert",
    "evaluate",
    "read",
    "validate",
]

# Functions travel to the executors whole, which then need no more than the program.
_cloudpickle.register_pickle_by_value(sys.modules[__name__])
