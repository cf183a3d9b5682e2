"""Label errors planted into real sets, and how well `copra check` ranks them: by appearance, and with --folds.

Of the labels of raccoon, okra and tinycoco a tenth are removed, a tenth swapped and a tenth shifted by a
third to two thirds of their sides, each kind in a file of its own, by a seed; `planted.json` beside each
file says which. The average precision of each ranking is put beside chance, which is the share of planted
errors: of boxes for swapped and shifted ones, of pictures for removed ones. Where most pictures have a
removed label no ranking of pictures can be far above chance, so that the places listed by appearance are
ranked too. A place is right if it overlaps a removed box by an IoU of 0.5 or more, each box once. Chance is
the share of right ones among those listed, which is stricter than the share among boxes of the same
sizes put anywhere in the same pictures, told beside it.
"""

import argparse
import bisect
import json
import os
import random
import subprocess
from pathlib import Path

DATASETS = Path(
    os.environ.get("COPRA_DATASETS") or Path(__file__).resolve().parents[3] / "shared/datasets"
)
SETS = {
    "raccoon": (["raccoon"], DATASETS / "raccoon/images"),
    "okra_yolo": (["okra_yolo"], None),
    "tinycoco": (["tinycoco/annotations/instances_train2017.json"], DATASETS / "tinycoco/images/train2017"),
}
KINDS = {
    "removed": "likely-missing-label", "swapped": "likely-wrong-label",
    "shifted": "likely-bad-location",
}
SHARE = 0.1
SAME_PLACE = 0.5
BOXES_OF_CHANCE = 50
ORDERS_OF_TIES = 50


def plant(dataset, kind, seed):
    """The dataset with errors of one kind, and the annotations that have them."""
    draw = random.Random(f"{kind} {seed}")
    labels = [label for label in dataset["annotations"] if not label.get("iscrowd")]
    chosen = draw.sample(labels, max(1, round(SHARE * len(labels))))
    ids = {label["id"] for label in chosen}
    categories = [category["id"] for category in dataset["categories"]]
    annotations = []
    for label in dataset["annotations"]:
        label = dict(label)
        if label["id"] in ids:
            if kind == "removed":
                continue
            if kind == "swapped":
                others = [other for other in categories if other != label["category_id"]]
                label["category_id"] = draw.choice(others)
            else:
                x, y, width, height = label["bbox"]
                by = [draw.choice([-1, 1]) * draw.uniform(0.33, 0.67) for _ in range(2)]
                label["bbox"] = [x + by[0] * width, y + by[1] * height, width, height]
                label.pop("segmentation", None)
        annotations.append(label)
    return {**dataset, "annotations": annotations}, chosen


def average_precision(items):
    """Of (score, is planted), the least score first; ties in the mean of many orders."""
    draw = random.Random(0)
    total = 0.0
    for _ in range(ORDERS_OF_TIES):
        order = sorted((score, draw.random(), planted) for score, planted in items)
        found, sum_of_precisions = 0, 0.0
        for rank, (_, _, planted) in enumerate(order, start=1):
            if planted:
                found += 1
                sum_of_precisions += found / rank
        total += sum_of_precisions / max(found, 1)
    return total / ORDERS_OF_TIES


def ranking(kind, report, dataset, chosen):
    scores = [score for score in report["label_scores"] if score["kind"] == KINDS[kind]]
    if kind != "removed":
        planted = {label["id"] for label in chosen}
        return [(score["score"], score["annotation_id"] in planted) for score in scores]
    planted = {label["image_id"] for label in chosen}
    least = {image["id"]: 1.0 for image in dataset["images"]}
    for score in scores:
        least[score["image_id"]] = min(least[score["image_id"]], score["score"])
    return [(score, image in planted) for image, score in least.items()]


def by_looks(kind, report, chosen):
    """The ranking that takes no training."""
    appearance = report["appearance"]
    if kind == "removed":
        planted = {label["image_id"] for label in chosen}
        return [(score, image in planted) for image, score in appearance["missing"]["image_scores"]]
    planted = {label["id"] for label in chosen}
    scores = appearance[{"swapped": "category_scores", "shifted": "box_scores"}[kind]]
    return [(score, annotation in planted) for annotation, score in scores]


def by_places(report, dataset, chosen):
    """Pictures by their likeliest place, whether they have another box or none."""
    planted = {label["image_id"] for label in chosen}
    least = {image["id"]: float("inf") for image in dataset["images"]}
    for image, _, score in report["appearance"]["missing"]["place_scores"]:
        least[image] = min(least[image], score)
    return [(score, image in planted) for image, score in least.items()]


def overlap(one, other):
    """The intersection over union of two boxes, x y width height."""
    sides = [
        max(0, min(one[axis] + one[axis + 2], other[axis] + other[axis + 2]) - max(one[axis], other[axis]))
        for axis in range(2)]
    shared = sides[0] * sides[1]
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)


def places(report, chosen):
    """The ranking of places without a box, and the removed boxes that are listed."""
    removed = {}
    for label in chosen:
        removed.setdefault(label["image_id"], {})[label["id"]] = label["bbox"]
    items, found = [], set()
    for image, box, score in sorted(report["appearance"]["missing"]["place_scores"], key=lambda p: p[2]):
        near = {
            id for id, other in removed.get(image, {}).items() if overlap(box, other) >= SAME_PLACE}
        items.append((score, bool(near - found)))
        found |= near
    return items, found


