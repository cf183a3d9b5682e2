"""What transformers' DETR processor makes of COCO's annotations, and of rows of `datasets`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import PIL.Image
import torch

os.environ["HF_HUB_OFFLINE"] = "1"

from read_by import layouts, masks, torchvision_operators  # noqa: E402
from read_by.reading import Picture, Thing, read_all  # noqa: E402
from transformers import DetrImageProcessor  # noqa: E402

PROCESSOR = DetrImageProcessor(do_resize=False, do_normalize=False, do_pad=False, do_convert_annotations=True)


def coco(folder: Path) -> Iterator[Picture]:
    """Each picture with its annotations."""
    for part in layouts.coco(folder):
        data = part.coco()
        names = {category["id"]: category["name"] for category in data["categories"]}
        for image in data["images"]:
            notes = [note for note in data["annotations"] if note["image_id"] == image["id"]]
            path = part.pictures / image["file_name"]
            yield Picture(part.split, path, things(path, image["id"], notes, names))


def things(
    path: Path, key: int, notes: list[dict[str, Any]], names: dict[int, str]
) -> list[Thing]:
    """Boxes, which come as parts of the picture's sides, and masks; neither of crowds.

    Masks are asked for without the crowds: where there are some, the processor mixes them up.
    """
    with PIL.Image.open(path) as opened:
        picture = opened.convert("RGB")
    found = labels(picture, key, notes, with_masks=False)
    counted = labels(picture, key, [note for note in notes if not note["iscrowd"]], with_masks=True)
    if not torch.equal(found["boxes"], counted["boxes"]):
        raise ValueError(f"{path.name} has other boxes where masks are asked for")
    width, height = picture.size
    listed = []
    for label, (x, y, w, h), mask in zip(
        found["class_labels"].tolist(), found["boxes"].tolist(), counted["masks"], strict=True
    ):
        edges = ((x - w / 2) * width, (y - h / 2) * height, (x + w / 2) * width, (y + h / 2) * height)
        listed.append(Thing(names[label], edges, masks.of_pixels(mask)))
    return listed


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
