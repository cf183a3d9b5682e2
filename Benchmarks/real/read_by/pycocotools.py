"""What pycocotools reads of COCO's JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pycocotools.coco import COCO

from read_by import layouts, masks
from read_by.reading import Picture, Thing, corners, read_all


def read(folder: Path) -> Iterator[Picture]:
    """Every annotation, with the mask that `annToRLE` makes of its outline."""
    for part in layouts.coco(folder):
        coco = COCO(str(part.file))
        for key in coco.getImgIds():
            notes = coco.loadAnns(coco.getAnnIds(imgIds=key))
            things = [
                Thing(
                    coco.cats[note["category_id"]]["name"],
                    corners(note["bbox"]),
                    masks.as_text(coco.annToRLE(note)) if note.get("segmentation") else None,
                )
                for note in notes
            ]
            yield Picture(part.split, part.pictures / coco.imgs[key]["file_name"], things)


if __name__ == "__main__":
    read_all(dict.fromkeys(layouts.COCO, read))
