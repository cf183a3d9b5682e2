"""Makes the fixtures: a small dataset, results on it, and what pycocotools 2.0.11 says of them.

python make_fixtures.py
"""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import numpy as np
from cases import CASES, FIXTURES, set_params
from pycocotools import mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

HEIGHT, WIDTH = 120, 160


def star(random: np.random.Generator, box: list[float]) -> list[float]:
    x, y, wide, high = box
    angles = np.arange(9) / 9 * 2 * np.pi
    depths = 0.5 + 0.5 * random.random(9)
    across = x + wide / 2 * (1 + np.cos(angles) * depths)
    down = y + high / 2 * (1 + np.sin(angles) * depths)
    return np.round(np.stack([across, down], 1), 2).ravel().tolist()


def rle(ring: list[float]) -> dict[str, Any]:
    drawn = mask.frPyObjects([ring], HEIGHT, WIDTH)[0]
    return {"size": drawn["size"], "counts": drawn["counts"].decode()}


def keypoints(random: np.random.Generator, box: list[float]) -> list[float]:
    places = random.random((17, 2)) * box[2:] + box[:2]
    visible = random.choice([0, 1, 2], 17, p=[0.3, 0.2, 0.5])
    places[visible == 0] = 0
    return np.round(np.column_stack([places, visible]), 2).ravel().tolist()


def annotation(random: np.random.Generator, number: int, image: int) -> dict[str, Any]:
    side = float(random.choice([12, 40, 100]))
    box = [
        *random.random(2) * [WIDTH - side, HEIGHT - side],
        *(side * (0.6 + 0.4 * random.random(2))),
    ]
    box = [round(float(each), 2) for each in box]
    ring, points = star(random, box), keypoints(random, box)
    crowd = int(random.random() < 0.1)
    return {
        "id": number,
        "image_id": image,
        "category_id": int(random.choice([1, 3, 7])),
        "bbox": box,
        "area": round(box[2] * box[3] * 0.5, 3),
        "iscrowd": crowd,
        "segmentation": rle(ring) if crowd else [ring],
        "keypoints": points,
        "num_keypoints": sum(each > 0 for each in points[2::3]),
    }


def detection(random: np.random.Generator, truth: dict[str, Any]) -> dict[str, Any]:
    box = np.array(truth["bbox"]) + random.normal(0, 2, 4)
    box[2:] = np.maximum(box[2:], 2)
    table = np.array(truth["keypoints"]).reshape(-1, 3) + random.normal(0, 2, (17, 3))
    same = random.random() < 0.8
    return {
        "image_id": truth["image_id"],
        "category_id": truth["category_id"] if same else int(random.choice([1, 3, 7])),
        "score": round(float(random.random()), 2),
        "bbox": np.round(box, 2).tolist(),
        "segmentation": rle(star(random, box.tolist())),
        "keypoints": np.round(table, 2).ravel().tolist(),
    }


def main() -> None:
    random = np.random.default_rng(7)
    images = [4, 9, 2, 30, 31, 500, 17, 80, 81, 82, 83, 84]
    truths = [annotation(random, 1 + each, images[each % 11]) for each in range(70)]
    found = [detection(random, random.choice(truths)) for _ in range(220)]
    dataset = {
        "info": {"description": "drawn by chance"},
        "images": [
            {"id": each, "file_name": f"{each}.jpg", "height": HEIGHT, "width": WIDTH}
            for each in images
        ],
        "annotations": truths,
        "categories": [
            {"id": each, "name": name, "supercategory": "fruit"}
            for each, name in ((7, "palm"), (1, "coconut"), (3, "crab"))
        ],
    }
    FIXTURES.mkdir(exist_ok=True)
    (FIXTURES / "truth.json").write_text(json.dumps(dataset))
    (FIXTURES / "results.json").write_text(json.dumps(found))
    arrays = {}
    for case in CASES:
        fields = ("image_id", "category_id", "score", *case.fields)
        with contextlib.redirect_stdout(io.StringIO()):
            coco = COCO(FIXTURES / "truth.json")
            results = coco.loadRes([{name: each[name] for name in fields} for each in found])
            judge = COCOeval(coco, results, case.kind)
            set_params(judge.params, case)
            judge.evaluate()
            judge.accumulate()
            if len(judge.params.maxDets) == 3 or case.kind == "keypoints":
                judge.summarize()
        for name in ("precision", "recall", "scores"):
            arrays[f"{case.name}-{name}"] = judge.eval[name]
        arrays[f"{case.name}-stats"] = np.array(judge.stats)
    np.savez_compressed(FIXTURES / "expected.npz", **arrays)


if __name__ == "__main__":
    main()
