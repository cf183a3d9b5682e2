"""Whole sets gone wrong in the ways that people's sets do, and what `copra check` says of each.

Every sound set is checked as it is and with one fault at a time, planted by a seed. What is right: a sound
set is ready, a faulty one is not. The table says for each set, fault and seed what came out, and why.
"""

import argparse
import json
import os
import random
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATASETS = Path(os.environ.get("COPRA_DATASETS") or ROOT.parent / "shared/datasets")
SAMPLES = ROOT / "samples"
# What is read, and where its pictures are.
SETS = {
    "raccoon": (DATASETS / "raccoon", None),
    "okra_yolo": (DATASETS / "okra_yolo", None),
    "tinycoco": (
        DATASETS / "tinycoco/annotations/instances_train2017.json",
        DATASETS / "tinycoco/images/train2017"),
    "yolo_mark": (DATASETS / "yolo_mark", None),
    "kudzu_via": (DATASETS / "kudzu_via/train", DATASETS / "kudzu_via/train"),
    "samples": (SAMPLES / "voc", None),
    "masks": (SAMPLES / "masks", None),
}
# An eighth of the objects of a class that is nearly unlabelled keep their boxes.
KEPT_OF_UNLABELLED = 0.125


def shares(box, image):
    """The edges of a box as shares of its picture's sides."""
    width, height = image["width"], image["height"]
    return [
        box[0] / width, box[1] / height, (box[0] + box[2]) / width, (box[1] + box[3]) / height]


def pixels(edges, image):
    """The box of what lies in the picture; None where that is less than a pixel."""
    x0, y0, x1, y1 = (min(max(edge, 0), 1) for edge in edges)
    box = [
        x0 * image["width"], y0 * image["height"], (x1 - x0) * image["width"],
        (y1 - y0) * image["height"]]
    return box if min(box[2:]) >= 1 else None


def inside(x, y, width, height):
    """Edges about a centre, moved into the picture."""
    x = min(max(x, width / 2), 1 - width / 2)
    y = min(max(y, height / 2), 1 - height / 2)
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2]


def moving(move):
    """A fault that moves each box for itself: `move(edges, aspect, draw)`."""

    def fault(dataset, draw):
        images = {image["id"]: image for image in dataset["images"]}
        annotations = []
        for annotation in dataset["annotations"]:
            image = images[annotation["image_id"]]
            edges = shares(annotation["bbox"], image)
            box = pixels(move(edges, image["height"] / image["width"], draw), image)
            if box:
                annotations.append(boxed(annotation, box))
        return {**dataset, "annotations": annotations}

    return fault


def boxed(annotation, box, **others):
    annotation = {**annotation, **others, "bbox": box, "area": box[2] * box[3]}
    annotation.pop("segmentation", None)
    return annotation


def about(edges, factor):
    (x, y), sides = centre(edges), [edges[2] - edges[0], edges[3] - edges[1]]
    across, down = sides[0] * factor / 2, sides[1] * factor / 2
    return [x - across, y - down, x + across, y + down]


