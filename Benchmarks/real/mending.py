"""Claims about faults planted into a COCO file: what torchvision refuses, and what fixes make of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import consumers
import copra
from claims import Claim, demand, demand_equal
from conversions import Workspace
from validation import validate

WIDTH, HEIGHT = 64, 48
SLIVER = "half a pixel wide"
"""torchvision leaves it out of training, and nobody can tell what it should have been."""
BOXES = {
    "sound": [10, 10, 20, 12],
    "corners sorted wrong, x": [30, 10, -20, 12],
    "corners sorted wrong, y": [10, 30, 20, -12],
    "no width": [10, 10, 0, 12],
    "no height": [10, 10, 20, 0],
    "past the edge": [50, 40, 20, 12],
    "outside": [70, 10, 20, 12],
    SLIVER: [10, 10, 0.5, 12],
    "sound, too": [5, 5, 30, 30],
}
REFUSED_RULES = {"inverted-box", "zero-area-box", "non-finite-box"}


def planted() -> dict[str, Any]:
    """A picture for each box, and at the end records with other faults."""
    images = [
        {"id": number, "file_name": f"{number}.png", "width": WIDTH, "height": HEIGHT}
        for number in range(1, len(BOXES) + 5)
    ]
    notes = [
        annotation(number, box, area=abs(box[2] * box[3]))
        for number, box in enumerate(BOXES.values(), start=1)
    ]
    ring = [10, 10, 30, 10, 30, 22, 10, 22]
    box, first = [10, 10, 20, 12], len(BOXES) + 1
    notes += [
        {**annotation(first, box), "segmentation": [ring, [1, 1, 2, 2]]},
        {**annotation(first + 1, box, area=999), "segmentation": [ring]},
        {**annotation(first + 2, box), "iscrowd": 7},
        {**annotation(first + 3, box), "id": 1},
        {**annotation(first + 4, box), "image_id": 999},
        {**annotation(first + 5, box), "image_id": 1, "category_id": 99},
    ]
    categories = [{"id": 1, "name": "crab"}, {"id": 2, "name": "palm"}]
    return {"images": images, "annotations": notes, "categories": categories}


def annotation(number: int, box: list[float], area: float = 240) -> dict[str, Any]:
    """An object of the first class on the picture of its number."""
    keys = {"id": number, "image_id": number, "category_id": 1, "iscrowd": 0}
    return {**keys, "bbox": box, "area": area}


def write(path: Path, data: dict[str, Any]) -> Path:
    """Writes a file whose folder may be missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1))
    return path


def claims(workspace: Workspace) -> list[Claim]:
    """Boxes alone against torchvision, all faults against pycocotools."""
    folder = workspace.scratch / "mending"

    def refuses_the_same() -> str:
        data = planted()
        data["annotations"] = data["annotations"][: len(BOXES)]
        path = write(folder / "boxes.json", data)
        training = consumers.torchvision_refusals(path)
        found = validate(workspace, [path, "--for", "torchvision"], status=1).listed
        lines = path.read_text().splitlines()
        ids = [
            boxes_id(lines, finding["line"])
            for finding in found
            if finding["rule"] in REFUSED_RULES
        ]
        demand_equal("ids that cannot be trained on", sorted(ids), training["refused"])
        names = [list(BOXES)[number - 1] for number in training["refused"]]
        return f"{len(ids)} of {len(BOXES)}: {', '.join(names)} (torchvision {training['version']})"

    def mended_file_is_sound() -> str:
        data = planted()
        sliver = list(BOXES).index(SLIVER) + 1
        data["annotations"] = [note for note in data["annotations"] if note["id"] != sliver]
        path, target = write(folder / "all.json", data), folder / "mended.json"
        before = path.read_bytes()
        fixes = ["--fix", "--unsafe-fixes", "--no-image-checks", "-o", target, "--force"]
        run = copra.run(workspace.binary, ["validate", path, *fixes])
        demand(run.status in (0, 1), f"exit status {run.status}\n{run.messages}")
        demand(path.read_bytes() == before, "the input was changed")
        for consumer in ("pycocotools", "torchvision"):
            rest = validate(workspace, [target, "--for", consumer])
            demand_equal(f"left for {consumer}", rest.of("error", "warning"), [])
        truth = consumers.load(target)
        demand_equal("AP of the file's own boxes", consumers.average_precision(truth, "bbox"), 1.0)
        return f"{len(data['annotations'])} annotations, {len(truth.anns)} after fixes, AP 1.000"

    return [
        Claim("mending", "torchvision refuses the boxes that copra says", refuses_the_same),
        Claim("mending", "pycocotools loads what fixes make", mended_file_is_sound),
    ]


def boxes_id(lines: list[str], line: int) -> int:
    """The id of the annotation in which a line of an indented file stands; ids come first."""
    text = next(text for text in reversed(lines[:line]) if text.startswith('   "id":'))
    return int(text.split(":")[1].rstrip(", "))
