"""A COCO file with faults planted into it: odd boxes, and records with other faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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
