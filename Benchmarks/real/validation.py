"""Claims about `copra validate` over real datasets and the samples."""

from __future__ import annotations

import csv
import dataclasses
import functools
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import boxes
import copra
import okra_yolo
import readers
import sarif_log
import suspicious
from boxes import Box
from claims import Claim, demand, demand_equal
from conversions import Workspace

Sizes = dict[str, tuple[int, int]]
SAMPLES = ["voc", "yolo", "csv/annotations.csv", "masks", "expected.json"]


@dataclasses.dataclass(frozen=True)
class Findings:
    """What one run reported."""

    run: copra.Run
    listed: list[dict[str, Any]]

    def by_rule(self) -> dict[str, int]:
        """How many findings each rule has."""
        rules = [finding["rule"] for finding in self.listed]
        return {rule: rules.count(rule) for rule in sorted(set(rules))}

    def of(self, *severities: str) -> list[dict[str, Any]]:
        """The findings of some severities."""
        return [finding for finding in self.listed if finding["severity"] in severities]


@dataclasses.dataclass(frozen=True)
class Source:
    """A dataset, how it is validated, and how Python reads it."""

    name: str
    arguments: tuple[str | Path, ...]
    read: Callable[[], tuple[list[Box], Sizes]]
    errors: int = 0


def validate(workspace: Workspace, arguments: Sequence[str | Path], status: int = 0) -> Findings:
    """One run over annotations and the headers of pictures."""
    further = ["--no-image-checks", "--format", "json"]
    run = copra.run(workspace.binary, ["validate", *arguments, *further]).expecting(status)
    return Findings(run, json.loads(run.output)["findings"])


def sources(datasets: Path) -> list[Source]:
    """The real datasets that hold boxes."""
    raccoon, okra = datasets / "raccoon", datasets / "okra_yolo"
    mark, tiny = datasets / "yolo_mark/data", datasets / "tinycoco/annotations"

    def read_raccoon() -> tuple[list[Box], Sizes]:
        sizes = {path.name: readers.size(path) for path in (raccoon / "images").glob("*.jpg")}
        return readers.voc(raccoon / "annotations"), sizes

    def read_yolo(folders: list[tuple[Path, Path]], names: list[str]) -> tuple[list[Box], Sizes]:
        found = [box for folder in folders for box in readers.yolo(*folder, names)]
        paths = [path for _, pictures in folders for path in pictures.glob("*.jpg")]
        return found, {str(path.resolve()): readers.size(path) for path in paths}

    def read_tiny(path: Path) -> tuple[list[Box], Sizes]:
        data = json.loads(path.read_bytes())
        sizes = {image["file_name"]: (image["width"], image["height"]) for image in data["images"]}
        # Crowds are judged by nothing but their edges, and all of these lie on their pictures.
        plain = [note for note in data["annotations"] if not note["iscrowd"]]
        crowds = [note for note in data["annotations"] if note["iscrowd"]]
        demand(all(min(note["bbox"][2:]) > 2 for note in crowds), "a crowd that is tiny")
        return boxes.of_coco({**data, "annotations": plain}), sizes

    okra_folders = [
        (folder / "labels", folder / "images") for folder in okra_yolo.label_folders(okra)
    ]
    return [
        Source("raccoon", (raccoon, "--from", "voc"), read_raccoon),
        Source("okra_yolo", (okra,), lambda: read_yolo(okra_folders, okra_yolo.NAMES)),
        Source(
            "yolo_mark",
            (mark / "obj.data",),
            lambda: read_yolo([(mark / "img", mark / "img")], ["air", "bird"]),
            # An absent picture, and one list for both splits.
            errors=2,
        ),
        *(
            Source(f"tinycoco {split}", (path,), functools.partial(read_tiny, path))
            for split in ("train", "val")
            for path in [tiny / f"instances_{split}2017.json"]
        ),
    ]


def claims(workspace: Workspace) -> list[Claim]:
    """Counts by rule, the only error there is, clean samples, and logs that hold to the schema."""
    listed = []
    for source in sources(workspace.datasets):
        listed.append(
            Claim(
                "validate",
                f"{source.name}: odd boxes are those that Python finds",
                functools.partial(same_as_python, workspace, source),
            )
        )
    listed += [
        Claim("validate", "raccoon: 36 boxes reach the edge", lambda: raccoon_edges(workspace)),
        Claim("validate", "yolo_mark: the absent picture", lambda: absent_picture(workspace)),
        Claim("validate", "kudzu: VIA's CSV is read and sound", lambda: kudzu(workspace)),
    ]
    for name in SAMPLES:
        listed.append(
            Claim(
                "validate",
                f"samples/{name} is clean",
                functools.partial(is_clean, workspace, workspace.samples / name),
            )
        )
    real = functools.partial(sarif_is_valid, workspace)
    return [*listed, Claim("sarif", "logs of real and broken sets keep to the schema", real)]


