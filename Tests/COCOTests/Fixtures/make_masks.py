"""Writes masks.json beside this file: what pycocotools 2.0.11 makes of masks, rings and boxes.

    pip install pycocotools==2.0.11 numpy && python make_masks.py
"""

import itertools
import json
import pathlib
import random

import numpy
from pycocotools import mask as reference

random.seed(20)
generator = numpy.random.default_rng(20)


def encode(dense):
    return reference.encode(numpy.asfortranarray(dense.astype(numpy.uint8)))


def runs(dense):
    flat = dense.flatten(order="F")
    counts = [0] if flat.size and flat[0] else []
    counts += [len(list(group)) for _, group in itertools.groupby(flat)]
    return counts or [0]


def blob(height, width):
    y, x = numpy.mgrid[:height, :width]
    dense = numpy.zeros((height, width), dtype=bool)
    for _ in range(random.randint(1, 4)):
        cy, cx = random.uniform(0, height), random.uniform(0, width)
        ry, rx = random.uniform(1, height / 2), random.uniform(1, width / 2)
        dense ^= ((y - cy) / ry) ** 2 + ((x - cx) / rx) ** 2 < 1
    return dense


def dense_masks():
    yield numpy.zeros((7, 9), dtype=bool)
    yield numpy.ones((7, 9), dtype=bool)
    for shape in [(1, 1), (1, 13), (13, 1), (2, 70), (70, 2)]:
        yield numpy.ones(shape, dtype=bool)
        yield generator.random(shape) < 0.5
    for y, x in [(0, 0), (6, 0), (0, 8), (6, 8), (3, 4)]:
        single = numpy.zeros((7, 9), dtype=bool)
        single[y, x] = True
        yield single
    for edge in [numpy.s_[0], numpy.s_[-1], numpy.s_[:, 0], numpy.s_[:, -1], numpy.s_[:, 3:5]]:
        side = numpy.zeros((7, 9), dtype=bool)
        side[edge] = True
        yield side
    yield numpy.indices((8, 8)).sum(axis=0) % 2 == 0
    for density in [0.02, 0.1, 0.5, 0.9, 0.98]:
        for shape in [(12, 17), (33, 40), (5, 70)]:
            yield generator.random(shape) < density
    for _ in range(40):
        yield blob(random.randint(3, 40), random.randint(3, 70))
    yield blob(300, 400)


def mask_case(dense):
    rle = encode(dense)
    return {
        "height": dense.shape[0], "width": dense.shape[1],
        "pixels": "".join(str(int(bit)) for bit in dense.flatten()) if dense.size < 4000 else "",
        "counts": runs(dense), "compressed": rle["counts"].decode(),
        "area": int(reference.area(rle)), "box": reference.toBbox(rle).tolist(),
    }


def ring(kind, height, width):
    corners = random.randint(3, 14)
    if kind == "inside":
        points = [(random.uniform(0, width), random.uniform(0, height)) for _ in range(corners)]
    elif kind == "whole":
        points = [(random.randint(0, width), random.randint(0, height)) for _ in range(corners)]
    elif kind == "outside":
        points = [
            (random.uniform(-width, 2 * width), random.uniform(-height, 2 * height))
            for _ in range(corners)]
    elif kind == "hundredths":
        cx, cy = random.uniform(0, width), random.uniform(0, height)
        radius = random.uniform(1, max(height, width))
        angles = sorted(random.uniform(0, 6.283) for _ in range(corners))
        points = [
            (round(cx + radius * float(numpy.cos(a)), 2), round(cy + radius * float(numpy.sin(a)), 2))
            for a in angles]
    elif kind == "tenths":
        points = [
            (random.randint(0, 10 * width) / 10, random.randint(0, 10 * height) / 10)
            for _ in range(corners)]
    elif kind == "tiny":
        x, y = random.uniform(0, width), random.uniform(0, height)
        points = [(x + random.uniform(-1, 1), y + random.uniform(-1, 1)) for _ in range(corners)]
    elif kind == "steep":
        points = [(random.uniform(0, width), random.uniform(-9000, 9000)) for _ in range(corners)]
    elif kind == "far":
        points = [(random.uniform(-9e4, 9e4), random.uniform(-9e4, 9e4)) for _ in range(corners)]
    return [float(number) for point in points for number in point]


