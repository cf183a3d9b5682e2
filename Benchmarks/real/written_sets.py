"""Claims about sets that other programs write: copra reads them box for box, without a flag."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import pycocotools.mask

import boxes
import consumers
import copra
from claims import Claim, demand, demand_equal
from conversions import COCOFile, Conversion, Workspace
from written_by import truth
from written_by.programs import Programs
from written_by.sets import Written
from written_by.table import SETS

Found = list[tuple[str, dict[str, Any], COCOFile]]
"""The split, the content and the file of each output."""
MASK_TOLERANCE = 2
"""Between a box with fractions and the whole pixels of its mask."""


def claims(workspace: Workspace) -> Iterator[Claim]:
    """Each set is converted and validated as it was written."""
    programs = Programs(workspace.scratch / "written")
    for written in SETS:
        arguments = (workspace, programs, written)
        yield Claim(
            written.program,
            f"{written.name} is read box for box",
            functools.partial(is_read, *arguments),
        )
        yield Claim(
            written.program,
            f"{written.name} has no error that is none",
            functools.partial(is_sound, *arguments),
        )


def is_read(workspace: Workspace, programs: Programs, written: Written) -> str:
    """Splits, pictures, sizes, boxes, classes and outlines are those that were given."""
    source = programs.set_folder(written.program, written.name)
    name = f"{written.program}-{written.name}".replace(" ", "-")
    converted = workspace.convert(Conversion(name, (source,), into_folder=True))
    found: Found = [(split(file, written), file.read(), file) for file in converted.files]
    expected = list(written.pictures())
    demand_equal("splits", sorted(part for part, _, _ in found), sorted(written.splits))
    demand_pictures(found, expected)
    wanted = truth.boxes(expected)
    listed = [box for part, data, _ in found for box in found_boxes(part, data, expected)]
    largest = boxes.demand_same(listed, wanted, written.tolerance)
    demand_classes(found, written)
    figures = f"{len(expected)} pictures, {len(wanted)} boxes, largest difference {largest:.2g} px"
    if written.outlines:
        figures += f", {demand_outlines(found, expected, written)} outlines"
    if written.masks:
        figures += f", {demand_masks(found)} masks"
    return figures


def is_sound(workspace: Workspace, programs: Programs, written: Written) -> str:
    """No rule has errors but those that are true."""
    source = programs.set_folder(written.program, written.name)
    run = copra.run(workspace.binary, ["validate", source, "--format", "json"])
    if run.status not in (0, 1):
        run.expecting(0)
    found = json.loads(run.output)["findings"]
    errors = [finding for finding in found if finding["severity"] == "error"]
    false = [finding for finding in errors if finding["rule"] not in written.errors]
    shown = [f"{f['path']}: {f['message']} [{f['rule']}]" for f in false[:3]]
    demand(not false, "\n".join([f"{len(false)} errors that are none", *shown]))
    run.expecting(1 if errors else 0)
    rules = sorted(finding["rule"] for finding in found)
    counted = [f"{len(list(group))} {rule}" for rule, group in itertools.groupby(rules)]
    return ", ".join(counted) or "none"


def split(file: COCOFile, written: Written) -> str:
    """The split of an output; a set of one split need not name it."""
    name = file.path.stem.removeprefix("instances").removeprefix("_")
    return name or (written.splits[0] if len(written.splits) == 1 else "")


def demand_pictures(found: Found, expected: list[truth.Picture]) -> None:
    """All pictures are there, where copra says, with their sizes."""
    sizes = {}
    for part, data, file in found:
        for image in data["images"]:
            path = file.folder() / image["file_name"]
            demand(path.is_file(), f"no file {path}")
            key = truth.key(part, name(image, expected))
            sizes[key] = (image["width"], image["height"])
    wanted = {truth.key(p.split, p.name): (p.width, p.height) for p in expected}
    differences = sizes.items() ^ wanted.items()
    demand(not differences, f"pictures or sizes in one only: {sorted(differences)}")


def found_boxes(part: str, data: dict[str, Any], expected: list[truth.Picture]) -> list[boxes.Box]:
    """The boxes of an output by split and picture."""
    images = [{**image, "file_name": name(image, expected)} for image in data["images"]]
    return boxes.of_coco({**data, "images": images}, functools.partial(truth.key, part))


def name(image: dict[str, Any], expected: list[truth.Picture]) -> str:
    """What a picture was called when it was given: the longest name that ends its path."""
    parts = PurePosixPath(image["file_name"]).parts
    names = {PurePosixPath(picture.name).parts: picture.name for picture in expected}
    tails = (parts[start:] for start in range(len(parts)))
    return next((names[tail] for tail in tails if tail in names), image["file_name"])


def demand_classes(found: Found, written: Written) -> None:
    """The classes are in their order where they are listed; nowhere is one that was not given."""
    for part, data, _ in found:
        names = [category["name"] for category in data["categories"]]
        if written.lists_classes:
            demand_equal(f"classes of {part}", names, list(truth.CLASSES))
        further = set(names).difference(truth.CLASSES, [written.one_class])
        demand(not further, f"classes that were not given: {sorted(further)}")


def demand_outlines(found: Found, expected: list[truth.Picture], written: Written) -> int:
    """Each outline is there point for point; how many there are."""
    notes = itertools.chain.from_iterable(data["annotations"] for _, data, _ in found)
    listed = [opened(ring) for note in notes for ring in note["segmentation"]]
    wanted = [thing.outline for p in expected for thing in p.things if thing.outline]
    for outline in wanted:
        same = [ring for ring in listed if len(ring) == len(outline)]
        distances = [boxes.distance(tuple(ring), outline) for ring in same]
        nearest = min(distances, default=float("inf"))
        demand(nearest <= written.tolerance, f"no outline {outline}; nearest {nearest} px away")
    return len(wanted)


def demand_masks(found: Found) -> int:
    """Each object has a mask that lies in its box; how many there are."""
    count = 0
    for _, _, file in found:
        coco = consumers.load(file.path)
        for note in coco.anns.values():
            demand(bool(note.get("segmentation")), f"no mask for the object {note['id']}")
            sides = tuple(pycocotools.mask.toBbox(coco.annToRLE(note)).tolist())
            is_its_own = boxes.distance(sides, tuple(note["bbox"])) <= MASK_TOLERANCE
            demand(is_its_own, f"the mask at {sides} belongs to the object at {note['bbox']}")
            count += 1
    return count


def opened(ring: list[float]) -> list[float]:
    """A ring without its last point where that is the first once more."""
    return ring[:-2] if ring[:2] == ring[-2:] else ring
