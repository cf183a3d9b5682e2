"""What programs are given: the pictures as files, and the truth as COCO for those that read it."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import PIL.Image

from written_by import truth


def draw(place: Path) -> None:
    """Writes all pictures into `flat` and `nested`, each split in a folder of its own."""
    for layout in ("flat", "nested"):
        for number, picture in enumerate(truth.pictures(nested=layout == "nested")):
            path = place / layout / picture.split / PurePosixPath(picture.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            colours = random.Random(number).randbytes(16 * 12 * 3)
            checks = PIL.Image.frombytes("RGB", (16, 12), colours)
            size = (picture.width, picture.height)
            checks.resize(size, PIL.Image.Resampling.NEAREST).save(path, quality=92)


def copy(pictures: Path, split: str, target: Path, nested: bool = False) -> None:
    """Puts a split's pictures into a folder, for programs that write annotations alone."""
    layout = "nested" if nested else "flat"
    shutil.copytree(pictures / layout / split, target, dirs_exist_ok=True)


def coco(listed: list[truth.Picture]) -> dict[str, Any]:
    """The pictures as a COCO file, for programs that read one to write another format."""
    images = [
        {"id": number, "file_name": picture.name, "width": picture.width, "height": picture.height}
        for number, picture in enumerate(listed, start=1)
    ]
    things = [(image["id"], t) for image, p in zip(images, listed, strict=True) for t in p.things]
    annotations = [
        {
            **{"id": number, "image_id": image, "category_id": thing.number + 1, "iscrowd": 0},
            **{"bbox": thing.sides, "area": thing.sides[2] * thing.sides[3]},
            "segmentation": [thing.corners],
            **{"keypoints": keypoints(thing), "num_keypoints": 4},
        }
        for number, (image, thing) in enumerate(things, start=1)
    ]
    categories = [
        {"id": number, "name": name} for number, name in enumerate(truth.CLASSES, start=1)
    ]
    return {"images": images, "annotations": annotations, "categories": categories}


def keypoints(thing: truth.Thing) -> list[float]:
    """Four corners that can all be seen."""
    corners = thing.corners[:8]
    return [part for x, y in zip(corners[::2], corners[1::2], strict=True) for part in (x, y, 2)]


def save(path: Path, listed: list[truth.Picture]) -> Path:
    """Writes pictures as a COCO file; its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(coco(listed)))
    return path


def folder(target: Path) -> Path:
    """A folder beside a set for what its program is to read."""
    return target.with_name(f"{target.name} source")
