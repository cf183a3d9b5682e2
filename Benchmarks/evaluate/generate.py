"""Generates ground truth and results files of the size of COCO's val2017, from a seed.

    generate.py --into FOLDER [--images 5000] [--detections 100] [--masks]

Boxes have COCO's shares of small, medium and large objects (41, 34 and 25 in a hundred), categories
are as unevenly frequent as COCO's, one object in a hundred is a crowd. Of a hundred detections an
image, those for true objects lie near them, some with another category; the rest is anywhere.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy

CATEGORIES = 80
OBJECTS_AN_IMAGE = 7.2
WIDTH, HEIGHT = 640, 480
CROWD_SHARE = 0.01
SIZE_SHARES = [0.41, 0.34, 0.25]
SIZES = [(6, 32), (32, 96), (96, 320)]
SEED = 20170901


def frequencies() -> numpy.ndarray:
    """The share of each category, falling as a power of its rank."""
    shares = 1 / numpy.arange(1, CATEGORIES + 1) ** 0.9
    return shares / shares.sum()


def random_boxes(random: numpy.random.Generator, count: int) -> numpy.ndarray:
    """[count, 4]: x, y, width and height with COCO's distribution of sizes."""
    kinds = random.choice(3, size=count, p=SIZE_SHARES)
    low, high = numpy.array(SIZES, dtype=float)[kinds].T
    sides = low * (high / low) ** random.random(count)
    ratios = numpy.exp(random.normal(0, 0.4, count))
    wide = numpy.minimum(sides * ratios, WIDTH - 1)
    high = numpy.minimum(sides / ratios, HEIGHT - 1)
    left = random.random(count) * (WIDTH - wide)
    top = random.random(count) * (HEIGHT - high)
    return numpy.round(numpy.stack([left, top, wide, high], axis=1), 2)


def jittered(random: numpy.random.Generator, boxes: numpy.ndarray) -> numpy.ndarray:
    """Boxes near the given ones: some hit them well, others hardly."""
    spread = random.choice([0.03, 0.1, 0.25], size=len(boxes), p=[0.5, 0.3, 0.2])[:, None]
    extents = boxes[:, [2, 3, 2, 3]]
    moved = boxes + random.normal(0, 1, boxes.shape) * spread * extents
    moved[:, 2:] = numpy.maximum(moved[:, 2:], 1)
    return moved


class ImageObjects:
    """The true objects of one image and what a detector might make of them."""

    def __init__(self, random: numpy.random.Generator, shares: numpy.ndarray, count: int) -> None:
        objects = random.poisson(OBJECTS_AN_IMAGE)
        local = random.choice(CATEGORIES, size=min(6, CATEGORIES), p=shares, replace=False)
        self.boxes = random_boxes(random, objects)
        self.categories = local[random.integers(0, 3, objects)]
        self.crowds = random.random(objects) < CROWD_SHARE
        near = numpy.repeat(numpy.arange(objects), random.integers(1, 4, objects))[: count // 2]
        far = count - len(near)
        self.found = numpy.concatenate(
            [jittered(random, self.boxes[near]), random_boxes(random, far)]
        )
        right = random.random(len(near)) < 0.85
        anything = random.choice(CATEGORIES, size=count, p=shares)
        likely = local[random.integers(0, len(local), count)]
        guesses = numpy.where(random.random(count) < 0.7, likely, anything)
        self.guesses = guesses
        self.guesses[: len(near)] = numpy.where(
            right, self.categories[near], guesses[: len(near)]
        )
        scores = numpy.concatenate([random.beta(4, 2, len(near)), random.beta(1, 6, far)])
        order = numpy.argsort(-scores, kind="stable")
        self.found, self.guesses, self.scores = (
            self.found[order],
            self.guesses[order],
            scores[order],
        )


def corners(box: numpy.ndarray, steps: int, depths: numpy.ndarray) -> list[float]:
    """A star-like polygon in a box."""
    x, y, wide, high = box
    angles = numpy.arange(steps) / steps * 2 * numpy.pi
    across = x + wide / 2 * (1 + numpy.cos(angles) * depths)
    down = y + high / 2 * (1 + numpy.sin(angles) * depths)
    return numpy.round(numpy.stack([across, down], axis=1), 2).reshape(-1).tolist()


def run_lengths(box: numpy.ndarray, depths: numpy.ndarray) -> dict:
    """A polygon's mask as pycocotools compresses it."""
    import pycocotools.mask

    ring = corners(box, len(depths), depths)
    mask = pycocotools.mask.frPyObjects([ring], HEIGHT, WIDTH)[0]
    return {"size": mask["size"], "counts": mask["counts"].decode()}


def category_ids() -> list[int]:
    """With gaps, as COCO's are."""
    return [number for number in range(1, 91) if number % 9 != 0][:CATEGORIES]


def generate(images: int, detections: int, masks: bool) -> tuple[dict, list[dict]]:
    """A dataset and the results of a detector on it."""
    random = numpy.random.default_rng(SEED)
    shares = frequencies()
    ids = category_ids()
    image_ids = numpy.sort(random.choice(600_000, size=images, replace=False)) + 1
    annotations, results = [], []
    for image_id in image_ids.tolist():
        objects = ImageObjects(random, shares, detections)
        for box, category, crowd in zip(objects.boxes, objects.categories, objects.crowds):
            record = {
                "id": len(annotations) + 1,
                "image_id": image_id,
                "category_id": ids[category],
                "bbox": [round(float(value), 2) for value in box],
                "area": round(float(box[2] * box[3]), 4),
                "iscrowd": int(crowd),
            }
            depths = 0.6 + 0.4 * random.random(24)
            if masks:
                record["segmentation"] = (
                    run_lengths(box, depths) if crowd else [corners(box, 24, depths)]
                )
                record["area"] = float(numpy.round(box[2] * box[3] * 0.5, 2))
            annotations.append(record)
        for box, category, score in zip(objects.found, objects.guesses, objects.scores):
            record = {"image_id": image_id, "category_id": ids[category]}
            if masks:
                record["segmentation"] = run_lengths(box, 0.6 + 0.4 * random.random(24))
            else:
                record["bbox"] = [round(float(value), 3) for value in box]
            record["score"] = round(float(score), 6)
            results.append(record)
    dataset = {
        "info": {"description": "generated"},
        "images": [
            {"id": number, "file_name": f"{number:012}.jpg", "width": WIDTH, "height": HEIGHT}
            for number in image_ids.tolist()
        ],
        "categories": [{"id": number, "name": f"category {number}"} for number in ids],
        "annotations": annotations,
    }
    return dataset, results


def write(folder: Path, name: str, dataset: dict, results: list[dict]) -> None:
    """Writes `NAME-truth.json` and `NAME-results.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}-truth.json").write_text(json.dumps(dataset))
    (folder / f"{name}-results.json").write_text(json.dumps(results))


def main() -> None:
    """Writes one pair of files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--name", default="bbox")
    parser.add_argument("--images", type=int, default=5_000)
    parser.add_argument("--detections", type=int, default=100)
    parser.add_argument("--masks", action="store_true")
    arguments = parser.parse_args()
    dataset, results = generate(arguments.images, arguments.detections, arguments.masks)
    write(arguments.into, arguments.name, dataset, results)
    print(f"{len(dataset['annotations'])} objects, {len(results)} detections")


if __name__ == "__main__":
    main()