def share_of_boxes_anywhere(report, dataset, chosen):
    """The share of boxes of the places' sizes, put anywhere in their pictures, that are right."""
    draw = random.Random(0)
    sides = {image["id"]: (image["width"], image["height"]) for image in dataset["images"]}
    removed = {}
    for label in chosen:
        removed.setdefault(label["image_id"], []).append(label["bbox"])
    listed = report["appearance"]["missing"]["place_scores"]
    right = 0
    for image, box, _ in listed:
        for _ in range(BOXES_OF_CHANCE if image in removed else 0):
            at = [draw.uniform(0, max(0, sides[image][axis] - box[axis + 2])) for axis in range(2)]
            right += any(overlap(at + box[2:], other) >= SAME_PLACE for other in removed[image])
    return right / (len(listed) * BOXES_OF_CHANCE)


def told_places(report, dataset, chosen):
    """How the places without a box are ranked, and how many of those told as likely are right."""
    items, found = places(report, chosen)
    anywhere = share_of_boxes_anywhere(report, dataset, chosen)
    likely = report["appearance"]["missing"]["label_scores"]
    removed = [(label["image_id"], label["bbox"]) for label in chosen]
    overlaps = [
        max((overlap(place["bbox"], box) for image, box in removed if image == place["image_id"]), default=0)
        for place in likely]
    line = told(items, "of places by appearance") if found else "no removed box is listed"
    return (
        f"{line} (anywhere {anywhere:.4f}), {len(found)} of {len(chosen)} listed among {len(items)}; "
        f"{len(likely)} reported, {sum(o >= SAME_PLACE for o in overlaps)} right, "
        f"{sum(o >= 0.2 for o in overlaps)} at a removed box")


def by_losses(report, chosen):
    """The ranking by what models that were learning the labels made of them."""
    planted = {label["id"] for label in chosen}
    return [
        (-record["loss"], record["annotation_id"] in planted) for record in report["label_losses"]]


def by_both(kind, report, chosen):
    """The mean rank by ObjectLab and by losses."""
    planted = {label["id"] for label in chosen}
    losses = {record["annotation_id"]: -record["loss"] for record in report["label_losses"]}
    scores = {
        score["annotation_id"]: score["score"] for score in report["label_scores"]
        if score["kind"] == KINDS[kind]}
    ids = sorted(losses.keys() & scores.keys())
    ranks = {id: 0.0 for id in ids}
    for values in (losses, scores):
        order = sorted(values[id] for id in ids)
        for id in ids:
            ranks[id] += bisect.bisect_left(order, values[id])
            ranks[id] += bisect.bisect_right(order, values[id])
    return [(ranks[id], id in planted) for id in ids]


def told(items, of):
    chance = sum(planted for _, planted in items) / len(items)
    precision = average_precision(items)
    return (
        f"average precision {of} {precision:.3f}, chance {chance:.3f}, ratio "
        f"{precision / chance:.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copra", default=".build/release/copra")
    parser.add_argument("--into", type=Path, default=Path(".build-real/planted"))
    parser.add_argument("--only", action="append", choices=SETS)
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--folds", default="3", help="0 ranks by appearance alone")
    parser.add_argument("--budget", default="300s")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for name in options.only or SETS:
        inputs, images = SETS[name]
        folder = options.into / name
        folder.mkdir(parents=True, exist_ok=True)
        sound = folder / "sound.json"
        convert = [options.copra, "convert", *(str(DATASETS / path) for path in inputs)]
        convert += ["-o", str(sound), "--force", *(["--images", str(images)] if images else [])]
        subprocess.run(convert, capture_output=True, check=False)
        dataset = json.loads(sound.read_text())
        for kind in options.kind or KINDS:
            if kind == "swapped" and len(dataset["categories"]) < 2:
                continue
            planted, chosen = plant(dataset, kind, options.seed)
            path = folder / f"{kind}.json"
            path.write_text(json.dumps(planted))
            (folder / f"{kind}.planted.json").write_text(json.dumps(chosen, indent=1))
            command = [options.copra, "check", str(path), "--seed", str(options.seed)]
            command += ["--format", "json", "--skip", "validation,model,step,training"]
            if options.folds != "0":
                command += ["--folds", options.folds, "--budget", options.budget]
            output = subprocess.run(command, capture_output=True, text=True, check=False)
            report = json.loads(output.stdout)
            said = [told(by_looks(kind, report, chosen), "by appearance")]
            if kind == "removed":
                said.append(told(by_places(report, planted, chosen), "by places alone"))
                said.append(told_places(report, planted, chosen))
            if options.folds != "0":
                said.append(told(ranking(kind, report, planted, chosen), "with --folds"))
                if kind != "removed":
                    said.append(told(by_losses(report, chosen), "by losses"))
                    said.append(told(by_both(kind, report, chosen), "by both"))
                said += [line for line in output.stderr.splitlines() if line.startswith("fold ")]
            print(f"{name} {kind}: {len(chosen)} planted; {'; '.join(said)}", flush=True)


if __name__ == "__main__":
    main()
