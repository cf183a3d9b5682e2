"""What the trained sets hold, read with none of copra's code, and how copra is given them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pycocotools.mask

import boxes
import okra_yolo
import readers
import yolo_mark
from conversions import Workspace


@dataclasses.dataclass(frozen=True)
class Thing:
    """An object: its class, left, top, right and bottom, and its mask where it has one."""

    category: str
    edges: boxes.Sides
    mask: Mapping[str, Any] | None = None
    crowd: bool = False
    around: boxes.Sides | None = None
    """The edges around its outline or its mask, which COCO may give another box."""


@dataclasses.dataclass(frozen=True)
class Picture:
    """A picture by its base name, which no two of a set have; a set without splits names none."""

    name: str
    split: str
    file: Path
    things: tuple[Thing, ...]


@dataclasses.dataclass(frozen=True)
class Source:
    """A set: what comes after `copra convert`, and what it holds."""

    name: str
    arguments: Callable[[Workspace], list[str | Path]]
    pictures: Callable[[Workspace], list[Picture]]
    outlines: bool = False
    """Whether its objects have outlines or masks."""


def collected(found: list[boxes.Box], files: Iterator[Path]) -> list[Picture]:
    """The pictures of a set without splits, whose boxes are by base name."""
    by_name: dict[str, list[Thing]] = {}
    for box in found:
        x, y, width, height = box.sides
        thing = Thing(box.category, (x, y, x + width, y + height))
        by_name.setdefault(boxes.file_name(box.picture), []).append(thing)
    return [Picture(f.name, "", f, tuple(by_name.get(f.name, ()))) for f in sorted(files)]


def raccoon(workspace: Workspace) -> list[Picture]:
    """Pascal VOC, whose edges are taken as they stand."""
    folder = workspace.datasets / "raccoon"
    return collected(readers.voc(folder / "annotations"), (folder / "images").glob("*.jpg"))


def okra(workspace: Workspace) -> list[Picture]:
    """Two folders of YOLO's labels."""
    source = workspace.datasets / "okra_yolo"
    found, files = [], []
    for folder in okra_yolo.label_folders(source):
        found += readers.yolo(folder / "labels", folder / "images", okra_yolo.NAMES)
        files += (folder / "images").glob("*.jpg")
    return collected(found, iter(files))


def mark(workspace: Workspace) -> list[Picture]:
    """Darknet's labels beside their pictures."""
    folder = workspace.datasets / "yolo_mark/data/img"
    found = readers.yolo(folder, folder, list(yolo_mark.COUNTS))
    return collected(found, folder.glob("*.jpg"))


def of_coco(file: Path, split: str, folder: Path) -> Iterator[Picture]:
    """The pictures of a COCO file."""
    data = json.loads(file.read_bytes())
    names = {category["id"]: category["name"] for category in data["categories"]}
    for image in data["images"]:
        notes = [note for note in data["annotations"] if note["image_id"] == image["id"]]
        things = tuple(thing(note, names, image["height"], image["width"]) for note in notes)
        yield Picture(Path(image["file_name"]).name, split, folder / image["file_name"], things)


def thing(note: dict[str, Any], names: dict[int, str], height: int, width: int) -> Thing:
    """An annotation of COCO, its mask as pycocotools fills it."""
    x, y, wide, high = note["bbox"]
    shape = note["segmentation"]
    encoded = shape
    if isinstance(shape, list):
        encoded = pycocotools.mask.merge(pycocotools.mask.frPyObjects(shape, height, width))
    elif isinstance(shape["counts"], list):
        encoded = pycocotools.mask.frPyObjects(shape, height, width)
    edges = (x, y, x + wide, y + high)
    crowd = bool(note["iscrowd"])
    return Thing(names[note["category_id"]], edges, encoded, crowd, around(shape, encoded))


def around(shape: Any, encoded: Mapping[str, Any]) -> boxes.Sides:
    """The edges around all rings, or around the pixels of a mask."""
    if isinstance(shape, list):
        across = [side for ring in shape for side in ring[::2]]
        down = [side for ring in shape for side in ring[1::2]]
        return (min(across), min(down), max(across), max(down))
    x, y, width, height = pycocotools.mask.toBbox(encoded).tolist()
    return (x, y, x + width, y + height)


