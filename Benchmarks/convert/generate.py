"""Makes the inputs of the conversion benchmark: the same bytes for the same parameters.

Every part is skipped when its stamp says that it is already there with these parameters.
Needs numpy and Pillow; `run.py` calls it with the Python of the benchmark's environment.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import coco_files
import csv_files
import picture_files
import picture_sets

REPOSITORY = Path(__file__).resolve().parents[2]
GENERATOR_VERSION = 1


@dataclasses.dataclass(frozen=True)
class Part:
    """A folder of the inputs, what it depends on, and the function that fills it."""

    name: str
    parameters: dict[str, Any]
    fill: Callable[[Path], None]


def parts(into: Path, seed: int) -> list[Part]:
    """All the parts, in the order in which they must be made."""
    plan = picture_sets.Plan(pictures=5_000, boxes=37_000, seed=seed)
    small = coco_files.SmallFile(images=100_000, annotations=745_680, seed=seed)
    large = coco_files.LargeFile(images=118_287, annotations=860_001, seed=seed)
    rows = csv_files.Table(rows=2_000_000, images=100_000, seed=seed)
    pictures = into / "pictures"
    return [
        Part(
            "pictures",
            {"pictures": plan.pictures, "seed": seed},
            lambda folder: picture_files.write(folder, plan.pictures, seed),
        ),
        Part(
            "voc",
            dataclasses.asdict(plan),
            lambda folder: picture_sets.write_voc(folder, pictures, plan),
        ),
        Part(
            "yolo",
            dataclasses.asdict(plan),
            lambda folder: picture_sets.write_yolo(folder, pictures, plan),
        ),
        Part(
            "coco",
            dataclasses.asdict(small),
            lambda folder: coco_files.write_small(folder / "instances.json", small),
        ),
        Part(
            "coco-large",
            dataclasses.asdict(large),
            lambda folder: coco_files.write_large(folder / "instances_train2017.json", large),
        ),
        Part(
            "csv",
            dataclasses.asdict(rows),
            lambda folder: csv_files.write(folder / "annotations.csv", rows),
        ),
    ]


def make(part: Part, into: Path) -> None:
    """Makes one part unless its stamp says that it is there."""
    folder, stamp = into / part.name, into / "stamps" / f"{part.name}.json"
    wanted = json.dumps({"version": GENERATOR_VERSION, **part.parameters}) + "\n"
    if folder.is_dir() and stamp.is_file() and stamp.read_text() == wanted:
        print(f"{part.name}: already there")
        return
    stamp.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    start = time.monotonic()
    part.fill(folder)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted)
    print(f"{part.name}: made in {time.monotonic() - start:.1f} s", flush=True)


def main() -> None:
    """Reads the arguments and makes what is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--into",
        type=Path,
        default=REPOSITORY / ".build-bench/convert",
        help="the folder for the inputs (default: .build-bench/convert)",
    )
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--only", metavar="PART", action="append", help="make only this part")
    arguments = parser.parse_args()
    arguments.into.mkdir(parents=True, exist_ok=True)
    for part in parts(arguments.into, arguments.seed):
        if arguments.only is None or part.name in arguments.only:
            make(part, arguments.into)


if __name__ == "__main__":
    main()
