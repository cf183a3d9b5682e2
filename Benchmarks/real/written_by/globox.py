"""What globox writes: Pascal VOC, YOLO, COCO and Open Images' table."""

from __future__ import annotations

from pathlib import Path

import globox

from written_by import sources, truth
from written_by.writing import write_all

NUMBERS = {name: number for number, name in enumerate(truth.CLASSES)}


def annotations(split: str, nested: bool = False) -> globox.AnnotationSet:
    """A split, or all of them, as globox holds it."""
    found = globox.AnnotationSet()
    for picture in truth.pictures(split, nested):
        size = (picture.width, picture.height)
        boxes = [
            globox.BoundingBox(
                label=t.category, xmin=t.edges[0], ymin=t.edges[1], xmax=t.edges[2], ymax=t.edges[3]
            )
            for t in picture.things
        ]
        found.add(globox.Annotation(picture.name, size, boxes))
    return found


def voc(pictures: Path, target: Path) -> None:
    """Files of each split in a folder beside the folder of its pictures."""
    for split in truth.SPLITS:
        sources.copy(pictures, split, target / split / "images")
        annotations(split).save_pascal_voc(target / split / "annotations")


def yolo(pictures: Path, target: Path) -> None:
    """Label files in `labels`; pictures and classes.txt are put beside them, as its reader asks."""
    sources.copy(pictures, "train", target / "images")
    annotations("train").save_yolo_v5(target / "labels", label_to_id=NUMBERS)
    (target / "classes.txt").write_text("\n".join(truth.CLASSES) + "\n")


def darknet(pictures: Path, target: Path) -> None:
    """Label files beside the pictures, and obj.names."""
    sources.copy(pictures, "train", target)
    annotations("train").save_yolo_darknet(target, label_to_id=NUMBERS)
    (target / "obj.names").write_text("\n".join(truth.CLASSES) + "\n")


def coco(pictures: Path, target: Path) -> None:
    """One file a split with ids from 0, in folders as COCO has them."""
    for split in truth.SPLITS:
        sources.copy(pictures, split, target / split, nested=True)
        path = target / "annotations" / f"instances_{split}.json"
        path.parent.mkdir(exist_ok=True)
        annotations(split, nested=True).save_coco(path, auto_ids=True)


def open_images(pictures: Path, target: Path) -> None:
    """A table a split beside its pictures; Source and the five flags are empty."""
    for split in truth.SPLITS:
        sources.copy(pictures, split, target / split)
        annotations(split).save_openimage(target / f"{split}.csv")


if __name__ == "__main__":
    write_all(
        {
            "voc": voc,
            "yolo": yolo,
            "darknet": darknet,
            "coco": coco,
            "open images": open_images,
        }
    )
