"""The conversions to COCO that the claims speak of, each run once."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import copra
from claims import Failed, demand


@dataclasses.dataclass(frozen=True)
class Conversion:
    """Inputs and options of `copra convert`, into one file or into a folder of splits."""

    name: str
    arguments: tuple[str | Path, ...]
    into_folder: bool = False
    status: int = 0


@dataclasses.dataclass(frozen=True)
class COCOFile:
    """A file that copra wrote."""

    name: str
    path: Path

    def read(self) -> dict[str, Any]:
        """What the file holds."""
        return json.loads(self.path.read_bytes())

    def folder(self) -> Path:
        """The folder of the pictures; a claim that needs it fails where the file names none."""
        folder = self.read()["info"].get("image_folder")
        if folder is None:
            raise Failed(f"{self.path.name} does not say what its file names are relative to")
        return self.path.parent / folder


@dataclasses.dataclass(frozen=True)
class Converted:
    """A conversion that was run."""

    run: copra.Run
    target: Path
    files: tuple[COCOFile, ...]

    def file(self, name: str = "") -> COCOFile:
        """The file of a split; without a name, the only one."""
        found = [file for file in self.files if file.path.name == name or not name]
        names = [file.path.name for file in self.files]
        demand(len(found) == 1, f"expected {name or 'one file'}, found {names}")
        return found[0]


@dataclasses.dataclass
class Workspace:
    """Where everything is, and what was converted so far."""

    binary: Path
    datasets: Path
    samples: Path
    scratch: Path
    done: dict[str, Converted | None] = dataclasses.field(default_factory=dict)

    def convert(self, conversion: Conversion) -> Converted:
        """The result of a conversion, which is run when it is first asked for."""
        name = conversion.name
        if name not in self.done:
            self.done[name] = None
            self.done[name] = self.run(conversion)
        if result := self.done[name]:
            return result
        raise Failed(f"the conversion {name} failed before")

    def run(self, conversion: Conversion, place: str = "first", *further: str) -> Converted:
        """Runs a conversion into a folder of its own below `place`."""
        folder = self.scratch / place / conversion.name
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "coco" if conversion.into_folder else folder / "instances.json"
        arguments = ["convert", *conversion.arguments, *further, "-o", target]
        run = copra.run(self.binary, arguments).expecting(conversion.status)
        return Converted(run, target, coco_files(conversion, target, run))


def coco_files(conversion: Conversion, target: Path, run: copra.Run) -> tuple[COCOFile, ...]:
    """The files of an output in the order of their names."""
    paths = sorted(target.glob("*.json")) if conversion.into_folder else [target]
    files = []
    for path in paths:
        split = path.stem.removeprefix("instances").removeprefix("_")
        part = f" {split}" if split else ""
        files.append(COCOFile(conversion.name + part, path))
    demand(bool(files), f"nothing was written to {target}\n$ {run.command}\n{run.messages}")
    return tuple(files)


def all_conversions(workspace: Workspace) -> dict[str, Conversion]:
    """Every conversion by its name."""
    raccoon = workspace.datasets / "raccoon"
    okra = workspace.datasets / "okra_yolo"
    mark = workspace.datasets / "yolo_mark"
    tiny = workspace.datasets / "tinycoco/annotations"
    samples = workspace.samples
    tables = raccoon / "data"
    pictures = ("--images", raccoon / "images")
    listed = [
        Conversion("raccoon-voc", (raccoon, "--from", "voc")),
        Conversion("raccoon-csv", (tables / "raccoon_labels.csv", *pictures)),
        Conversion(
            "raccoon-splits",
            (tables / "train_labels.csv", tables / "test_labels.csv", *pictures),
            into_folder=True,
        ),
        Conversion("okra", (okra,)),
        # Its train.txt lists a picture that is not there, which is an error.
        Conversion("mark-data", (mark / "data/obj.data",), status=1),
        Conversion("mark-folder", (mark,), status=1),
        Conversion("mark-img", (mark / "data/img", "--categories", "air,bird")),
        Conversion("tiny-train", (tiny / "instances_train2017.json",)),
        Conversion("tiny-val", (tiny / "instances_val2017.json",)),
        Conversion("tiny-both", tuple(sorted(tiny.glob("*.json"))), into_folder=True),
        Conversion("sample-voc", (samples / "voc",), into_folder=True),
        Conversion("sample-yolo", (samples / "yolo",), into_folder=True),
        Conversion("sample-csv", (samples / "csv/annotations.csv",)),
        Conversion("sample-masks", (samples / "masks",)),
    ]
    return {conversion.name: conversion for conversion in listed}
