#!/usr/bin/env python3
"""What pycocotools makes of files that are not quite as it expects them: odd.jsonl, a line a case.

    pip install pycocotools==2.0.11 && python3 make_odd.py > odd.jsonl

A line has both files, and the figures ("stats") or the name of the exception ("error").
"""
import contextlib, copy, io, json, os, tempfile

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

IMAGES = [{"id": i, "file_name": f"p{i}.jpg", "width": 200, "height": 160} for i in (1, 2, 3)]
BOXES = [[20, 30, 60, 40], [100, 50, 50, 70], [10, 10, 40, 30]]
OBJECTS = [{"id": i + 1, "image_id": i + 1, "category_id": (1, 2, 1)[i], "bbox": BOXES[i],
            "area": BOXES[i][2] * BOXES[i][3], "iscrowd": 0} for i in range(3)]
CATEGORIES = [{"id": 1, "name": "bolt"}, {"id": 2, "name": "nut"}]
FOUND = [{"image_id": o["image_id"], "category_id": o["category_id"],
          "bbox": [o["bbox"][0] + shift, *o["bbox"][1:]], "score": score}
         for o, shift, score in zip(OBJECTS, (0, 6, 3), (0.9, 0.8, 0.7))]
POINTS = [v for i in range(17) for v in (20 + 3 * i, 30 + i * i % 40, 2)]
POSES = [{**o, "category_id": 1, "keypoints": POINTS, "num_keypoints": 17} for o in OBJECTS]
POSES_FOUND = [{"image_id": o["image_id"], "category_id": 1, "score": 0.9 - o["id"] / 10,
                "keypoints": [v + (o["id"] if n % 3 < 2 else 0) for n, v in enumerate(POINTS)]}
               for o in OBJECTS]
HUGE = 2**63


def changed(records, **changes):
    """Copies with members set to values, to what functions make of the old ones, or gone for None."""
    copies = copy.deepcopy(records)
    for record in copies:
        for name, change in changes.items():
            if change is None:
                del record[name]
            else:
                record[name] = change(record[name]) if callable(change) else change
    return copies


def one(records, **changes):
    return changed(records[:1], **changes) + records[1:]


def case(name, images=IMAGES, objects=OBJECTS, categories=CATEGORIES, found=FOUND, kind="bbox", sigmas=None):
    truth = {"images": images, "annotations": objects, "categories": categories}
    line = {"name": name, "iou_type": kind, "truth": truth, "results": found}
    if sigmas:
        line["sigmas"] = sigmas
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        paths = [os.path.join(folder, file) for file in ("truth.json", "found.json")]
        for path, data in zip(paths, (truth, found)):
            with open(path, "w") as file:
                json.dump(data, file)
        try:
            index = COCO(paths[0])
            evaluation = COCOeval(index, index.loadRes(paths[1]), kind)
            if sigmas:
                evaluation.params.kpt_oks_sigmas = __import__("numpy").array(sigmas)
            evaluation.evaluate()
            evaluation.accumulate()
            evaluation.summarize()
            line["stats"] = [float(value) for value in evaluation.stats]
        except Exception as error:
            line["error"] = type(error).__name__
    print(json.dumps(line))


def pose(name, objects=POSES, found=POSES_FOUND, **more):
    case(name, objects=objects, categories=CATEGORIES[:1], found=found, kind="keypoints", **more)


word = {1: "bolt", 2: "nut"}.get
case("all as it should be")
case("image ids that are text in all places", changed(IMAGES, id=str), changed(OBJECTS, image_id=str), found=changed(FOUND, image_id=str))
case("image ids that are words", changed(IMAGES, id=lambda i: f"p{4 - i}"), changed(OBJECTS, image_id=lambda i: f"p{4 - i}"), found=changed(FOUND, image_id=lambda i: f"p{4 - i}"))
case("image ids beyond 63 bits", changed(IMAGES, id=lambda i: i + HUGE), changed(OBJECTS, image_id=lambda i: i + HUGE), found=changed(FOUND, image_id=lambda i: i + HUGE))
case("image ids beyond 64 bits", changed(IMAGES, id=lambda i: i + 4 * HUGE), changed(OBJECTS, image_id=lambda i: i + 4 * HUGE), found=changed(FOUND, image_id=lambda i: i + 4 * HUGE))
case("annotation ids beyond 64 bits", objects=changed(OBJECTS, id=lambda i: i + 4 * HUGE))
case("category ids that are words", objects=changed(OBJECTS, category_id=word), categories=changed(CATEGORIES, id=word), found=changed(FOUND, category_id=word))
case("category ids that are digits in all places", objects=changed(OBJECTS, category_id=str), categories=changed(CATEGORIES, id=str), found=changed(FOUND, category_id=str))
case("image ids with a point", found=changed(FOUND, image_id=float))
case("image ids that are text in the results", found=changed(FOUND, image_id=str))
case("image ids with zeros before them in the results", found=changed(FOUND, image_id=lambda i: f"{i:012}"))
case("image ids that are text in the truth", changed(IMAGES, id=str), changed(OBJECTS, image_id=str))
case("image ids that are text in images alone", changed(IMAGES, id=str), found=changed(FOUND, image_id=str))
case("image ids that are text in annotations alone", objects=changed(OBJECTS, image_id=str))
case("one image id that is text, in all places", one(IMAGES, id=str), one(OBJECTS, image_id=str), found=one(FOUND, image_id=str))
case("category ids that are text in the results", found=changed(FOUND, category_id=str))
case("one category id that is text in the results", found=one(FOUND, category_id=str))
case("category ids that are text in annotations alone", objects=changed(OBJECTS, category_id=str))
case("category ids that are text in the truth", objects=changed(OBJECTS, category_id=str), categories=changed(CATEGORIES, id=str))
case("no annotation ids", objects=changed(OBJECTS, id=None))
case("one annotation without id", objects=one(OBJECTS, id=None))
case("annotation ids that are words", objects=changed(OBJECTS, id=lambda i: f"a{i}"))
case("annotation ids that are digits", objects=changed(OBJECTS, id=str))
case("no iscrowd", objects=changed(OBJECTS, iscrowd=None))
case("one annotation without area", objects=one(OBJECTS, area=None))
case("one annotation without class", objects=one(OBJECTS, category_id=None))
case("one annotation without box", objects=one(OBJECTS, bbox=None))
pose("keypoints as they should be")
pose("no num_keypoints", changed(POSES, num_keypoints=None))
pose("one annotation without num_keypoints", one(POSES, num_keypoints=None))
pose("an empty list of keypoints and a count of 0", one(POSES, keypoints=[], num_keypoints=0))
pose("an empty list of keypoints and a count of 3", one(POSES, keypoints=[], num_keypoints=3))
pose("five keypoints of 0 and a count of 0", one(POSES, keypoints=[0] * 15, num_keypoints=0))
pose("a count of 0 beside labelled keypoints", one(POSES, num_keypoints=0))
pose("one annotation without keypoints", one(POSES, keypoints=None))
five = lambda values: values[:15]
pose("five keypoints", changed(POSES, keypoints=five, num_keypoints=5), changed(POSES_FOUND, keypoints=five))
pose("five keypoints and as many deviations", changed(POSES, keypoints=five, num_keypoints=5), changed(POSES_FOUND, keypoints=five), sigmas=[0.05, 0.1, 0.08, 0.05, 0.02])
