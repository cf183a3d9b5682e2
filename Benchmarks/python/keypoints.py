"""Generates persons with keypoints, and what a detector finds of them, on the boxes of generate.py.

keypoints.py --into FOLDER [--images 5000] [--detections 20]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "evaluate"))

import generate  # noqa: E402

POINTS = 17


def points(random: numpy.random.Generator, box: list[float], seen: float) -> list[float]:
    """x, y and visibility of each keypoint, anywhere in a box; the unseen ones are at 0."""
    x, y, wide, high = box
    places = random.random((POINTS, 2)) * [wide, high] + [x, y]
    visible = random.choice([0, 1, 2], size=POINTS, p=[1 - seen, seen / 4, seen * 3 / 4])
    places[visible == 0] = 0
    return numpy.round(numpy.column_stack([places, visible]), 2).ravel().tolist()


def moved(random: numpy.random.Generator, truth: list[float], box: list[float]) -> list[float]:
    """Keypoints near the true ones."""
    table = numpy.array(truth).reshape(-1, 3)
    spread = random.choice([0.02, 0.08, 0.3])
    table[:, :2] += random.normal(0, spread, (POINTS, 2)) * numpy.sqrt(box[2] * box[3])
    table[:, 2] = 1
    return numpy.round(table, 2).ravel().tolist()


def main() -> None:
    """Writes one pair of files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--name", default="keypoints")
    parser.add_argument("--images", type=int, default=5_000)
    parser.add_argument("--detections", type=int, default=20)
    arguments = parser.parse_args()
    random = numpy.random.default_rng(generate.SEED)
    dataset, results = generate.generate(arguments.images, arguments.detections, False)
    dataset["categories"] = [{"id": 1, "name": "person"}]
    by_image: dict[int, list[dict]] = {}
    for record in dataset["annotations"]:
        record["category_id"] = 1
        record["keypoints"] = points(random, record["bbox"], random.choice([0, 0.5, 0.9]))
        record["num_keypoints"] = sum(each > 0 for each in record["keypoints"][2::3])
        by_image.setdefault(record["image_id"], []).append(record)
    for record in results:
        box = record.pop("bbox")
        record["category_id"] = 1
        near = by_image.get(record["image_id"], [])
        if near and random.random() < 0.6:
            truth = near[random.integers(len(near))]
            record["keypoints"] = moved(random, truth["keypoints"], truth["bbox"])
        else:
            record["keypoints"] = points(random, box, 1)
    generate.write(arguments.into, arguments.name, dataset, results)


if __name__ == "__main__":
    main()
