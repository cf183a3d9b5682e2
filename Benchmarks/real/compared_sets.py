"""The sets that compare_binaries.py runs both programs over, and the detections on them."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import planted
from conversions import Workspace, all_conversions

SHIFTS = (0.0, 0.03, 0.2)


@dataclasses.dataclass(frozen=True)
class ComparedSet:
    """A set by the arguments that name it; a generated one comes with results and options."""

    name: str
    inputs: tuple[str | Path, ...]
    results: Path | None = None
    evaluation: tuple[str, ...] = ()
    is_generated: bool = False


def all_sets(repository: Path, datasets: Path, scratch: Path) -> Iterator[ComparedSet]:
    """Samples, real sets, faults that are planted, and the fixtures of the tests."""
    samples = repository / "samples"
    yield from sound_and_real(samples, datasets, scratch)
    yield from broken(samples / "broken")
    path = planted.write(scratch / "planted.json", planted.planted())
    yield ComparedSet("planted boxes", (path,))
    yield from fixtures(repository / "Tests", scratch / "fixtures")


def sound_and_real(samples: Path, datasets: Path, scratch: Path) -> Iterator[ComparedSet]:
    """What the claims convert; without the real sets, the samples alone."""
    yield ComparedSet("sample-coco", (samples / "expected.json",))
    workspace = Workspace(Path(), datasets, samples, scratch)
    for name, conversion in all_conversions(workspace).items():
        if name.startswith("sample-") or datasets.is_dir():
            yield ComparedSet(name, conversion.arguments)


def broken(folder: Path) -> Iterator[ComparedSet]:
    """Every broken sample: a folder, or a file of a format whose sets are files."""
    paths = [folder / "voc", *sorted(folder.glob("yolo*"))]
    paths += sorted((folder / "coco").glob("*.json")) + sorted((folder / "csv").glob("*.csv"))
    for path in paths:
        yield ComparedSet(f"broken {path.relative_to(folder)}", (path,))


def fixtures(tests: Path, folder: Path) -> Iterator[ComparedSet]:
    """The sets of the tests of evaluation: every line of JSON that has truth and results."""
    folder.mkdir(parents=True)
    for file in sorted(tests.rglob("*.jsonl")):
        for index, line in enumerate(file.read_text().splitlines(), start=1):
            record = json.loads(line)
            if "truth" not in record or "results" not in record:
                continue
            stem = f"{file.stem}-{index}"
            truth, results = folder / f"{stem}.json", folder / f"{stem}-results.json"
            truth.write_text(json.dumps(record["truth"], indent=1))
            results.write_text(json.dumps(record["results"], indent=1))
            options = evaluation_options(record, analyses_errors=file.stem == "errors")
            yield ComparedSet(stem, (truth,), results, options, is_generated=True)


def evaluation_options(record: dict[str, Any], analyses_errors: bool) -> tuple[str, ...]:
    """The options that stand for the settings of a fixture."""
    options = ["--iou-type", record["iou_type"]]
    options += ["--lvis"] if record.get("lvis") else []
    options += ["--errors"] if analyses_errors else []
    if settings := record.get("settings"):
        areas = [f"{name}={first:g}:{last:g}" for name, first, last in settings["areas"]]
        for option, values in {
            "--iou-thresholds": settings["iou_thresholds"],
            "--max-detections": settings["maximum_detections"],
            "--areas": areas,
        }.items():
            options += [option, ",".join(map(str, values))]
    return tuple(options)


def detections(truth: Path) -> dict[str, list[dict[str, Any]]]:
    """Detections near every object of a COCO file, by what is compared; none if it is not JSON."""
    try:
        notes = json.loads(truth.read_text())["annotations"]
    except (OSError, ValueError, KeyError, TypeError):
        return {"bbox": []}
    chance = random.Random(5)
    found: dict[str, list[dict[str, Any]]] = {"bbox": []}
    for note in notes:
        if not isinstance(note, dict) or not {"image_id", "category_id"} <= note.keys():
            continue
        for shift in SHIFTS:
            record = {key: note[key] for key in ("image_id", "category_id")}
            record["score"] = round(chance.random(), 2)
            for kind, shape in moved(note, round(shift * chance.uniform(-40, 40), 1)):
                found.setdefault(kind, []).append({**record, **shape})
    return found


def moved(note: dict[str, Any], by: float) -> Iterator[tuple[str, dict[str, Any]]]:
    """The shapes of an annotation, moved to the right by some pixels; a mask stays where it is."""
    box = note.get("bbox")
    if isinstance(box, list) and len(box) == 4:
        yield "bbox", {"bbox": [box[0] + by, *box[1:]]}
    outline = note.get("segmentation")
    if isinstance(outline, dict):
        yield "segm", {"segmentation": outline}
    elif outline:
        rings = [[v + by if i % 2 == 0 else v for i, v in enumerate(ring)] for ring in outline]
        yield "segm", {"segmentation": rings}
    if points := note.get("keypoints"):
        shifted = [v + by if i % 3 == 0 else v for i, v in enumerate(points)]
        yield "keypoints", {"keypoints": shifted}
