"""A set that is drawn by chance: ties between scores, crowds, masks, pictures without objects."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

PICTURES, CATEGORIES = 300, 7
DETECTION = (
    "image_id long, category_id long, bbox array<double>, score double, "
    "segmentation array<array<double>>"
)


class Set:
    def __init__(self, folder: Path) -> None:
        draw = random.Random(3)
        self.folder = folder
        pictures, objects, self.detections = [], [], []
        for image in draw.sample(range(1, 10 * PICTURES), PICTURES):
            name = f"{image} “é”.jpg" if image % 50 == 0 else f"{image}.jpg"
            pictures.append({"id": image, "file_name": name, "width": 200, "height": 150})
            for _ in range(draw.choice((0, 1, 3, 9))):
                box = [draw.randint(0, 100), draw.uniform(0, 80), draw.uniform(2, 90), 60.0]
                objects.append(
                    {
                        "id": len(objects) + 1,
                        "image_id": image,
                        "category_id": draw.randint(1, CATEGORIES) * 3,
                        "bbox": box,
                        "segmentation": outline(box),
                        "area": box[2] * box[3],
                        "iscrowd": 0,
                        **(
                            {"colour": 'a "b" ü', "deep": {"x": [1.5, None]}}
                            if image % 7 == 0
                            else {}
                        ),
                    }
                )
        for each in objects:
            for _ in range(draw.choice((0, 1, 2, 4))):
                box = [max(0.0, edge + draw.gauss(0, 4)) for edge in each["bbox"]]
                self.detections.append(
                    {
                        "image_id": each["image_id"],
                        "category_id": each["category_id"],
                        "bbox": box,
                        "score": round(draw.random(), 1),
                        "segmentation": outline(box),
                    }
                )
        self.categories = [
            {"id": 3 * each, "name": f"c{each}"} for each in range(1, CATEGORIES + 1)
        ]
        self.document: dict[str, Any] = {
            "info": {"year": 2026},
            "licenses": [],
            "images": pictures,
            "annotations": objects,
            "categories": self.categories,
        }
        self.truth = folder / "truth.json"
        self.truth.write_text(json.dumps(self.document))
        self.ordered = folder / "ordered.json"
        by_id = sorted(pictures, key=lambda each: int(each["id"]))
        self.ordered.write_text(json.dumps({**self.document, "images": by_id}))
        self.results = folder / "results.json"
        self.results.write_text(json.dumps(self.detections))
        self.result_lines = folder / "results.jsonl"
        self.result_lines.write_text("".join(json.dumps(each) + "\n" for each in self.detections))
        self.lines = folder / "lines"
        self.lines.mkdir()
        self.write_lines()

    def write_lines(self) -> None:
        """The pictures in two files of lines, which both begin with the categories."""
        about = {key: self.document[key] for key in ("info", "licenses", "categories")}
        own: dict[int, list[Any]] = {}
        for each in self.document["annotations"]:
            own.setdefault(each["image_id"], []).append(each)
        lines = [
            json.dumps({**each, "annotations": own.get(each["id"], [])}, ensure_ascii=False) + "\n"
            for each in self.document["images"]
        ]
        for number, half in enumerate((lines[:140], lines[140:])):
            text = json.dumps(about) + "\n" + "".join(half)
            (self.lines / f"{number}.jsonl").write_text(text)


def outline(box: list[float]) -> list[list[float]]:
    x, y, width, height = box
    return [[x, y, x + width, y, x + width, y + height, x, y + height]]
