#!/usr/bin/env python3
"""Runs copra over real datasets and checks what it writes against other programs.

One line a claim, then `N passed, M failed`. Needs only Python's own library; what the claims need
is installed into a virtual environment on first use.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import environment

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
BUILD = REPOSITORY / ".build-real"
CANNOT_RUN = 2


def read_arguments() -> argparse.Namespace:
    """The command line."""
    datasets = Path(os.environ.get("COPRA_DATASETS") or REPOSITORY.parent / "shared/datasets")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copra", type=Path, default=REPOSITORY / ".build/release/copra")
    parser.add_argument(
        "--datasets",
        type=Path,
        default=datasets,
        help="default: $COPRA_DATASETS, else ../shared/datasets",
    )
    parser.add_argument("--venv", type=Path, default=BUILD / "venv")
    parser.add_argument("--only", metavar="SUBJECT", action="append", help="as printed; repeatable")
    return parser.parse_args()


def obstacle(arguments: argparse.Namespace) -> str | None:
    """Why nothing can be checked."""
    if not arguments.datasets.is_dir():
        return (
            f"no real datasets: {arguments.datasets.resolve()} is not a folder; "
            "set COPRA_DATASETS to the one that holds raccoon, okra_yolo, tinycoco and the others"
        )
    if not os.access(arguments.copra, os.X_OK):
        return f"{arguments.copra} is not a program; `make release` builds it"
    return None


def main() -> int:
    """Prepares the environment and lets the claims run in it."""
    arguments = read_arguments()
    if reason := obstacle(arguments):
        print(f"error: {reason}", file=sys.stderr)
        return CANNOT_RUN
    try:
        python = environment.prepare(arguments.venv.absolute())
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"error: the virtual environment could not be made: {error}", file=sys.stderr)
        return CANNOT_RUN
    command = [python, HERE / "every_claim.py", arguments.copra.absolute()]
    command += [arguments.datasets.resolve(), REPOSITORY / "samples", BUILD / "scratch"]
    return subprocess.run([*command, *(arguments.only or [])], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
