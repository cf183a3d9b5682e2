"""Makes evaluations.jsonl: small generated sets, odd in many ways, and what pycocotools makes of them.

    python make_evaluations.py            # needs pycocotools==2.0.11 and numpy

One JSON object a line: `truth` and `results` as files hold them, the settings, `stats`, and a digest
of the bits of precision, recall and scores (FNV-1a over the words of 64 bits, in C order).
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import random
from pathlib import Path

import numpy
import pycocotools.mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

KINDS = ["bbox"] * 6 + ["segm"] * 3 + ["keypoints"]
SETS = 200
ODDITIES = [
    "plain",
    "no truth",
    "no detections",
    "all crowd",
    "equal scores",
    "many detections",
    "zero areas",
    "duplicate ids",
    "empty categories",
    "one image",
    "id zero",
    "unknown categories",
    "other settings",
    "equal overlaps",
    "boxes beside masks",
    "unsorted ids",
]
WIDTH, HEIGHT = 120, 90
SIGMAS = 17


def digest(array: numpy.ndarray) -> str:
    """FNV-1a over the doubles' bits."""
    value = 0xCBF29CE484222325
    for word in numpy.ascontiguousarray(array).view("u8").reshape(-1).tolist():
        value = ((value ^ word) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


class Maker:
    """Makes the records of one set."""

    def __init__(self, seed: int, kind: str, oddity: str, images: int | None = None) -> None:
        self.chance = random.Random(seed)
        self.kind, self.oddity = kind, oddity
        is_small = oddity in ("one image", "many detections")
        images = images or (1 if is_small else self.chance.randint(2, 5))
        self.image_ids = self.chance.sample(range(1, 50), images)
        if oddity != "unsorted ids":
            self.image_ids.sort()
        self.category_ids = self.chance.sample(range(0, 20), self.chance.randint(1, 3))
        if oddity == "many detections":
            del self.category_ids[1:]
        self.truth = self.make_truth()
        self.results = [] if oddity == "no detections" else self.make_results()
        self.settings = self.make_settings() if oddity == "other settings" else None

    def box(self) -> list[float]:
        """Anywhere, whole or fractional."""
        digits = self.chance.choice([0, 1])
        wide, high = self.chance.uniform(2, 110), self.chance.uniform(2, 85)
        left, top = self.chance.uniform(0, WIDTH - wide), self.chance.uniform(0, HEIGHT - high)
        box = [round(value, digits) for value in (left, top, wide, high)]
        if self.oddity == "zero areas" and self.chance.random() < 0.3:
            box[self.chance.choice([2, 3])] = 0
        return box

    def near(self, box: list[float]) -> list[float]:
        """A box that overlaps the given one much or hardly."""
        if self.chance.random() < (0.6 if self.oddity == "equal overlaps" else 0.15):
            return list(box)
        spread = self.chance.choice([0.02, 0.1, 0.3])
        moved = [
            value + self.chance.gauss(0, spread) * max(box[2 + index % 2], 1)
            for index, value in enumerate(box)
        ]
        return [round(moved[0], 2), round(moved[1], 2), *(round(max(v, 0), 2) for v in moved[2:])]

    def polygon(self, box: list[float]) -> list[list[float]]:
        """A diamond with its corners cut."""
        x, y, wide, high = box
        across = [0.3, 0.7, 1, 1, 0.7, 0.3, 0, 0]
        down = [0, 0, 0.3, 0.7, 1, 1, 0.7, 0.3]
        return [[round(v, 2) for a, d in zip(across, down) for v in (x + a * wide, y + d * high)]]

    def run_lengths(self, box: list[float], compressed: bool = True, size: tuple = (HEIGHT, WIDTH)):
        """The polygon's mask."""
        mask = pycocotools.mask.frPyObjects(self.polygon(box), *size)[0]
        if compressed:
            return {"size": list(size), "counts": mask["counts"].decode()}
        pixels = pycocotools.mask.decode(mask).T.reshape(-1)
        changes = numpy.flatnonzero(numpy.diff(numpy.concatenate([[0], pixels])))
        edges = numpy.concatenate([[0], changes, [len(pixels)]])
        return {"size": list(size), "counts": numpy.diff(edges).tolist()}

    def keypoints(self, box: list[float], unlabelled: bool) -> list[float]:
        """Anywhere in the box."""
        points: list[float] = []
        for _ in range(SIGMAS):
            seen = 0 if unlabelled else self.chance.choice([0, 1, 2, 2])
            points += [
                round(box[0] + self.chance.random() * box[2], 1),
                round(box[1] + self.chance.random() * box[3], 1),
                seen,
            ]
        return points

    def make_truth(self) -> dict:
        """A dataset."""
        annotations = []
        crowd_share = 1 if self.oddity == "all crowd" else 0.12
        for image_id in self.image_ids:
            for _ in range(0 if self.oddity == "no truth" else self.chance.randint(0, 5)):
                annotations.append(self.annotation(image_id, crowd_share))
        numbers = list(range(1, len(annotations) + 1))
        if self.oddity == "unsorted ids":
            self.chance.shuffle(numbers)
        for number, note in zip(numbers, annotations):
            note["id"] = number
        if annotations and self.oddity == "id zero":
            annotations[0]["id"] = 0
        if len(annotations) > 2 and self.oddity == "duplicate ids":
            annotations[0]["id"] = annotations[-1]["id"]
            annotations[1]["id"] = annotations[-1]["id"]
        further = 40 if self.oddity == "empty categories" else None
        ids = self.category_ids + ([further] if further else [])
        return {
            "images": [
                {"id": number, "file_name": f"{number}.png", "width": WIDTH, "height": HEIGHT}
                for number in self.image_ids
            ],
            "categories": [{"id": number, "name": f"c{number}"} for number in ids],
            "annotations": annotations,
        }

    def annotation(self, image_id: int, crowd_share: float) -> dict:
        """One true object."""
        box = self.box()
        note = {
            "id": 0,
            "image_id": image_id,
            "category_id": self.chance.choice(self.category_ids),
            "bbox": box,
            "area": round(box[2] * box[3] * self.chance.choice([1, 0.6]), 2),
            "iscrowd": int(self.chance.random() < crowd_share),
        }
        # Exactly on the edges of the ranges, which belong to both.
        note["area"] = self.chance.choice([note["area"]] * 8 + [1024, 9216])
        if self.kind == "segm":
            form = self.chance.choice(["polygon", "compressed", "list"])
            note["segmentation"] = (
                self.polygon(box)
                if form == "polygon"
                else self.run_lengths(box, form == "compressed")
            )
        if self.kind == "keypoints":
            note["keypoints"] = self.keypoints(box, self.chance.random() < 0.2)
            note["num_keypoints"] = sum(seen > 0 for seen in note["keypoints"][2::3])
            if self.chance.random() < 0.15:
                note["num_keypoints"] = 3
        return note

    def make_results(self) -> list[dict]:
        """A list of detections."""
        found = []
        truths = self.truth["annotations"]
        most = 220 if self.oddity == "many detections" else 8
        for image_id in self.image_ids:
            here = [note for note in truths if note["image_id"] == image_id]
            for _ in range(self.chance.randint(most // 2, most)):
                if here and self.chance.random() < 0.7:
                    note = self.chance.choice(here)
                    found.append(self.detection(image_id, note))
                else:
                    found.append(self.detection(image_id, None))
        if self.oddity == "unsorted ids":
            self.chance.shuffle(found)
        return found

    def detection(self, image_id: int, note: dict | None) -> dict:
        """One detection, near a true object or anywhere."""
        box = self.near(note["bbox"]) if note else self.box()
        digits = 1 if self.oddity == "equal scores" else 4
        record = {
            "image_id": image_id,
            "category_id": (
                note["category_id"]
                if note and self.chance.random() < 0.85
                else self.chance.choice(self.category_ids)
            ),
            "score": round(self.chance.random(), digits),
        }
        if self.oddity == "unknown categories" and self.chance.random() < 0.3:
            record["category_id"] = 77
        if self.kind == "bbox" or self.oddity == "boxes beside masks":
            record["bbox"] = box
        if self.kind == "segm":
            # Masks of another size overlap nothing, as pycocotools has it.
            size = (HEIGHT + 5, WIDTH) if self.chance.random() < 0.05 else (HEIGHT, WIDTH)
            record["segmentation"] = self.run_lengths(box, size=size)
            if "bbox" in record and self.chance.random() < 0.5:
                del record["segmentation"]
        if self.kind == "keypoints":
            points = self.keypoints(box, unlabelled=False)
            if note and note["num_keypoints"]:
                spread = self.chance.choice([0, 0.5, 3])
                points = [
                    round(value + self.chance.gauss(0, spread), 1) if index % 3 < 2 else value
                    for index, value in enumerate(note["keypoints"])
                ]
            record["keypoints"] = points
        return record

    def make_settings(self) -> dict:
        """Settings of the user's."""
        limits = {"keypoints": [20]}.get(self.kind, [2, 5, self.chance.choice([7, 100])])
        return {
            "iou_thresholds": [0.3, 0.5, 0.61, 0.75, 1.0],
            "maximum_detections": limits,
            "areas": [["all", 0, 1e10], ["tiny", 0, 200], ["medium", 200, 3000]],
        }


def evaluate(maker: Maker) -> COCOeval:
    """What pycocotools makes of a set."""
    truth = COCO()
    truth.dataset = copy.deepcopy(maker.truth)
    truth.createIndex()
    if maker.results:
        found = truth.loadRes(copy.deepcopy(maker.results))
    else:
        found = COCO()
        found.dataset = {**copy.deepcopy(maker.truth), "annotations": []}
        found.createIndex()
    evaluation = COCOeval(truth, found, maker.kind)
    if settings := maker.settings:
        evaluation.params.iouThrs = numpy.array(settings["iou_thresholds"])
        evaluation.params.maxDets = settings["maximum_detections"]
        evaluation.params.areaRng = [area[1:] for area in settings["areas"]]
        evaluation.params.areaRngLbl = [area[0] for area in settings["areas"]]
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    return evaluation


def line(number: int) -> dict:
    """One set with its figures."""
    kind = KINDS[number % len(KINDS)]
    oddity = ODDITIES[number // len(KINDS) % len(ODDITIES)]
    maker = Maker(number, kind, oddity)
    with contextlib.redirect_stdout(io.StringIO()):
        evaluation = evaluate(maker)
    return {
        "name": f"{kind} {number}: {oddity}",
        "iou_type": kind,
        "settings": maker.settings,
        "truth": maker.truth,
        "results": maker.results,
        "stats": [float(value) for value in evaluation.stats],
        **{
            name: digest(evaluation.eval[name]) for name in ("precision", "recall", "scores")
        },
    }


def main() -> None:
    """Writes the fixture."""
    path = Path(__file__).with_name("evaluations.jsonl")
    with path.open("w") as file:
        for number in range(SETS):
            file.write(json.dumps(line(number), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
