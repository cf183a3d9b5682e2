#!/usr/bin/env python3
"""Runs two copra programs over the same sets and says in what their results differ.

One line for every comparison that differs, then `N compared, M differ`. Other words in messages are
counted apart. Needs only Python's own library.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import compared_runs
import compared_sets
from check import BUILD, CANNOT_RUN, REPOSITORY
from compared_findings import SEVERITIES, Changes
from compared_runs import Command, Comparison
from compared_sets import ComparedSet

SCRATCH = BUILD / "compared"
OUTPUTS = {
    "convert to a COCO file": ("-o", "out.json"),
    "convert to a COCO folder": ("-o", "out"),
    "convert and fix": ("--on-error", "fix", "-o", "out.json"),
    "convert to VOC": ("--to", "voc", "-o", "out"),
    "convert to YOLO boxes": ("--to", "yolo", "--yolo-rows", "box", "-o", "out"),
    "convert to YOLO polygons": ("--to", "yolo", "--yolo-rows", "polygon", "-o", "out"),
    "convert to CSV": ("--to", "csv", "-o", "out.csv"),
}
CONSUMERS = ("detectron2", "mmdetection", "pycocotools", "torchvision", "ultralytics")


def read_arguments() -> argparse.Namespace:
    """The command line."""
    datasets = Path(os.environ.get("COPRA_DATASETS") or REPOSITORY.parent / "shared/datasets")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("old", type=Path, help="the program whose results are expected")
    parser.add_argument("new", type=Path, help="the program that is checked")
    parser.add_argument(
        "--renamed",
        metavar="OLD=NEW",
        action="append",
        default=[],
        type=pair,
        help="a rule whose id may change; repeatable",
    )
    parser.add_argument(
        "--severity",
        metavar="RULE=SEVERITY",
        action="append",
        default=[],
        type=pair,
        help="a rule, by its new id, whose severity may change; repeatable",
    )
    parser.add_argument(
        "--datasets",
        type=Path,
        default=datasets,
        help="default: $COPRA_DATASETS, else ../shared/datasets",
    )
    parser.add_argument("--only", metavar="TEXT", help="only sets with this in their names")
    parser.add_argument("--wording", action="store_true", help="show other words in messages too")
    return parser.parse_args()


def pair(text: str) -> tuple[str, str]:
    """Two words with an equals sign between."""
    first, separator, second = text.partition("=")
    if not (first and separator and second):
        raise argparse.ArgumentTypeError(f"expected OLD=NEW, found {text}")
    return first, second


def obstacle(arguments: argparse.Namespace) -> str | None:
    """Why nothing can be compared."""
    for binary in (arguments.old, arguments.new):
        if not os.access(binary, os.X_OK):
            return f"{binary} is not a program"
    unknown = [word for _, word in arguments.severity if word not in SEVERITIES]
    return f"no severity {unknown}; there are {SEVERITIES}" if unknown else None


def commands(compared: ComparedSet) -> Iterator[Command]:
    """Everything that is asked of a set apart from evaluation."""
    for name, options in OUTPUTS.items():
        yield Command(name, ("convert", *compared.inputs, *options))
    for form in ("json", "text"):
        yield Command(f"stats as {form}", ("stats", *compared.inputs, "--format", form))
    validate = ("validate", *compared.inputs, "--format", "json", "--all")
    yield Command("validate", validate, reports_json=True)
    if not compared.is_generated:
        for consumer in CONSUMERS:
            words = (*validate, "--for", consumer)
            yield Command(f"validate for {consumer}", words, reports_json=True)
    # One input file is fixed into a file, anything else into a folder.
    target = "fixed.json" if Path(compared.inputs[0]).is_file() else "fixed"
    for name, options in {"fix": ("--fix",), "fix unsafely": ("--unsafe-fixes",)}.items():
        words = ("validate", *compared.inputs, *options, "-o", target, "--all")
        yield Command(name, words)


def evaluations(compared: ComparedSet, old: Path) -> Iterator[Command]:
    """Evaluations of the set's own results, or of detections that are made from its objects."""
    if compared.results:
        words = (compared.inputs[0], compared.results, *compared.evaluation)
        yield Command("evaluate", ("evaluate", *words, "--format", "json"))
        return
    folder = SCRATCH / "results" / compared.name.replace("/", "-")
    folder.mkdir(parents=True)
    truth = Path(compared.inputs[0])
    if truth.suffix != ".json":
        # What the old program makes of it is the ground truth for both.
        truth = folder / "truth.json"
        command = Command("convert", ("convert", *compared.inputs, "-o", truth))
        compared_runs.run(old, command, folder / "run")
    for kind, records in compared_sets.detections(truth).items():
        results = folder / f"{kind}.json"
        results.write_text(json.dumps(records, indent=1))
        words = ("evaluate", truth, results, "--iou-type", kind, "--format", "json")
        yield Command(f"evaluate {kind}", words)


def compare(
    compared: ComparedSet, arguments: argparse.Namespace, changes: Changes, number: int
) -> list[tuple[Command, Comparison]]:
    """Runs every command of a set by both programs."""
    results = []
    for command in (*commands(compared), *evaluations(compared, arguments.old)):
        outcomes = [
            # The same folder for both: what they write must not depend on its name.
            compared_runs.run(binary, command, SCRATCH / f"run-{number}")
            for binary in (arguments.old.absolute(), arguments.new.absolute())
        ]
        results.append((command, compared_runs.compare(command, *outcomes, changes)))
    return results


def report(name: str, comparison: Comparison, command: Command, shows_wording: bool) -> None:
    """One line for every aspect that differs."""
    for difference in comparison.differences:
        print(f"DIFFERS {name}, {difference.command}, {difference.aspect}: {difference.detail}")
    if shows_wording and comparison.wording:
        print(f"WORDS   {name}, {command.name}: {comparison.wording}")
    sys.stdout.flush()


def main() -> int:
    """0 where nothing differs, else 1; 2 where nothing could be compared."""
    arguments = read_arguments()
    if reason := obstacle(arguments):
        print(f"error: {reason}", file=sys.stderr)
        return CANNOT_RUN
    if not arguments.datasets.is_dir():
        print("no real datasets: set COPRA_DATASETS to compare them too", file=sys.stderr)
    changes = Changes(dict(arguments.renamed), dict(arguments.severity))
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    sets = list(compared_sets.all_sets(REPOSITORY, arguments.datasets.resolve(), SCRATCH))
    chosen = [each for each in sets if not arguments.only or arguments.only in each.name]
    compared = differ = wording = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        all_results = pool.map(
            lambda item: compare(item[1], arguments, changes, item[0]), enumerate(chosen)
        )
        for each, results in zip(chosen, all_results):
            for command, comparison in results:
                report(each.name, comparison, command, arguments.wording)
                compared += comparison.compared
                differ += len(comparison.differences)
                wording += comparison.wording is not None
    print(f"{wording} commands whose messages are worded differently")
    print(f"{compared} compared, {differ} differ")
    return 1 if differ or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
