#!/usr/bin/env python3
"""Runs what evaluates by pycocotools, as it is, with pycocotools and with copra in its place.

Every figure and every array of precision, recall and scores must have the same bits. One line a
trainer, then `N passed, N failed`. Needs only Python's own library; the trainers are installed into
a virtual environment on first use. What is in no registry is taken from a folder of checkouts:

    detectron2, vision, cocoapi, faster_coco_eval
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
BUILD = REPOSITORY / ".build-real"
sys.path += [str(HERE.parent / "real")]

import environment  # noqa: E402

REQUIREMENTS = HERE / "requirements.txt"
TRAINERS = (
    "pycocotools",
    "torchvision",
    "detectron2",
    "ultralytics",
    "torchmetrics",
    "mmdet",
    "rfdetr",
)
SKIPPED = 3
CANNOT_RUN = 2


def read_arguments() -> argparse.Namespace:
    """The command line."""
    datasets = Path(os.environ.get("COPRA_DATASETS") or REPOSITORY.parent / "shared/datasets")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wheel", type=Path, required=True, help="copra's")
    parser.add_argument(
        "--datasets",
        type=Path,
        default=datasets,
        help="the folder of tinycoco; default: $COPRA_DATASETS, else ../shared/datasets",
    )
    parser.add_argument(
        "--checkouts",
        type=Path,
        default=Path(os.environ.get("COPRA_CHECKOUTS") or BUILD / "checkouts"),
        help="default: $COPRA_CHECKOUTS, else .build-real/checkouts",
    )
    parser.add_argument("--venv", type=Path, default=BUILD / "venv-drop-in")
    parser.add_argument("--only", metavar="TRAINER", action="append", choices=TRAINERS)
    return parser.parse_args()


def prepare(arguments: argparse.Namespace) -> Path:
    """Makes the environment, with the wheel and, where it can be built, detectron2; its Python."""
    python = environment.prepare_as_far_as_possible(arguments.venv.absolute(), REQUIREMENTS)
    environment.install(python, "--force-reinstall", "--no-deps", arguments.wheel)
    source = arguments.checkouts / "detectron2"
    show = [python, "-m", "pip", "show", "detectron2"]
    if source.is_dir() and subprocess.run(show, capture_output=True, check=False).returncode:
        print("building detectron2, which takes minutes", file=sys.stderr)
        try:
            environment.install(python, "--no-deps", "--no-build-isolation", source.absolute())
        except subprocess.CalledProcessError:
            print("detectron2 cannot be built", file=sys.stderr)
    return python


def run(
    python: Path, launcher: list[str], trainer: str, *paths: Path
) -> subprocess.CompletedProcess:
    """A trainer's evaluation."""
    command = [python, *launcher, "-m", f"evaluated_by.{trainer}", *paths]
    # A set's elements come in the same order.
    variables = {**os.environ, "PYTHONHASHSEED": "0"}
    options = {"cwd": HERE, "env": variables, "capture_output": True, "text": True}
    return subprocess.run(command, check=False, **options)


def verdict(python: Path, trainer: str, data: Path, checkouts: Path) -> tuple[bool | None, str]:
    """Whether a trainer has equal figures, and the words for it; None where it is not here."""
    with tempfile.TemporaryDirectory() as place:
        outs = [Path(place) / f"{name}.npz" for name in ("pycocotools", "copra")]
        for out, launcher in zip(outs, ([], ["-m", "copra.patch"]), strict=True):
            done = run(python, launcher, trainer, data, checkouts, out)
            lines = done.stderr.strip().splitlines() or ["it says nothing"]
            is_missing = lines[-1].startswith(("ImportError", "ModuleNotFoundError"))
            if done.returncode == SKIPPED or (done.returncode and is_missing and not launcher):
                return None, lines[-1]
            if done.returncode:
                return False, f"with {out.stem}: {lines[-1]}\n{done.stderr}"
        compare = [python, HERE / "evaluated_by/comparison.py", *outs]
        done = subprocess.run(compare, capture_output=True, text=True, check=False)
        return done.returncode == 0, (done.stdout or done.stderr).strip()


def main() -> int:
    """Runs the trainers."""
    arguments = read_arguments()
    source = arguments.datasets / "tinycoco"
    if not source.is_dir():
        print(f"error: no real dataset: {source.resolve()} is not a folder", file=sys.stderr)
        return CANNOT_RUN
    try:
        python = prepare(arguments)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"error: the environment cannot be made: {error}", file=sys.stderr)
        return CANNOT_RUN
    checkouts = arguments.checkouts.absolute()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as data:
        make = [python, "-m", "evaluated_by.inputs", source.absolute(), data]
        subprocess.run(make, cwd=HERE, check=True, stdout=subprocess.DEVNULL)
        for trainer in arguments.only or TRAINERS:
            holds, words = verdict(python, trainer, Path(data), checkouts)
            passed, failed = passed + (holds is True), failed + (holds is False)
            mark = {True: "", False: "FAILED ", None: "skipped: "}[holds]
            print(f"{trainer}: {mark}{words}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0 if passed else CANNOT_RUN


if __name__ == "__main__":
    sys.exit(main())
