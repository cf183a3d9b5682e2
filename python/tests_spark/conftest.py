from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import drawn
import pyspark
import pytest
from pyspark.sql import SparkSession

HOME = str(Path(pyspark.__file__).parent)
os.environ.setdefault("SPARK_HOME", HOME)
os.environ["PYSPARK_PYTHON"] = sys.executable
# The package is not installed: executors get its functions, and no more than the program.
PROGRAM = os.environ["COPRA_PROGRAM"]


def session(executors: int, program: str = PROGRAM) -> SparkSession:
    """A cluster of executor processes on this machine, in the place of the last one."""
    running = SparkSession.getActiveSession()
    if running:
        running.stop()
    made = (
        SparkSession.builder.master(f"local-cluster[{executors},1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.executorEnv.COPRA_PROGRAM", program)
        .config("spark.executorEnv.PYTHONPATH", "")
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("OFF")
    return made


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    made = session(2)
    yield made
    made.stop()


class Copra:
    """One process over the whole set, which is what must be equalled."""

    def __call__(self, *arguments: Any) -> subprocess.CompletedProcess[str]:
        run = [PROGRAM, *map(str, arguments)]
        return subprocess.run(run, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def copra() -> Copra:
    return Copra()


@pytest.fixture(scope="session")
def drawn_set(tmp_path_factory: pytest.TempPathFactory) -> drawn.Set:
    return drawn.Set(tmp_path_factory.mktemp("set"))
