"""Runs copra and its peers in turn on the same inputs and prints a table with their ratios.

The first run of each tool warms the caches, is counted but not timed; then the tools take turns.
Needs nothing but Python: the peers are installed into an environment of their own, and the inputs
are generated, when they are missing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cases
import counting
import environment
import measuring
import results
from cases import Case, Contender, Setting
from measuring import Sample
from results import Result

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
PARTS = {
    "voc": ["pictures", "voc"],
    "yolo": ["pictures", "yolo"],
    "coco": ["coco"],
    "csv": ["csv"],
    "load": ["coco-large"],
    "start": [],
}


def empty_output(setting: Setting) -> None:
    """Leaves the folder of the outputs empty."""
    shutil.rmtree(setting.output.parent, ignore_errors=True)
    setting.output.parent.mkdir(parents=True)


def run_once(contender: Contender, setting: Setting, further: tuple[str, ...] = ()) -> Sample:
    """One run of a tool into an empty folder."""
    empty_output(setting)
    command = [*contender.command, *further]
    return measuring.run(command, setting.variables(), setting.scratch)


def warm_up(contender: Contender, case: Case, setting: Setting) -> Result:
    """The run that is not timed; what it wrote is counted."""
    result = Result(contender)
    sample = run_once(contender, setting, contender.counting)
    result.failure = sample.failure
    if result.failure is None and case.annotations is not None:
        if setting.output.is_file():
            result.count = counting.count_file(setting.output)
        else:
            result.count = counting.count_in_text(sample.standard_output, case.annotations)
    return result


def run_case(case: Case, setting: Setting, runs: int) -> list[Result]:
    """Warms every tool up, then lets them take turns; a tool that fails is left out after that."""
    contestants = [warm_up(contender, case, setting) for contender in case.contenders]
    turns = max(runs, case.least_runs)
    for turn in range(turns):
        for result in contestants:
            if result.failure is None and turn < (result.contender.most_runs or turns):
                sample = run_once(result.contender, setting)
                result.failure = sample.failure
                result.samples.append(sample)
    empty_output(setting)
    return contestants


def prepare(setting: Setting, selected: list[str]) -> None:
    """Installs the peers and makes the inputs of the selected cases, where they are missing."""
    environment.prepare(setting.environment)
    needed = [part for name in selected for part in PARTS[name]]
    if needed:
        only = [argument for part in needed for argument in ("--only", part)]
        command = [
            setting.environment / "bin/python",
            HERE / "generate.py",
            "--into",
            setting.inputs,
        ]
        subprocess.run([*command, *only], check=True, stdout=sys.stderr)
    setting.scratch.mkdir(parents=True, exist_ok=True)


def read_arguments() -> argparse.Namespace:
    """The command line."""
    build = REPOSITORY / ".build-bench"
    names = list(PARTS)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copra", type=Path, default=REPOSITORY / ".build/release/copra")
    parser.add_argument("--inputs", type=Path, default=build / "convert")
    parser.add_argument("--venv", type=Path, default=build / "venv")
    parser.add_argument("--scratch", type=Path, default=build / "scratch")
    parser.add_argument("--runs", type=int, default=7, help="timed runs of each tool (default: 7)")
    parser.add_argument("--threads", type=int, help="for copra, and for peers built on rayon")
    parser.add_argument(
        "--only", metavar="CASE", action="append", choices=names, help=", ".join(names)
    )
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    arguments.only = arguments.only or names
    return arguments


def main() -> None:
    """Runs the selected cases."""
    arguments = read_arguments()
    paths = (arguments.copra, arguments.venv, arguments.inputs, arguments.scratch)
    setting = Setting(*map(Path.absolute, paths), arguments.threads)
    prepare(setting, arguments.only)
    floor = measuring.peak_floor(setting.scratch)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f} at the start.\n")
    results.print_headings()
    for case in cases.all_cases(setting):
        if case.name in arguments.only:
            results.print_case(case, run_case(case, setting, arguments.runs), floor)


if __name__ == "__main__":
    main()
