"""Claims about the project's samples: four formats of the same objects."""

from __future__ import annotations

import collections
import dataclasses
import functools
import json
from typing import Any

import boxes
import consumers
from claims import Claim, demand_equal
from conversions import Workspace, all_conversions

TOLERANCE = 1e-6
WITHOUT_OBJECTS = "scene9.jpg"


def claims(workspace: Workspace) -> list[Claim]:
    """Each format gives the boxes of the truth, and masks their run lengths too."""
    conversions = all_conversions(workspace)
    truth = workspace.samples / "expected.json"

    def expected() -> dict[str, Any]:
        return json.loads(truth.read_bytes())

    def gives_boxes(form: str) -> str:
        files = [file.read() for file in workspace.convert(conversions[f"sample-{form}"]).files]
        names = sorted(boxes.file_name(i["file_name"]) for data in files for i in data["images"])
        wanted = {image["file_name"] for image in expected()["images"]}
        # A table with a row an object cannot say that there is a picture without any.
        wanted -= {WITHOUT_OBJECTS} if form == "csv" else set()
        demand_equal("pictures", names, sorted(wanted))
        if form != "masks":
            for data in files:
                demand_equal("categories", categories(data), categories(expected()))
        found = [box for data in files for box in boxes.of_coco(data, boxes.file_name)]
        truths = boxes.of_coco(expected())
        if form == "masks":
            found, truths = of_one_class(found), of_one_class(truths)
        largest = boxes.demand_same(found, truths, TOLERANCE)
        counts = ", ".join(f"{count} {name}" for name, count in boxes.categories(found).items())
        return f"{len(names)} pictures, {counts}, largest difference {largest:.2g} px"

    def gives_masks() -> str:
        file = workspace.convert(conversions["sample-masks"]).file()
        found, wanted = (consumers.run_lengths(path) for path in (file.path, truth))
        demand_equal("pictures with masks", sorted(found), sorted(wanted))
        for name in wanted:
            counts = [collections.Counter(masks[name]) for masks in (found, wanted)]
            demand_equal(f"run lengths in {name}", *counts)
        return f"{sum(map(len, wanted.values()))} masks, run for run"

    forms = {"voc": "VOC", "yolo": "YOLO", "csv": "CSV", "masks": "masks"}
    return [
        *(
            Claim(
                "samples",
                f"{title} gives the boxes of expected.json",
                functools.partial(gives_boxes, form),
            )
            for form, title in forms.items()
        ),
        Claim("samples", "masks give the masks of expected.json", gives_masks),
    ]


def categories(data: dict[str, Any]) -> list[tuple[int, str]]:
    """Ids and names in their order."""
    return [(category["id"], category["name"]) for category in data["categories"]]


def of_one_class(listed: list[boxes.Box]) -> list[boxes.Box]:
    """The boxes with their classes forgotten."""
    return [dataclasses.replace(box, category="object") for box in listed]