def centre(edges):
    return (edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2


def half_aside(edges, _aspect, _draw):
    x, y = centre(edges)
    return inside((x + 0.5) % 1, (y + 0.5) % 1, edges[2] - edges[0], edges[3] - edges[1])


def anywhere(edges, _aspect, draw):
    width, height = edges[2] - edges[0], edges[3] - edges[1]
    x, y = draw.uniform(0, 1 - width), draw.uniform(0, 1 - height)
    return [x, y, x + width, y + height]


def given(dataset, sources):
    """Gives each picture the boxes of another one, scaled to it."""
    images = {image["id"]: image for image in dataset["images"]}
    annotations = []
    for target, source in sources.items():
        for annotation in dataset["annotations"]:
            if annotation["image_id"] == source:
                box = pixels(shares(annotation["bbox"], images[source]), images[target])
                if box:
                    annotations.append(
                        boxed(annotation, box, image_id=target, id=len(annotations) + 1))
    return {**dataset, "annotations": annotations}


def other_pictures(dataset, draw):
    ids = [image["id"] for image in dataset["images"]]
    others = ids
    while any(one == other for one, other in zip(ids, others)):
        others = draw.sample(ids, len(ids))
    return given(dataset, dict(zip(ids, others)))


def neighbours(dataset, draw):
    ids = [image["id"] for image in dataset["images"]]
    first = draw.randrange(2)
    return given(
        dataset,
        {own: ids[(place + 1) % len(ids)] if place % 2 == first else own
         for place, own in enumerate(ids)})


def one_size(dataset, draw):
    def middle(side):
        sides = sorted(annotation["bbox"][side] for annotation in dataset["annotations"])
        return sides[len(sides) // 2]

    width, height = middle(2), middle(3)
    images = {image["id"]: image for image in dataset["images"]}
    annotations = []
    for annotation in dataset["annotations"]:
        image = images[annotation["image_id"]]
        sides = min(width / image["width"], 1), min(height / image["height"], 1)
        edges = inside(*centre(shares(annotation["bbox"], image)), *sides)
        annotations.append(boxed(annotation, pixels(edges, image)))
    return {**dataset, "annotations": annotations}


def relabelled(share):
    def fault(dataset, draw):
        annotations = dataset["annotations"]
        categories = [annotation["category_id"] for annotation in annotations]
        if share == 1:
            drawn = draw.sample(categories, len(categories))
        else:
            chosen = set(draw.sample(range(len(categories)), round(share * len(categories))))
            kinds = sorted(set(categories))
            drawn = [
                draw.choice(kinds) if place in chosen else category
                for place, category in enumerate(categories)]
        return {
            **dataset,
            "annotations": [
                {**annotation, "category_id": category}
                for annotation, category in zip(annotations, drawn)]}

    return fault


def fifth_missing(dataset, draw):
    annotations = dataset["annotations"]
    gone = set(draw.sample(range(len(annotations)), len(annotations) // 5))
    return {
        **dataset,
        "annotations": [label for place, label in enumerate(annotations) if place not in gone]}


def unlabelled(dataset, draw):
    counts = {}
    for annotation in dataset["annotations"]:
        category = annotation["category_id"]
        counts[category] = counts.get(category, 0) + 1
    common = sorted(category for category, count in counts.items() if count >= 10)
    chosen = draw.choice(common or sorted(counts))
    return {
        **dataset,
        "annotations": [
            annotation for annotation in dataset["annotations"]
            if annotation["category_id"] != chosen or draw.random() < KEPT_OF_UNLABELLED]}


def masks_upside_down(dataset, draw):
    """Masks alone; boxes stay where they are."""
    images = {image["id"]: image for image in dataset["images"]}
    annotations = []
    for annotation in dataset["annotations"]:
        outline = annotation.get("segmentation")
        height = images[annotation["image_id"]]["height"]
        if isinstance(outline, list):
            turned = [
                [height - number if place % 2 else number for place, number in enumerate(ring)]
                for ring in outline]
            annotation = {**annotation, "segmentation": turned}
        elif outline:
            annotation = {**annotation, "segmentation": upside_down(outline)}
        annotations.append(annotation)
    return {**dataset, "annotations": annotations}


def upside_down(runs):
    """Run lengths go down the columns: each column is reversed."""
    height, width = runs["size"]
    counts = runs["counts"]
    if isinstance(counts, str):
        counts = uncompressed(counts)
    pixels_of_mask = [place % 2 for place, count in enumerate(counts) for _ in range(count)]
    turned = []
    for column in range(width):
        turned += pixels_of_mask[column * height:(column + 1) * height][::-1]
    counts, last = [0], 0
    for pixel in turned:
        if pixel != last:
            counts.append(0)
            last = pixel
        counts[-1] += 1
    return {"size": runs["size"], "counts": counts}


def uncompressed(text):
    """COCO's compressed run lengths: five bits a character, the lowest first, with a sign at the end;
    from the fourth on, each is the difference from the one before the last."""
    counts, number, bits = [], 0, 0
    for character in text:
        value = ord(character) - 48
        number |= (value & 31) << bits
        bits += 5
        if value & 32:
            continue
        if value & 16:
            number -= 1 << bits
        counts.append(number + (counts[-2] if len(counts) > 2 else 0))
        number, bits = 0, 0
    return counts


FAULTS = {
    "sound": lambda dataset, draw: dataset,
    "boxes of other pictures": other_pictures,
    "shifted by half a picture": moving(half_aside),
    "corners read as sizes": moving(
        lambda e, aspect, draw: [e[0], e[1], e[0] + e[2], e[1] + e[3]]),
    "coordinates x0.5": moving(lambda e, aspect, draw: [edge / 2 for edge in e]),
    "coordinates x2": moving(lambda e, aspect, draw: [edge * 2 for edge in e]),
    "sizes x0.5": moving(lambda e, aspect, draw: about(e, 0.5)),
    "sizes x2": moving(lambda e, aspect, draw: about(e, 2)),
    "x and y exchanged": moving(
        lambda e, aspect, draw: [e[1] * aspect, e[0] / aspect, e[3] * aspect, e[2] / aspect]),
    "EXIF 90 not applied": moving(lambda e, aspect, draw: [e[1], 1 - e[2], e[3], 1 - e[0]]),
    "EXIF 180 not applied": moving(
        lambda e, aspect, draw: [1 - e[2], 1 - e[3], 1 - e[0], 1 - e[1]]),
    "categories shuffled": relabelled(1),
    "a fifth missing": fifth_missing,
    "all of one size": one_size,
    "a class unlabelled": unlabelled,
    "masks upside down": masks_upside_down,
    "boxes upside down": moving(lambda e, aspect, draw: [e[0], 1 - e[3], e[2], 1 - e[1]]),
    "at random places": moving(anywhere),
    "mirrored": moving(lambda e, aspect, draw: [1 - e[2], e[1], 1 - e[0], e[3]]),
    "neighbours' boxes": neighbours,
    "30 % random labels": relabelled(0.3),
}
OF_CATEGORIES = {"categories shuffled", "30 % random labels"}


def sound(name, folder, copra):
    """The set as COCO, whose pictures are found from a file in the folder."""
    source, images = SETS[name]
    path = folder / "converted.json"
    if name == "kudzu_via":
        dataset = kudzu(source)
    elif source.suffix == ".json":
        dataset = json.loads(source.read_text())
    else:
        command = [copra, "convert", str(source), "-o", str(path), "--force"]
        subprocess.run(command, capture_output=True, check=False)
        dataset = json.loads(path.read_text())
    if images:
        dataset["info"] = {"image_folder": os.path.relpath(images, folder)}
    return dataset


def kudzu(folder):
    """VIA's polygons as COCO: their class is not in all regions, and there is but one."""
    from PIL import Image

    images, annotations = [], []
    records = json.loads((folder / "via_region_data.json").read_text())
    for record in records.get("_via_img_metadata", records).values():
        path = folder / record["filename"]
        with Image.open(path) as picture:
            width, height = picture.size
        images.append(
            {"id": len(images) + 1, "file_name": path.name, "width": width, "height": height})
        for region in record["regions"]:
            shape = region["shape_attributes"]
            ring = [
                number for point in zip(shape["all_points_x"], shape["all_points_y"])
                for number in point]
            x0, y0 = max(min(ring[::2]), 0), max(min(ring[1::2]), 0)
            x1, y1 = min(max(ring[::2]), width), min(max(ring[1::2]), height)
            if x1 > x0 and y1 > y0:
                annotations.append({
                    "id": len(annotations) + 1, "image_id": len(images), "category_id": 1,
                    "bbox": [x0, y0, x1 - x0, y1 - y0], "area": (x1 - x0) * (y1 - y0),
                    "iscrowd": 0, "segmentation": [ring]})
    return {
        "images": images, "annotations": annotations,
        "categories": [{"id": 1, "name": "kudzu"}]}


def checked(copra, path, seed, options):
    command = [copra, "check", str(path), "--format", "json", "--seed", str(seed), *options]
    begun = time.monotonic()
    output = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    try:
        report = json.loads(output.stdout)
    except json.JSONDecodeError:
        last = output.stderr.strip().splitlines()[-1:] or ["nothing said"]
        report = {"verdict": "could not run", "reasons": last}
    return report, output.returncode, seconds


def why(report):
    """The reasons in a line: those of the verdict, or else what it could not tell."""
    untold = report.get("appearance", {}).get("untold", [])
    found = ", ".join(f"{count} x {rule}" for rule, count in report.get("findings", {}).items())
    said = report.get("reasons") or [f"cannot be determined: {reason}" for reason in untold]
    return "; ".join(said + ([f"found: {found}"] if found else []))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copra", default=str(ROOT / ".build/release/copra"))
    parser.add_argument("--into", type=Path, default=ROOT / ".build-real/planted-faults")
    parser.add_argument("--only", action="append", choices=SETS)
    parser.add_argument("--fault", action="append", choices=FAULTS)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--table", type=Path, help="where to write all results as JSON lines")
    parser.add_argument("options", nargs="*", help="options of check, after --")
    options = parser.parse_args()
    lines = []
    for name in options.only or SETS:
        folder = options.into / name
        folder.mkdir(parents=True, exist_ok=True)
        dataset = sound(name, folder, options.copra)
        kinds = {annotation["category_id"] for annotation in dataset["annotations"]}
        for fault in options.fault or FAULTS:
            if fault in OF_CATEGORIES and len(kinds) < 2:
                continue
            if fault == "masks upside down" and not any(
                    "segmentation" in annotation for annotation in dataset["annotations"]):
                continue
            for seed in range(options.seeds):
                planted = FAULTS[fault](dataset, random.Random(f"{fault} {seed}"))
                path = folder / f"{fault.replace(' ', '-')}-{seed}.json"
                path.write_text(json.dumps(planted))
                report, status, seconds = checked(options.copra, path, seed, options.options)
                lines.append({
                    "set": name, "fault": fault, "seed": seed, "status": status,
                    "verdict": report["verdict"], "why": why(report), "seconds": seconds,
                    "appearance": report.get("appearance")})
                print(
                    f"{name} | {fault} | {seed} | {report['verdict']} | {seconds:.1f} s | "
                    f"{why(report)[:160]}", flush=True)
                if options.table:
                    options.table.write_text("".join(json.dumps(line) + "\n" for line in lines))


if __name__ == "__main__":
    main()
