"""Claims about yolo_mark: Darknet's obj.data, and labels beside their pictures."""

from __future__ import annotations

import functools

import boxes
import readers
from claims import Claim, demand, demand_equal
from conversions import Workspace, all_conversions

PICTURES, COUNTS = 10, {"air": 28, "bird": 7}
ABSENT = "air7.jpg"


def claims(workspace: Workspace) -> list[Claim]:
    """The same boxes by each of the three ways in, and a picture that is listed but not there."""
    conversions = all_conversions(workspace)
    folder = workspace.datasets / "yolo_mark/data/img"

    def reads(name: str) -> str:
        file = workspace.convert(conversions[name]).file()
        data = file.read()
        demand_equal("pictures", len(data["images"]), PICTURES)
        found = boxes.of_coco(data, boxes.path_below(file.folder()))
        demand_equal("boxes by class", boxes.categories(found), COUNTS)
        largest = boxes.demand_same(found, readers.yolo(folder, folder, list(COUNTS)), 1e-9)
        return f"{PICTURES} pictures, {len(found)} boxes, largest difference {largest:.2g} px"

    def absence_is_reported() -> str:
        run = workspace.convert(conversions["mark-data"]).run
        lines = [line.strip() for line in run.messages.splitlines() if ABSENT in line]
        demand(bool(lines), f"expected a message about {ABSENT}, found\n{run.messages}")
        return f"exit status {run.status}, {lines[0]}"

    return [
        Claim("yolo_mark", "obj.data gives the boxes", functools.partial(reads, "mark-data")),
        Claim("yolo_mark", "the folder gives the boxes", functools.partial(reads, "mark-folder")),
        Claim(
            "yolo_mark", "pictures with labels beside them do", functools.partial(reads, "mark-img")
        ),
        Claim("yolo_mark", f"{ABSENT}, listed but absent, is reported", absence_is_reported),
    ]