def same_as_python(workspace: Workspace, source: Source) -> str:
    """The rules that Python knows too, and no other error or warning."""
    found = validate(workspace, source.arguments, status=1 if source.errors else 0)
    expected = suspicious.counts(*source.read())
    counted = {rule: n for rule, n in found.by_rule().items() if rule in suspicious.RULES}
    demand_equal("findings by rule", counted, expected)
    errors = found.of("error")
    demand(len(errors) == source.errors, f"expected {source.errors} errors, found {errors}")
    strange = [f for f in found.of("warning") if f["rule"] not in suspicious.RULES]
    demand(not strange, f"expected no other warnings, found {strange}")
    return ", ".join(f"{count} {rule}" for rule, count in counted.items()) or "none"


def raccoon_edges(workspace: Workspace) -> str:
    """The evidence for pixels that are counted from 1, from the files' own numbers."""
    source = workspace.datasets / "raccoon"
    found = validate(workspace, [source, "--from", "voc"])
    evidence = [f["message"] for f in found.listed if f["rule"] == "pixel-convention-evidence"]
    demand_equal("findings of evidence", len(evidence), 1)
    sizes = {path.name: readers.size(path) for path in (source / "images").glob("*.jpg")}
    listed = readers.voc(source / "annotations")
    ends = [(box.sides[0] + box.sides[2], box.sides[1] + box.sides[3]) for box in listed]
    at_end = sum(
        end[0] == sizes[box.picture][0] or end[1] == sizes[box.picture][1]
        for box, end in zip(listed, ends, strict=True)
    )
    at_start = [sum(value in box.sides[:2] for box in listed) for value in (0, 1)]
    words = (
        f"of {len(listed)} boxes {at_start[0]} have a minimum of 0, {at_start[1]} a minimum of 1, "
        f"{at_end} a maximum equal to the size"
    )
    demand(evidence[0].startswith(words), f"expected {words}, found {evidence[0]}")
    return evidence[0]


def absent_picture(workspace: Workspace) -> str:
    """It is named where the list names it."""
    mark = workspace.datasets / "yolo_mark/data"
    found = validate(workspace, [mark / "obj.data"], status=1).of("error")
    rules = ["same-folder-splits", "missing-image-file"]
    demand_equal("errors", [finding["rule"] for finding in found], rules)
    found = found[1:]
    lines = (mark / "train.txt").read_text().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.endswith("air7.jpg"))
    demand_equal("line", found[0]["line"], line)
    demand(found[0]["path"].endswith("train.txt"), f"expected train.txt, found {found[0]['path']}")
    return f"train.txt:{line}: {found[0]['message']}"


def kudzu(workspace: Workspace) -> str:
    """The polygons of VIA's JSON, written as VIA writes its CSV."""
    folder = workspace.datasets / "kudzu_via/train"
    data = json.loads((folder / "via_region_data.json").read_bytes())
    table = workspace.scratch / "kudzu_via/via_region_data.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    columns = ["filename", "file_size", "file_attributes", "region_count", "region_id"]
    columns += ["region_shape_attributes", "region_attributes"]
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for entry in data.values():
            regions = entry["regions"]
            for number, region in enumerate(regions):
                shape, attributes = region["shape_attributes"], {"class": "kudzu"}
                row = [entry["filename"], entry["size"], "{}", len(regions), number]
                writer.writerow([*row, json.dumps(shape), json.dumps(attributes)])
    found = validate(workspace, [table, "--images", folder])
    demand_equal("errors", found.of("error"), [])
    polygons = sum(len(entry["regions"]) for entry in data.values())
    rules = ", ".join(f"{count} {rule}" for rule, count in found.by_rule().items())
    return f"{len(data)} pictures, {polygons} polygons, no error; {rules}"


def is_clean(workspace: Workspace, path: Path) -> str:
    """Neither an error nor a warning."""
    found = validate(workspace, [path])
    demand_equal("errors and warnings", found.of("error", "warning"), [])
    return f"{len(found.listed)} informational"


def sarif_is_valid(workspace: Workspace) -> str:
    """Over every real dataset, and over the samples that are broken."""
    inputs = [source.arguments for source in sources(workspace.datasets)]
    broken = workspace.samples / "broken"
    inputs += [(broken / name,) for name in ("voc", "yolo", "coco")]
    results = 0
    for arguments in inputs:
        run = copra.run(workspace.binary, ["validate", *arguments, "--format", "sarif"])
        demand(run.status in (0, 1), f"exit status {run.status}\n$ {run.command}\n{run.messages}")
        log = json.loads(run.output)
        faults = sarif_log.faults_of(log)
        demand(not faults, "\n".join([run.command, *faults[:5]]))
        results += sum(len(part["results"]) for part in log["runs"])
    return f"{len(inputs)} logs, {results} results, no fault"
