"""Claims about sets in parts: what `copra join` makes of them is what one run gives, to the byte."""

from __future__ import annotations

import functools
import json
import random
from pathlib import Path

import copra
import evaluation
from claims import Claim, demand, demand_equal
from conversions import Workspace
from pycocotools.coco import COCO

SHARDS = (1, 2, 7, 64)
SETS = ("tinycoco/annotations/instances_train2017.json", "raccoon", "okra_yolo")
# Pictures enough for every one of 64 shards, as pycocotools' own val set has them.
PICTURES, OBJECTS, DETECTIONS = 5000, 7, 100


def claims(workspace: Workspace) -> list[Claim]:
    """For each verb and set, and for half a million detections."""
    several = "whatever the number and order of shards, and joins of joins"
    return [
        *(
            Claim("parts", f"{path}: {verb} is that of one run, {several}",
                  functools.partial(joins_as_one, workspace, verb, path))
            for path in SETS
            for verb in ("stats", "validate", "convert")
        ),
        Claim("parts", f"tinycoco, jittered: evaluate is that of one run, {several}",
              functools.partial(evaluates_as_one, workspace)),
        Claim("parts", f"{PICTURES * DETECTIONS:,} boxes: evaluate is that of one run, {several}",
              functools.partial(evaluates_many, workspace)),
    ]


def joins_as_one(workspace: Workspace, verb: str, path: str) -> str:
    """A verb that reads datasets, and whose output is a report or a file."""
    folder = workspace.scratch / f"parts-{verb}-{path.split('/')[0]}"
    folder.mkdir(parents=True, exist_ok=True)
    source = workspace.datasets / path
    options = {
        "stats": ["--format", "json"], "validate": ["--format", "json", "--all"],
        "convert": ["-o", folder / "joined.json", "--force"]}[verb]
    further = options[:2]
    return as_one(
        workspace, folder, [verb, source, *options], further,
        folder / "joined.json" if verb == "convert" else None)


def evaluates_as_one(workspace: Workspace) -> str:
    """tinycoco against objects of its own that were moved."""
    folder = workspace.scratch / "parts-evaluate"
    folder.mkdir(parents=True, exist_ok=True)
    truth = workspace.datasets / SETS[0]
    results = folder / "results.json"
    results.write_text(json.dumps(evaluation.jittered(COCO(str(truth)), "segm")))
    call = ["evaluate", truth, results, "--iou-type", "segm", "--errors", "--confusion"]
    return as_one(workspace, folder, [*call, "--format", "json"], ["--format", "json"])


def evaluates_many(workspace: Workspace) -> str:
    """A set of lines that is made by a seed, as large as COCO's val set and its usual results."""
    folder = workspace.scratch / "parts-many"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "many.jsonl"
    draw = random.Random(3)

    def box() -> list[float]:
        edges = [draw.uniform(0, 400), draw.uniform(0, 300), draw.uniform(2, 99), draw.uniform(2, 99)]
        return [round(edge, 1) for edge in edges]

    with path.open("w") as file:
        print(json.dumps({"categories": [{"id": k, "name": f"c{k}"} for k in range(1, 81)]}), file=file)
        for picture in range(1, PICTURES + 1):
            objects = [
                {"id": picture * 10 + k, "category_id": draw.randint(1, 80), "bbox": box(),
                 "area": draw.uniform(9, 9000), "iscrowd": 0} for k in range(OBJECTS)]
            found = [
                {"category_id": own["category_id"], "bbox": own["bbox"], "score": round(draw.random(), 2)}
                for own in objects]
            found += [
                {"category_id": draw.randint(1, 80), "bbox": box(), "score": round(draw.random(), 2)}
                for _ in range(DETECTIONS - OBJECTS)]
            line = {"id": picture, "width": 500, "height": 400, "annotations": objects, "detections": found}
            print(json.dumps(line), file=file)
    return as_one(workspace, folder, ["evaluate", path, "--format", "json"], ["--format", "json"])


def as_one(
    workspace: Workspace, folder: Path, call: list, further: list, output: Path | None = None
) -> str:
    """Compares the joined parts with one run, by the output or by the file that is written."""

    def result(arguments: list) -> tuple[int, str, bytes]:
        run = copra.run(workspace.binary, arguments)
        return run.status, run.output, output.read_bytes() if output else b""

    whole = result(call)
    demand(whole[0] in (0, 1), f"exit status {whole[0]}")
    draw = random.Random(len(call))
    for count in SHARDS:
        parts = [folder / f"{number}.cpart" for number in range(1, count + 1)]
        for number, part in enumerate(parts, start=1):
            shard = ["--shard", f"{number}/{count}", "--partial", part, "--force"]
            copra.run(workspace.binary, [*call, *shard]).expecting(0)
        draw.shuffle(parts)
        orders = [parts]
        if count > 2:
            half = folder / "half.cpart"
            first = parts[: count // 2]
            copra.run(
                workspace.binary, ["join", *first, "--partial", half, "--force"]).expecting(0)
            orders.append([*parts[count // 2:], half])
        for order in orders:
            joined = result(["join", *order, *further, *(["--force"] if output else [])])
            demand_equal(f"{count} shards: exit status", joined[0], whole[0])
            demand(joined[1:] == whole[1:], f"{count} shards: the output is another one")
    size = len(whole[2] or whole[1])
    return f"{', '.join(map(str, SHARDS))} shards, {size:,} bytes alike"
