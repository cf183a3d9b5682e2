"""What all trainers evaluate: the training pictures of tinycoco, and detections made by a seed.

    python -m evaluated_by.inputs TINYCOCO FOLDER

FOLDER becomes a COCO folder whose val2017 they are. Detections are true objects that were moved,
some of a wrong category, and some of nothing, with scores that tie; masks are moved with their
boxes. Persons have keypoints in a file of their own, which are made up, as the set has none.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy
import pycocotools.mask
from pycocotools.coco import COCO

SEED = 20
POINTS = 17
# More on one picture than the 100 that count.
CROWDED = 130
RESULTS = "results.json"
POINT_RESULTS = "keypoint_results.json"
INSTANCES = "annotations/instances_val2017.json"
PERSONS = "annotations/person_keypoints_val2017.json"
PICTURES = "val2017"

Random = numpy.random.Generator
Record = dict[str, Any]


def truth(folder: Path, name: str = INSTANCES) -> Record:
    """One of the files of true objects."""
    return json.loads((folder / name).read_text())


def results(folder: Path, name: str = RESULTS) -> dict[int, list[Record]]:
    """The detections of each picture, some of which have none."""
    found: dict[int, list[Record]] = {image["id"]: [] for image in truth(folder)["images"]}
    for record in json.loads((folder / name).read_text()):
        found[record["image_id"]].append(record)
    return found


def moved(random: Random, coco: COCO, record: Record) -> Record:
    """A detection near a true object."""
    spread = random.choice([0.02, 0.08, 0.3])
    x, y, width, height = record["bbox"]
    across, down = (random.normal(0, spread, 2) * [width, height]).round().astype(int).tolist()
    factors = 1 + random.normal(0, spread, 2)
    pixels = numpy.roll(coco.annToMask(record), (down, across), (0, 1))
    box = [x + across, y + down, width * abs(factors[0]), height * abs(factors[1])]
    category = record["category_id"]
    if random.random() < 0.1:
        category = int(random.choice(coco.getCatIds()))
    return result(random, record["image_id"], category, box, pixels)


def invented(random: Random, coco: COCO, image: Record) -> Record:
    """A detection of nothing, of a category that is on the picture where there is any."""
    width, height = image["width"], image["height"]
    first = random.random(2) * [width * 0.8, height * 0.8]
    sides = numpy.maximum(random.random(2) * ([width, height] - first), 2)
    pixels = numpy.zeros((height, width), numpy.uint8)
    left, top, right, bottom = [*first.astype(int), *(first + sides).astype(int)]
    pixels[top:bottom, left:right] = 1
    there = [each["category_id"] for each in coco.imgToAnns[image["id"]]] or coco.getCatIds()
    return result(random, image["id"], int(random.choice(there)), [*first, *sides], pixels)


def result(random: Random, image: int, category: int, box: Any, pixels: Any) -> Record:
    """A record of COCO's results; scores have two places, so that many are equal."""
    mask = pycocotools.mask.encode(numpy.asfortranarray(pixels))
    return {
        "image_id": image,
        "category_id": category,
        "bbox": [round(float(number), 2) for number in box],
        "score": round(float(random.beta(2, 2)), 2),
        "segmentation": {"size": mask["size"], "counts": mask["counts"].decode()},
    }


def found(random: Random, coco: COCO) -> list[Record]:
    """All detections."""
    records = []
    for place, image in enumerate(coco.dataset["images"]):
        for record in coco.imgToAnns[image["id"]]:
            if not record["iscrowd"]:
                records += [moved(random, coco, record) for _ in range(random.integers(5))]
        count = CROWDED if place == 3 else int(random.integers(6))
        records += [invented(random, coco, image) for _ in range(count)]
    return records


def persons(random: Random, coco: COCO) -> Record:
    """The persons with keypoints anywhere in their boxes, of some of them none."""
    person = {**coco.loadCats(1)[0], "keypoints": [f"point {each}" for each in range(POINTS)]}
    records = []
    for record in coco.loadAnns(coco.getAnnIds(catIds=[1])):
        x, y, width, height = record["bbox"]
        shown = random.choice([0, 1, 2], POINTS, p=[0.3, 0.2, 0.5])
        if record["iscrowd"] or random.random() < 0.1:
            shown[:] = 0
        places = random.random((POINTS, 2)) * [width, height] + [x, y]
        places[shown == 0] = 0
        table = numpy.column_stack([places.round(2), shown])
        count = int((shown > 0).sum())
        records.append({**record, "keypoints": table.ravel().tolist(), "num_keypoints": count})
    skeleton = [[1, 2], [2, 3]]
    categories = [{**person, "skeleton": skeleton}]
    return {**coco.dataset, "categories": categories, "annotations": records}


def found_persons(random: Random, dataset: Record) -> list[Record]:
    """Detections of persons with keypoints near the true ones."""
    records = []
    for truth in dataset["annotations"]:
        table = numpy.array(truth["keypoints"]).reshape(-1, 3)
        x, y, width, height = truth["bbox"]
        for spread in random.choice([0.01, 0.05, 0.3], random.integers(1, 3)):
            near = table[:, :2] + random.normal(0, spread, (POINTS, 2)) * numpy.sqrt(width * height)
            points = numpy.column_stack([near.round(2), numpy.ones(POINTS)])
            across, down = random.normal(0, spread, 2) * [width, height]
            box = [round(float(number), 2) for number in (x + across, y + down, width, height)]
            records.append(
                {
                    "image_id": truth["image_id"],
                    "category_id": 1,
                    "bbox": box,
                    "keypoints": points.ravel().tolist(),
                    "score": round(float(random.beta(2, 2)), 2),
                }
            )
    return records


def main() -> None:
    """Writes the folder."""
    source, folder = map(Path, sys.argv[1:])
    random = numpy.random.default_rng(SEED)
    coco = COCO(str(source / "annotations/instances_train2017.json"))
    (folder / "annotations").mkdir(parents=True, exist_ok=True)
    if not (folder / PICTURES).exists():
        (folder / PICTURES).symlink_to((source / "images/train2017").resolve())
    points = persons(random, coco)
    for name, content in (
        (INSTANCES, coco.dataset),
        (PERSONS, points),
        (RESULTS, found(random, coco)),
        (POINT_RESULTS, found_persons(random, points)),
    ):
        (folder / name).write_text(json.dumps(content))


if __name__ == "__main__":
    main()
