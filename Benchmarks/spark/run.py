"""Evaluates drawn sets with copra.spark on 1, 2 and 3 executors, beside one run of copra.

The pictures and the detections are those of Benchmarks/scale, in files of lines. Executors are
processes of a `local-cluster`, each with one core and 1 GB of Java's memory. The report of every
run has to be the bytes of the one run's.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DETECTION = "image_id long, category_id long, bbox array<double>, score double"
FILES = 8


def scale() -> Any:
    """Benchmarks/scale, whose sets these are."""
    path = HERE.parent / "scale" / "run.py"
    specification = importlib.util.spec_from_file_location("scale", path)
    module = importlib.util.module_from_spec(specification)
    sys.modules["scale"] = module
    specification.loader.exec_module(module)
    return module


def draw(folder: Path, detections: int) -> None:
    """Writes the set, as one file for copra and as truth and detections for Spark."""
    if (folder / "done").exists():
        return
    module = scale()
    pool, pictures = module.Pool(module.CATEGORIES), detections // module.DETECTIONS
    for name in ("truth", "detections"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with (folder / "whole.jsonl").open("wb") as whole:
        for number in range(FILES):
            first, end = (pictures * place // FILES for place in (number, number + 1))
            path = folder / "part.jsonl"
            pool.write(path, range(first, end))
            with (
                path.open() as lines,
                (folder / "truth" / f"{number}.jsonl").open("w") as truth,
                (folder / "detections" / f"{number}.jsonl").open("w") as found,
            ):
                for line in lines:
                    record = json.loads(line)
                    results = record.pop("detections", [])
                    truth.write(json.dumps(record) + "\n")
                    for each in results:
                        found.write(json.dumps({"image_id": record["id"], **each}) + "\n")
            whole.write(path.read_bytes())
            path.unlink()
    (folder / "done").touch()


class Watch:
    """Looks at the processes below this one, and keeps the most memory that each kind took."""

    KINDS = ("copra", "executor", "python", "driver")

    def __init__(self, program: str) -> None:
        self.program = program
        self.peaks = dict.fromkeys(self.KINDS, 0)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ends.wait(0.05):
            for folder in Path("/proc").iterdir():
                if not folder.name.isdigit():
                    continue
                try:
                    self._take(folder)
                except (OSError, IndexError, ValueError):
                    continue

    def _take(self, folder: Path) -> None:
        command = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        if os.path.basename(command[0]) == os.path.basename(self.program):
            kind = "copra"
        elif any(each.endswith("ExecutorBackend") for each in command):
            kind = "executor"
        elif any(each in ("pyspark.worker", "pyspark.daemon") for each in command):
            kind = "python"
        elif any(each.endswith("SparkSubmit") for each in command):
            kind = "driver"
        else:
            return
        for line in (folder / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                self.peaks[kind] = max(self.peaks[kind], int(line.split()[1]) * 1024)


def once(program: str, folder: Path) -> tuple[float, int, str]:
    """Seconds, peak memory and report of copra itself."""
    start = time.monotonic()
    process = subprocess.Popen(
        [program, "evaluate", str(folder / "whole.jsonl"), "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    text = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"copra ended with {status}")
    return time.monotonic() - start, usage.ru_maxrss * 1024, text


def spread(
    program: str, folder: Path, executors: int, partitions: int | None
) -> tuple[float, float, dict[str, int], str]:
    """Seconds of the first run and of a second one in warm executors, peaks, and the report."""
    from pyspark.sql import SparkSession

    from copra import spark as copra_spark

    spark = (
        SparkSession.builder.master(f"local-cluster[{executors},1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "16")
        .config("spark.executorEnv.COPRA_PROGRAM", program)
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    seconds = []
    with Watch(program) as watch:
        for _ in range(2):
            start = time.monotonic()
            truth = copra_spark.read(spark, str(folder / "truth"))
            results = spark.read.schema(DETECTION).json(str(folder / "detections"))
            text = copra_spark.evaluate(truth, results, partitions=partitions).text
            seconds.append(time.monotonic() - start)
    spark.stop()
    return seconds[0], seconds[1], watch.peaks, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copra", type=os.path.abspath, default=ROOT / ".build/release/copra")
    parser.add_argument("--into", type=Path, default=ROOT / ".build-bench/spark")
    parser.add_argument("--detections", default="1000000")
    parser.add_argument("--executors", default="1,2,3")
    parser.add_argument("--partitions", type=int)
    options = parser.parse_args()
    program = str(options.copra)

    import pyspark

    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = str(ROOT / "python")
    sys.path.insert(0, str(ROOT / "python"))
    print("| detections | run | s | s, warm | copra's peak MB | executor's peak MB "
          "| Python worker's peak MB | driver's peak MB | the same bytes |")
    print("|" + " --- |" * 9, flush=True)
    for count in map(int, options.detections.split(",")):
        folder = (options.into / str(count)).resolve()
        draw(folder, count)
        seconds, peak, report = once(program, folder)
        print(f"| {count:,} | one copra | {seconds:.2f} | – | {peak / 1e6:.0f} | – | – | – | – |",
              flush=True)
        for executors in map(int, options.executors.split(",")):
            first, warm, peaks, text = spread(program, folder, executors, options.partitions)
            sizes = " | ".join(f"{peaks[kind] / 1e6:.0f}" for kind in Watch.KINDS)
            print(f"| {count:,} | {executors} executors | {first:.1f} | {warm:.1f} | {sizes} "
                  f"| {'yes' if text == report else 'NO'} |", flush=True)


if __name__ == "__main__":
    main()
