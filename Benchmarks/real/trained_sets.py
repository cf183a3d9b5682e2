"""Claims about sets that others are to learn from: each of their programs reads them box for box.

One command a set and layout; a line for each program that this layout is for.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pycocotools.mask

import boxes
import copra
import trained_truth
from claims import Claim, Failed, Skipped, demand, demand_equal
from conversions import Workspace
from read_by.programs import Programs
from read_by.table import OPTIONS, READINGS, Reading
from trained_truth import Picture, Source, Thing

SHARE = "0.2"
"""Of a set without a split to validate with, which trainers want."""
LAYOUTS = tuple(dict.fromkeys(reading.layout for reading in READINGS))


def claims(workspace: Workspace) -> Iterator[Claim]:
    """Each set is written in each layout, and read by the programs of that layout."""
    table = Table(workspace, Programs(workspace.scratch / "trained/read"))
    for layout in LAYOUTS:
        subject = f"for {layout}"
        for source in trained_truth.SOURCES:
            yield Claim(
                subject,
                f"{source.name} is written with its pictures",
                functools.partial(table.is_written, layout, source),
            )
            for reading in READINGS:
                if reading.layout == layout and reading.is_for(source.outlines):
                    ending = "trains an epoch" if reading.trains else "reads it box for box"
                    yield Claim(
                        subject,
                        f"{source.name}: {reading.program} {ending}",
                        functools.partial(table.is_read, reading, source),
                    )


@dataclasses.dataclass
class Table:
    """The folders that were written so far, and the programs that read them."""

    workspace: Workspace
    programs: Programs
    truths: dict[str, list[Picture]] = dataclasses.field(default_factory=dict)
    """What sets hold, by their names."""
    failures: dict[tuple[str, str], str] = dataclasses.field(default_factory=dict)
    """Why a folder could not be written, by layout and set; empty for one that was."""

    def pictures(self, source: Source) -> list[Picture]:
        """What a set holds, which is read once."""
        if source.name not in self.truths:
            self.truths[source.name] = source.pictures(self.workspace)
        return self.truths[source.name]

    def folder(self, layout: str, source: Source) -> Path:
        """Where a set is written in a layout."""
        return self.workspace.scratch / "trained" / layout / source.name

    def written(self, layout: str, source: Source) -> Path:
        """The folder after it was written, once."""
        key = (layout, source.name)
        if key not in self.failures:
            folder = self.folder(layout, source)
            folder.parent.mkdir(parents=True, exist_ok=True)
            options = list(OPTIONS.get(layout, ("--layout", layout)))
            has_splits = any(picture.split for picture in self.pictures(source))
            options += [] if has_splits else ["--val", SHARE]
            arguments = ["convert", *source.arguments(self.workspace), *options, "-o", folder]
            try:
                copra.run(self.workspace.binary, arguments).expecting(0)
                self.failures[key] = ""
            except Failed as failure:
                self.failures[key] = str(failure)
        if reason := self.failures[key]:
            raise Failed(reason)
        return self.folder(layout, source)

    def is_written(self, layout: str, source: Source) -> str:
        """All pictures are there once."""
        folder = self.written(layout, source)
        expected = self.pictures(source)
        names = {picture.name for picture in expected}
        found = [path for path in folder.rglob("*") if path.name in names and path.is_file()]
        demand_equal("pictures", sorted(p.name for p in found), sorted(names))
        return f"{len(found)} pictures"

    def is_read(self, reading: Reading, source: Source) -> str:
        """Splits, pictures, boxes, classes and masks are those of the source."""
        try:
            self.written(reading.layout, source)
        except Failed as failure:
            raise Skipped("it was not written") from failure
        self.run(reading.program)
        listed = self.programs.pictures(reading.program, reading.layout, source.name)
        expected = self.pictures(source)
        if reading.trains:
            return f"{len(listed)} pictures to validate with"
        found = by_name(listed)
        demand_pictures(found, expected)
        pairs = [
            pair
            for picture in expected
            for pair in paired(found[picture.name]["things"], picture, reading)
        ]
        distances = [boxes.distance(box["edges"], wanted_edges(t, reading)) for box, t in pairs]
        empty = sum(not picture.things for picture in expected)
        figures = f"{len(expected)} pictures ({empty} empty), {len(pairs)} boxes, "
        figures += f"largest difference {max(distances):.2g} px"
        if reading.masks is not None and source.outlines:
            figures += f", {demand_masks(pairs, reading)}"
        return figures

    def run(self, program: str) -> None:
        """Lets a program read every folder that is for it."""
        folders = {}
        for reading in READINGS:
            for source in trained_truth.SOURCES:
                if reading.program == program and reading.is_for(source.outlines):
                    try:
                        folder = self.written(reading.layout, source)
                    except Failed:
                        continue
                    folders[reading.layout, source.name] = folder
        self.programs.run(program, folders)


def by_name(listed: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What was read by the base names of pictures, each there once."""
    found = {Path(picture["path"]).name: picture for picture in listed}
    demand_equal("pictures of one name", len(listed), len(found))
    return found


