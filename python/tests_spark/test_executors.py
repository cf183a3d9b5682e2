"""Clusters of several sizes, executors that die, and programs that fail."""

from __future__ import annotations

import os
import signal
import stat
import threading
import time
from pathlib import Path

import pytest
from conftest import PROGRAM, Copra, session
from drawn import DETECTION, Set
from pyspark.sql import SparkSession

from copra import spark as copra_spark


def evaluated(spark: SparkSession, drawn_set: Set) -> copra_spark.Evaluation:
    truth = copra_spark.read(spark, str(drawn_set.lines))
    results = spark.read.schema(DETECTION).json(str(drawn_set.result_lines))
    return copra_spark.evaluate(truth, results, partitions=6)


@pytest.fixture(scope="module")
def report(drawn_set: Set, copra: Copra) -> str:
    run = copra("evaluate", drawn_set.truth, drawn_set.results, "--format", "json")
    return run.stdout


def script(path: Path, text: str) -> str:
    """A program in the place of copra's, which may end in it."""
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize("executors", [1, 2, 3])
def test_number_of_executors(executors: int, drawn_set: Set, report: str) -> None:
    assert evaluated(session(executors), drawn_set).text == report


def backends(application: str) -> list[int]:
    """The executor processes of an application."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            line = (folder / "cmdline").read_bytes().decode().split("\0")
        except (OSError, ValueError):
            continue
        if application in line and any(each.endswith("ExecutorBackend") for each in line):
            found.append(int(folder.name))
    return found


def test_an_executor_is_killed(tmp_path: Path, drawn_set: Set, report: str) -> None:
    started = tmp_path / "started"
    program = script(
        tmp_path / "slow",
        f'if [ "$1" = evaluate ]; then touch "{started}"; sleep 2; fi\nexec "{PROGRAM}" "$@"',
    )
    spark = session(3, program)
    application = spark.sparkContext.applicationId
    killed = []

    def kill() -> None:
        while not started.exists():
            time.sleep(0.05)
        time.sleep(0.5)
        victim = backends(application)[0]
        os.kill(victim, signal.SIGKILL)
        killed.append(victim)

    killer = threading.Thread(target=kill)
    killer.start()
    made = evaluated(spark, drawn_set)
    killer.join()
    assert killed and killed[0] not in backends(application)
    assert made.text == report


def test_what_may_pass_is_tried_again(tmp_path: Path, drawn_set: Set, report: str) -> None:
    tried = tmp_path / "tried"
    program = script(
        tmp_path / "flaky",
        f'if [ ! -e "{tried}" ]; then touch "{tried}"; exit 75; fi\nexec "{PROGRAM}" "$@"',
    )
    assert evaluated(session(2, program), drawn_set).text == report
    assert tried.exists()


def test_a_refusal_is_not_tried_again(tmp_path: Path, drawn_set: Set) -> None:
    runs = tmp_path / "runs"
    program = script(
        tmp_path / "refuses", f'echo x >> "{runs}"; echo "error: no such thing" >&2; exit 2'
    )
    with pytest.raises(copra_spark.CopraProgramError, match="no such thing"):
        evaluated(session(1, program), drawn_set)
    assert len(runs.read_text().split()) == 6


def test_program_is_missing(drawn_set: Set) -> None:
    with pytest.raises(Exception, match="no-such-program"):
        evaluated(session(1, "/no-such-program"), drawn_set)
