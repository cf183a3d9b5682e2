"""What sahi reads of COCO's JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sahi.utils.coco import Coco

from read_by import layouts
from read_by.reading import Picture, Thing, corners, read_all


def read(folder: Path) -> Iterator[Picture]:
    """Boxes by class."""
    for part in layouts.coco(folder):
        coco = Coco.from_coco_dict_or_path(str(part.file), image_dir=str(part.pictures))
        for image in coco.images:
            things = [Thing(n.category_name, corners(n.bbox)) for n in image.annotations]
            yield Picture(part.split, part.pictures / image.file_name, things)


if __name__ == "__main__":
    read_all(dict.fromkeys(layouts.COCO, read))
