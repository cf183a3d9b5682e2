"""What supervision writes: Pascal VOC, YOLO and COCO, of boxes and of masks."""

from __future__ import annotations

import functools
from pathlib import Path

import cv2
import numpy
import supervision

from written_by import truth
from written_by.writing import write_all


def dataset(pictures: Path, split: str, masks: bool = False) -> supervision.DetectionDataset:
    """A split as supervision holds it; a picture's objects have masks all or none."""
    annotations = {}
    for picture in truth.pictures(split):
        things = picture.things
        edges = numpy.array([thing.edges for thing in things], dtype=float).reshape(-1, 4)
        annotations[str(pictures / "flat" / split / picture.name)] = supervision.Detections(
            xyxy=edges,
            class_id=numpy.array([thing.number for thing in things], dtype=int),
            mask=numpy.array([mask(picture, t) for t in things]) if masks and things else None,
        )
    return supervision.DetectionDataset(list(truth.CLASSES), list(annotations), annotations)


def mask(picture: truth.Picture, thing: truth.Thing) -> numpy.ndarray:
    """An object's outline, filled."""
    canvas = numpy.zeros((picture.height, picture.width), dtype=numpy.uint8)
    points = numpy.array(thing.corners).reshape(-1, 2)
    cv2.fillPoly(canvas, [numpy.floor(points).astype(int)], 1)
    return canvas.astype(bool)


def oriented(pictures: Path, target: Path) -> None:
    """YOLO with the four corners of each object."""
    for split in truth.SPLITS:
        boxes = dataset(pictures, split)
        for picture, detections in zip(
            truth.pictures(split), boxes.annotations.values(), strict=True
        ):
            corners = [truth.Thing(t.category, t.sides).corners for t in picture.things]
            detections.data["xyxyxyxy"] = numpy.array(corners, dtype=float).reshape(-1, 4, 2)
        boxes.as_yolo(
            images_directory_path=str(target / split / "images"),
            annotations_directory_path=str(target / split / "labels"),
            data_yaml_path=str(target / "data.yaml"),
            is_obb=True,
        )


def yolo(pictures: Path, target: Path, masks: bool = False) -> None:
    """One folder a split below one data.yaml, as supervision's examples have it."""
    for split in truth.SPLITS:
        dataset(pictures, split, masks).as_yolo(
            images_directory_path=str(target / split / "images"),
            annotations_directory_path=str(target / split / "labels"),
            data_yaml_path=str(target / "data.yaml"),
        )


def voc(pictures: Path, target: Path, masks: bool = False) -> None:
    """Pictures and annotations of each split in folders of their own."""
    for split in truth.SPLITS:
        dataset(pictures, split, masks).as_pascal_voc(
            images_directory_path=str(target / split / "images"),
            annotations_directory_path=str(target / split / "annotations"),
        )


def beside(pictures: Path, target: Path, form: str) -> None:
    """Annotations in the folder of each split's pictures, called as Roboflow calls them."""
    for split in truth.SPLITS:
        folder = str(target / split)
        if form == "voc":
            dataset(pictures, split).as_pascal_voc(folder, folder)
        else:
            dataset(pictures, split).as_coco(folder, f"{folder}/_annotations.coco.json")


def coco(pictures: Path, target: Path, masks: bool = False) -> None:
    """One file a split beside its pictures."""
    for split in truth.SPLITS:
        dataset(pictures, split, masks).as_coco(
            images_directory_path=str(target / split / "images"),
            annotations_path=str(target / split / "annotations.json"),
        )


if __name__ == "__main__":
    write_all(
        {
            "yolo": yolo,
            "voc": voc,
            "coco": coco,
            "voc beside pictures": functools.partial(beside, form="voc"),
            "coco beside pictures": functools.partial(beside, form="coco"),
            "yolo oriented": oriented,
            "yolo masks": functools.partial(yolo, masks=True),
            "voc masks": functools.partial(voc, masks=True),
            "coco masks": functools.partial(coco, masks=True),
        }
    )
