"""copra's label scores against cleanlab's ObjectLab, score by score, and the time of both.

A drawn dataset of 500 pictures and 80 categories, of whose labels a tenth each are removed, swapped and
shifted, with predictions that are near the truth; everything follows from a seed. Needs cleanlab; with
`--fixture FILE` a small dataset of the same kind is written with cleanlab's scores, for the tests.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy

TOLERANCE = 1e-6
KINDS = ["likely-missing-label", "likely-wrong-label", "likely-bad-location"]


def drawn(pictures, categories, seed):
    """Labels with planted errors and predictions of a model that has not learnt them: COCO's forms."""
    random = numpy.random.default_rng(seed)
    images, annotations, results = [], [], []
    for image in range(1, pictures + 1):
        images.append({"id": image, "file_name": f"{image}.jpg", "width": 640, "height": 480})
        for _ in range(random.integers(0, 14)):
            size = random.uniform(20, 160, 2)
            place = random.uniform(0, [640 - size[0], 480 - size[1]])
            box = numpy.concatenate([place, size])
            category = int(random.integers(1, categories + 1))
            fault = random.choice(["none", "removed", "swapped", "shifted"], p=[0.7, 0.1, 0.1, 0.1])
            label = box + numpy.array([0.6 * size[0], 0.4 * size[1], 0, 0]) * (fault == "shifted")
            labelled = int(random.integers(1, categories + 1)) if fault == "swapped" else category
            if fault != "removed":
                annotations.append(
                    {
                        "id": len(annotations) + 1, "image_id": image, "category_id": labelled,
                        "bbox": label.round(2).tolist(), "area": float(size.prod()), "iscrowd": 0,
                    }
                )
            if random.random() < 0.9:
                found = box + random.normal(0, 3, 4)
                score = float(random.choice([random.uniform(0.95, 1), random.uniform(0.05, 0.95)]))
                results.append(
                    {
                        "image_id": image, "category_id": category,
                        "bbox": found.round(2).tolist(), "score": score,
                    }
                )
    names = [{"id": index, "name": f"kind {index}"} for index in range(1, categories + 1)]
    return {"images": images, "annotations": annotations, "categories": names}, results


def corners(box):
    return [box[0], box[1], box[0] + box[2], box[1] + box[3]]


def cleanlab_scores(dataset, results):
    """The scores of all boxes by kind, as copra names them, and whether each picture is an issue."""
    from cleanlab.object_detection import filter as issues
    from cleanlab.object_detection import rank

    categories = len(dataset["categories"])
    labels, predictions, owners = [], [], []
    for image in dataset["images"]:
        own = [label for label in dataset["annotations"] if label["image_id"] == image["id"]]
        found = [result for result in results if result["image_id"] == image["id"]]
        labels.append(
            {
                "bboxes": numpy.array([corners(label["bbox"]) for label in own]).reshape(-1, 4),
                "labels": numpy.array([label["category_id"] - 1 for label in own], dtype=int),
            }
        )
        by_category = [
            [result for result in found if result["category_id"] == category + 1]
            for category in range(categories)
        ]
        predictions.append(
            [
                numpy.array([[*corners(r["bbox"]), r["score"]] for r in group]).reshape(-1, 5)
                for group in by_category
            ]
        )
        owners.append((own, [result for group in by_category for result in group]))
    begin = time.monotonic()
    missing = rank.compute_overlooked_box_scores(labels=labels, predictions=predictions)
    location = rank.compute_badloc_box_scores(labels=labels, predictions=predictions)
    wrong = rank.compute_swap_box_scores(labels=labels, predictions=predictions)
    flagged = issues.find_label_issues(labels, predictions, return_indices_ranked_by_score=False)
    seconds = time.monotonic() - begin
    scores = {}
    for image, (own, found) in zip(dataset["images"], owners):
        index = image["id"] - 1
        for label, bad, swapped in zip(own, location[index], wrong[index]):
            scores["likely-bad-location", image["id"], label["id"]] = float(bad)
            scores["likely-wrong-label", image["id"], label["id"]] = float(swapped)
        for result, overlooked in zip(found, missing[index]):
            if not numpy.isnan(overlooked):
                scores["likely-missing-label", image["id"], place(result)] = float(overlooked)
    return scores, [bool(flag) for flag in flagged], seconds


def place(result):
    return (result["category_id"], *(round(number, 2) for number in result["bbox"]))


def copra_scores(engine, dataset, results, folder):
    truth, found = Path(folder) / "truth.json", Path(folder) / "results.json"
    truth.write_text(json.dumps(dataset))
    found.write_text(json.dumps(results))
    command = [engine, "check", str(truth), "--predictions", str(found), "--format", "json"]
    command += ["--skip", "validation,model,step,training"]
    begin = time.monotonic()
    output = subprocess.run(command, capture_output=True, check=False)
    seconds = time.monotonic() - begin
    scores, flagged = {}, [False] * len(dataset["images"])
    for score in json.loads(output.stdout)["label_scores"]:
        key = score.get("annotation_id") or place(score)
        scores[score["kind"], score["image_id"], key] = score["score"]
        flagged[score["image_id"] - 1] |= score["is_error"]
    return scores, flagged, seconds


def write_fixture(path):
    dataset, results = drawn(12, 3, seed=7)
    scores, flagged, _ = cleanlab_scores(dataset, results)
    listed = [
        {"kind": kind, "image_id": image, "key": list(key) if isinstance(key, tuple) else key,
         "score": score}
        for (kind, image, key), score in scores.items()
    ]
    path.write_text(
        json.dumps({"truth": dataset, "results": results, "scores": listed, "flagged": flagged})
        + "\n"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", default=".build/release/copra-engine")
    parser.add_argument("--pictures", type=int, default=500)
    parser.add_argument("--categories", type=int, default=80)
    parser.add_argument("--fixture", type=Path)
    options = parser.parse_args()
    if options.fixture:
        write_fixture(options.fixture)
        return
    dataset, results = drawn(options.pictures, options.categories, seed=0)
    with tempfile.TemporaryDirectory() as folder:
        ours, our_flags, our_seconds = copra_scores(options.engine, dataset, results, folder)
    theirs, their_flags, their_seconds = cleanlab_scores(dataset, results)
    failed = ours.keys() != theirs.keys() or our_flags != their_flags
    for kind in KINDS:
        keys = [key for key in theirs if key[0] == kind]
        largest = max(abs(ours.get(key, 9) - theirs[key]) for key in keys)
        failed |= largest > TOLERANCE
        print(f"{kind}: {len(keys)} scores, largest difference {largest:.1e}")
    print(f"images with an error: copra {sum(our_flags)}, cleanlab {sum(their_flags)}")
    print(f"copra {our_seconds:.2f} s, cleanlab {their_seconds:.1f} s")
    print("FAILED" if failed else "passed")
    sys.exit(failed)


if __name__ == "__main__":
    main()
