"""Claims about exports: COCO to another format and back gives the same boxes."""

from __future__ import annotations

import functools
from pathlib import Path

import boxes
import copra
from claims import Claim, demand_equal
from conversions import COCOFile, Conversion, Workspace, all_conversions
from every_output import contents, demand_same_files

FORMATS = ("voc", "yolo", "csv")
ORIGINS = ("raccoon-voc", "okra", "mark-img", "tiny-train", "tiny-val", "sample-masks")
TOLERANCE = 1e-6


def claims(workspace: Workspace) -> list[Claim]:
    """Each format for each of the datasets."""
    conversions = all_conversions(workspace)
    listed = []
    for origin in ORIGINS:
        for form in FORMATS:
            listed.append(
                Claim(
                    "round trip",
                    f"{origin} to {form} and back keeps boxes and classes",
                    functools.partial(there_and_back, workspace, conversions[origin], form),
                )
            )
    return listed


def there_and_back(workspace: Workspace, origin: Conversion, form: str) -> str:
    """Pictures, their sizes, boxes and classes after the way back, against those before."""
    before = workspace.convert(origin).file()
    exported = export(workspace, before, form, "2")
    demand_same_files(
        contents(export(workspace, before, form, "1")), contents(exported), "1 thread"
    )
    source = exported / "annotations.csv" if form == "csv" else exported
    back = Conversion(
        f"{origin.name}-{form}-back", (source, "--from", form, "--images", before.folder())
    )
    after = workspace.convert(back).file()
    demand_equal("pictures and sizes", sizes(after), sizes(before))
    found, expected = boxes_of(after), boxes_of(before)
    largest = boxes.demand_same(found, expected, TOLERANCE)
    classes = len(boxes.categories(expected))
    return (
        f"{len(sizes(before))} pictures, {len(expected)} boxes of {classes} classes, "
        f"largest difference {largest:.2g} px"
    )


def export(workspace: Workspace, file: COCOFile, form: str, threads: str) -> Path:
    """Writes a COCO file in another format; the folder."""
    target = workspace.scratch / f"exports-{threads}" / file.name / form
    target.parent.mkdir(parents=True, exist_ok=True)
    arguments: list[str | Path] = ["convert", file.path, "--images", file.folder(), "--to", form]
    arguments += ["--threads", threads, "-o", target]
    copra.run(workspace.binary, arguments).expecting(0)
    return target


def sizes(file: COCOFile) -> dict[str, tuple[int, int]]:
    """The size of each picture by its whole path."""
    name = boxes.path_below(file.folder())
    images = file.read()["images"]
    return {name(image["file_name"]): (image["width"], image["height"]) for image in images}


def boxes_of(file: COCOFile) -> list[boxes.Box]:
    """A file's boxes by the whole paths of their pictures."""
    return boxes.of_coco(file.read(), boxes.path_below(file.folder()))