def tinycoco(workspace: Workspace) -> list[Picture]:
    """COCO's own folder: outlines of one ring and of several, and crowds of run lengths."""
    source = workspace.datasets / "tinycoco"
    return [
        picture
        for split in ("train", "val")
        for picture in of_coco(
            source / f"annotations/instances_{split}2017.json",
            split,
            source / f"images/{split}2017",
        )
    ]


def kudzu_folder(workspace: Workspace) -> Path:
    """VIA's outlines, which copra does not read, as COCO beside links to the pictures."""
    target = workspace.scratch / "kudzu"
    if target.exists():
        return target
    for split in ("train", "val"):
        source = workspace.datasets / "kudzu_via" / split
        (target / "annotations").mkdir(parents=True, exist_ok=True)
        (target / "images").mkdir(exist_ok=True)
        (target / "images" / split).symlink_to(source)
        via = json.loads((source / "via_region_data.json").read_bytes()).values()
        content = json.dumps(coco_of_via(list(via), source))
        (target / f"annotations/instances_{split}.json").write_text(content)
    return target


def coco_of_via(listed: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """One ring an object, its box that of its corners."""
    images, notes = [], []
    for number, item in enumerate(listed, start=1):
        width, height = readers.size(folder / item["filename"])
        size = {"width": width, "height": height}
        images.append({"id": number, "file_name": item["filename"], **size})
        for region in item["regions"]:
            shape = region["shape_attributes"]
            across, down = shape["all_points_x"], shape["all_points_y"]
            left, top = min(across), min(down)
            wide, high = max(across) - left, max(down) - top
            ring = [side for point in zip(across, down, strict=True) for side in point]
            note = {"id": len(notes) + 1, "image_id": number, "category_id": 1, "iscrowd": 0}
            shape = {"bbox": [left, top, wide, high], "area": wide * high, "segmentation": [ring]}
            notes.append({**note, **shape})
    return {"images": images, "annotations": notes, "categories": [{"id": 1, "name": "kudzu"}]}


def kudzu(workspace: Workspace) -> list[Picture]:
    """The same file: VIA's outlines."""
    folder = kudzu_folder(workspace)
    return [
        picture
        for split in ("train", "val")
        for picture in of_coco(
            folder / f"annotations/instances_{split}.json", split, folder / "images" / split
        )
    ]


def samples(workspace: Workspace, folder: str = "voc/JPEGImages") -> list[Picture]:
    """The drawn scenes: `expected.json`, its boxes alone, and its splits."""
    listed = []
    for split in ("train", "val"):
        names = (workspace.samples / f"voc/ImageSets/Main/{split}.txt").read_text().split()
        for picture in of_coco(
            workspace.samples / "expected.json", split, workspace.samples / folder
        ):
            if Path(picture.name).stem in names:
                things = [dataclasses.replace(thing, mask=None) for thing in picture.things]
                listed.append(dataclasses.replace(picture, things=tuple(things)))
    return listed


def masks(workspace: Workspace) -> list[Picture]:
    """The drawn scenes as masks, which know neither classes nor splits."""
    folder = workspace.samples / "masks/images"
    return [
        dataclasses.replace(
            picture,
            things=tuple(dataclasses.replace(t, category="object") for t in picture.things),
        )
        for picture in of_coco(workspace.samples / "expected.json", "", folder)
    ]


def given(place: str, *further: str) -> Callable[[Workspace], list[str | Path]]:
    """A folder of the real data sets, with options."""
    return lambda workspace: [workspace.datasets / place, *further]


SOURCES = [
    Source("raccoon", given("raccoon", "--from", "voc"), raccoon),
    Source("okra_yolo", given("okra_yolo"), okra),
    Source("yolo_mark", given("yolo_mark/data/img", "--categories", "air,bird"), mark),
    Source("tinycoco", given("tinycoco"), tinycoco, outlines=True),
    Source("kudzu", lambda workspace: [kudzu_folder(workspace)], kudzu, outlines=True),
    Source("samples", lambda workspace: [workspace.samples / "voc"], samples),
    Source("masks", lambda workspace: [workspace.samples / "masks"], masks, outlines=True),
]
