"""What a class reads of COCO's JSON that has the methods of pycocotools' `COCO`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from read_by import layouts, masks
from read_by.reading import Picture, Thing, corners


def reader(kind: Callable[[str], Any]) -> Callable[[Path], Iterator[Picture]]:
    """A function that reads every annotation, with the mask that `annToRLE` makes of its outline."""

    def read(folder: Path) -> Iterator[Picture]:
        for part in layouts.coco(folder):
            coco = kind(str(part.file))
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

    return read