KINDS = ["inside", "whole", "outside", "hundredths", "tenths", "tiny", "steep", "far"]
DEGENERATE = [
    [], [3.0, 4.0], [3.0, 4.0, 9.0, 9.0], [3.0, 4.0, 9.0, 9.0, 3.0, 4.0], [2.0, 2.0] * 5,
    [1.0, 1.0, 8.0, 1.0, 5.0, 1.0], [4.0, 0.0, 4.0, 9.0, 4.0, 3.0],
    [1.0, 1.0, 8.0, 8.0, 8.0, 1.0, 1.0, 8.0], [2.0, 2.0, 2.0, 2.0, 9.0, 2.0, 9.0, 8.0, 2.0, 8.0],
    [1.0, 1.0, 9.0, 1.0, 9.0, 9.0, 1.0, 9.0] * 2, [-50.0, -50.0, -40.0, -50.0, -40.0, -40.0],
    [0.0, 0.0, 11.0, 0.0, 11.0, 10.0, 0.0, 10.0], [1.0, 2.0, 9.0, 3.0, 4.0, 9.0, 77.0],
    [-0.3, -0.3, 5.0, -0.1, 5.1, 5.3, -0.05, 5.0], [0.5, 0.5, 1.5, 0.5, 1.5, 1.5, 0.5, 1.5],
]


def ring_case(numbers, height, width):
    # frPyObjects refuses fewer than five numbers: the function below it is asked.
    rle = reference._mask.frPoly([numbers], height, width)[0]
    return {
        "height": height, "width": width, "rings": [numbers],
        "compressed": rle["counts"].decode(), "area": int(reference.area(rle)),
    }


def union_case(kinds, height, width):
    rings = [ring(kind, height, width) for kind in kinds]
    rle = reference.merge(reference.frPyObjects(rings, height, width))
    return {
        "height": height, "width": width, "rings": rings,
        "compressed": rle["counts"].decode(), "area": int(reference.area(rle)),
    }


def polygon_cases():
    for numbers in DEGENERATE:
        yield ring_case(numbers, 10, 11)
    for index in range(300):
        height, width = random.choice([(1, 60), (60, 1), (48, 64), (131, 70), (37, 150)])
        yield ring_case(ring(KINDS[index % len(KINDS)], height, width), height, width)
    for _ in range(40):
        kinds = random.choices(["inside", "hundredths", "whole", "tiny"], k=random.randint(2, 5))
        yield union_case(kinds, 48, 64)


def box_case(index):
    height, width = 48, 64
    if index % 3 == 0:
        box = [random.randint(0, 60), random.randint(0, 40), random.randint(0, 30), random.randint(0, 30)]
    elif index % 3 == 1:
        box = [random.uniform(-20, 60), random.uniform(-20, 40), random.uniform(0, 90), random.uniform(0, 90)]
    else:
        box = [random.randint(0, 640) / 10, random.randint(0, 480) / 10, random.uniform(-9, 9), random.uniform(-9, 9)]
    box = [float(number) for number in box]
    rle = reference.frPyObjects(numpy.array([box]), height, width)[0]
    return {"height": height, "width": width, "box": box, "compressed": rle["counts"].decode()}


def merge_case(count):
    rles = [encode(blob(24, 30)) for _ in range(count)]
    return {
        "height": 24, "width": 30, "masks": [rle["counts"].decode() for rle in rles],
        "union": reference.merge(rles)["counts"].decode(),
        "intersection": reference.merge(rles, intersect=True)["counts"].decode(),
    }


def overlap_cases():
    masks = [blob(24, 30) for _ in range(8)]
    masks += [numpy.zeros((24, 30), dtype=bool), numpy.ones((24, 30), dtype=bool), blob(30, 24)]
    rles = [encode(dense) for dense in masks]
    return {
        "masks": [
            {"height": rle["size"][0], "width": rle["size"][1], "compressed": rle["counts"].decode()}
            for rle in rles],
        "single": reference.iou(rles, rles, [0] * len(rles)).tolist(),
        "crowd": reference.iou(rles, rles, [1] * len(rles)).tolist(),
    }


fixture = {
    "masks": [mask_case(dense) for dense in dense_masks()],
    "polygons": list(polygon_cases()),
    "boxes": [box_case(index) for index in range(60)],
    "merges": [merge_case(count) for count in [1, 2, 2, 3, 3, 5, 8]],
    "overlaps": overlap_cases(),
}
path = pathlib.Path(__file__).with_name("masks.json")
sections = (f'"{name}": {json.dumps(value, separators=(",", ":"))}' for name, value in fixture.items())
path.write_text("{\n" + ",\n".join(sections) + "\n}\n")
