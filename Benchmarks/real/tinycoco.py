"""Claims about tinycoco: COCO to COCO loses nothing, and areas are pycocotools'."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import consumers
import differences
from claims import Claim, demand, demand_equal
from conversions import Conversion, Workspace, all_conversions


def claims(workspace: Workspace) -> list[Claim]:
    """For each split alone, and for both at once."""
    conversions = all_conversions(workspace)
    source = workspace.datasets / "tinycoco/annotations"

    def keeps_everything(conversion: str, split: str, name: str = "") -> str:
        found = workspace.convert(conversions[conversion]).file(name).read()
        expected = json.loads((source / f"instances_{split}.json").read_bytes())
        for noted in ("generator", "image_folder"):
            demand(found["info"].pop(noted, None) is not None, f"info has no {noted}")
        difference = differences.first(differences.by_id(found), differences.by_id(expected))
        demand(difference is None, f"{difference}")
        values = sum(len(note) for note in expected["annotations"])
        counts = (len(expected[key]) for key in ("images", "annotations", "categories"))
        return "{} images, {} annotations, {} categories, {:,} values of annotations".format(
            *counts, values
        )

    def areas(split: str) -> str:
        original = source / f"instances_{split}.json"
        copy = without_areas(original, workspace.scratch / "without-areas" / original.name)
        pictures = source.parent / "images" / split
        conversion = Conversion(f"tiny-areas-{split}", (copy, "--images", pictures))
        found = consumers.areas(workspace.convert(conversion).file().path)
        expected = consumers.mask_areas(original)
        demand_equal("annotations", found.keys(), expected.keys())
        wrong = [
            f"annotation {key}: expected {expected[key]}, found {found[key]}"
            for key in expected
            if found[key] != expected[key]
        ]
        lines = "\n".join(wrong[:5])
        demand(not wrong, f"{len(wrong)} of {len(expected)} areas differ\n{lines}")
        return f"{len(expected)} areas, {sum(expected.values()):,.0f} px in all"

    listed = []
    for split in ("train2017", "val2017"):
        alone = f"tiny-{split.removesuffix('2017')}"
        name = f"instances_{split}.json"
        listed += [
            Claim(
                "tinycoco",
                f"{split} keeps every key and value",
                functools.partial(keeps_everything, alone, split),
            ),
            Claim(
                "tinycoco",
                f"{split} keeps them beside the other split",
                functools.partial(keeps_everything, "tiny-both", split, name),
            ),
            Claim("tinycoco", f"{split}'s areas are pycocotools'", functools.partial(areas, split)),
        ]
    return listed


def without_areas(original: Path, copy: Path) -> Path:
    """Writes a copy of a COCO file whose annotations have no `area`."""
    data = json.loads(original.read_bytes())
    for note in data["annotations"]:
        del note["area"]
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(json.dumps(data))
    return copy
