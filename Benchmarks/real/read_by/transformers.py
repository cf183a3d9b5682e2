"""What transformers' DETR processor makes of COCO's annotations."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import PIL.Image

os.environ["HF_HUB_OFFLINE"] = "1"

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
from read_by import layouts, masks  # noqa: E402
from read_by.reading import Picture, Thing, read_all  # noqa: E402
from transformers import DetrImageProcessor  # noqa: E402

PROCESSOR = DetrImageProcessor(
    do_resize=False, do_normalize=False, do_pad=False, do_convert_annotations=True
)


def coco(folder: Path) -> Iterator[Picture]:
    """Each picture with its annotations, and masks where it can read them."""
    for part in layouts.coco(folder):
        data = part.coco()
        names = {category["id"]: category["name"] for category in data["categories"]}
        with_masks = all(is_readable(note.get("segmentation")) for note in data["annotations"])
        for image in data["images"]:
            notes = [note for note in data["annotations"] if note["image_id"] == image["id"]]
            path = part.pictures / image["file_name"]
            yield Picture(part.split, path, things(path, image["id"], notes, names, with_masks))


def is_readable(shape: Any) -> bool:
    """Whether there are rings or counts; of compressed run lengths it makes nothing."""
    return bool(shape) and (isinstance(shape, list) or isinstance(shape["counts"], list))


def things(
    path: Path, key: int, notes: list[dict[str, Any]], names: dict[int, str], with_masks: bool
) -> list[Thing]:
    """Boxes, which come as parts of the picture's sides, and masks; neither of crowds.

    Masks are asked for without the crowds: where there are some, the processor mixes them up.
    """
    with PIL.Image.open(path) as opened:
        picture = opened.convert("RGB")
    found = labels(picture, key, notes, with_masks=False)
    width, height = picture.size
    listed = []
    for label, (x, y, w, h) in zip(
        found["class_labels"].tolist(), found["boxes"].tolist(), strict=True
    ):
        left, top = (x - w / 2) * width, (y - h / 2) * height
        edges = (left, top, (x + w / 2) * width, (y + h / 2) * height)
        listed.append(Thing(names[label], edges))
    if not with_masks:
        return listed
    notes = [note for note in notes if not note["iscrowd"]]
    pixels = labels(picture, key, notes, with_masks=True)["masks"]
    return [
        dataclasses.replace(thing, mask=masks.of_pixels(mask))
        for thing, mask in zip(listed, pixels, strict=True)
    ]


def labels(
    picture: PIL.Image.Image, key: int, notes: list[dict[str, Any]], with_masks: bool
) -> dict[str, Any]:
    """What the processor makes of a picture's annotations."""
    found = PROCESSOR(
        images=picture,
        annotations={"image_id": key, "annotations": notes},
        return_segmentation_masks=with_masks,
        return_tensors="pt",
    )
    return found["labels"][0]


if __name__ == "__main__":
    read_all(dict.fromkeys(layouts.COCO, coco))