def demand_pictures(found: dict[str, dict[str, Any]], expected: list[Picture]) -> None:
    """The same pictures, each in its split."""
    names = {picture.name for picture in expected}
    demand_equal("pictures in one only", sorted(names.symmetric_difference(found)), [])
    moved = [p.name for p in expected if p.split and found[p.name]["split"] != p.split]
    demand(not moved, f"{len(moved)} pictures in another split: {moved[:5]}")
    splits = sorted({picture["split"] for picture in found.values()})
    demand_equal("splits", splits, ["train", "val"])


Pair = tuple[dict[str, Any], Thing]
"""An object as a program gives it, and as it is."""


def paired(found: list[dict[str, Any]], picture: Picture, reading: Reading) -> list[Pair]:
    """Takes for each object the nearest one, and of those as near the one with the nearest mask."""
    expected = [thing for thing in picture.things if reading.crowds or not thing.crowd]
    demand_equal(f"objects in {picture.name}", len(found), len(expected))
    left = list(found)
    pairs = []
    for thing in expected:
        wanted = wanted_edges(thing, reading)
        near = [box for box in left if box["category"] == thing.category]
        near = [box for box in near if boxes.distance(box["edges"], wanted) <= reading.slack]
        if not near:
            raise Failed(f"{picture.name}: no {thing.category} at {wanted}\nthere are {left}")
        best = max(near, key=lambda box: overlap(box, thing)) if len(near) > 1 else near[0]
        left.remove(best)
        pairs.append((best, thing))
    return pairs


def wanted_edges(thing: Thing, reading: Reading) -> boxes.Sides:
    """The edges that a program should give."""
    return reading.rounding(thing.around if reading.around and thing.around else thing.edges)


def overlap(found: dict[str, Any], thing: Thing) -> float:
    """Intersection over union of two masks; 0 where one is missing."""
    if found["mask"] is None or thing.mask is None:
        return 0
    return float(pycocotools.mask.iou([found["mask"]], [thing.mask], [0])[0][0])


def demand_masks(pairs: list[Pair], reading: Reading) -> str:
    """Each mask is the true one, but for pixels that are no farther from it than allowed."""
    allowed = reading.masks or 0
    both = [(found["mask"], thing.mask) for found, thing in pairs if found["mask"] and thing.mask]
    for found, true in both:
        demand_equal("size of a mask", found["size"], list(true["size"]))
        left, right = pycocotools.mask.decode(found), pycocotools.mask.decode(true)
        beyond = int((right & ~grown(left, allowed)).sum())
        if not reading.draws_outlines:
            beyond += int((left & ~grown(right, allowed)).sum())
        demand(not beyond, f"{beyond} pixels of a mask are over {allowed} px from the true one")
    figures = [overlap(found, thing) for found, thing in pairs if found["mask"] and thing.mask]
    mean = sum(figures) / len(figures) if figures else 0
    return f"{len(both)} masks within {allowed} px, mean overlap {mean:.4f}"


def grown(mask: numpy.ndarray, pixels: int) -> numpy.ndarray:
    """A mask with all pixels that are near to one of its."""
    for axis in (0, 1):
        padding = [(pixels, pixels) if side == axis else (0, 0) for side in (0, 1)]
        padded = numpy.pad(mask, padding)
        shifted = [
            padded.take(range(start, start + mask.shape[axis]), axis)
            for start in range(2 * pixels + 1)
        ]
        mask = numpy.maximum.reduce(shifted)
    return mask
