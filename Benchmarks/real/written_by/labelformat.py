"""What labelformat writes: Pascal VOC, YOLO of boxes and of outlines, COCO of both."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

from labelformat import formats
from labelformat.model.bounding_box import BoundingBox
from labelformat.model.category import Category
from labelformat.model.image import Image
from labelformat.model.instance_segmentation import (
    ImageInstanceSegmentation,
    InstanceSegmentationInput,
    SingleInstanceSegmentation,
)
from labelformat.model.multipolygon import MultiPolygon
from labelformat.model.object_detection import (
    ImageObjectDetection,
    ObjectDetectionInput,
    SingleObjectDetection,
)

from written_by import sources, truth
from written_by.writing import write_all

CATEGORIES = [Category(id=number, name=name) for number, name in enumerate(truth.CLASSES)]


class Source:
    """A split as labelformat's readers give it."""

    def __init__(self, split: str, nested: bool = False) -> None:
        self.pictures = truth.pictures(split, nested)

    @staticmethod
    def add_cli_arguments(parser: object) -> None:
        """There is no command line."""

    def get_categories(self) -> Iterable[Category]:
        """All classes."""
        return CATEGORIES

    def get_images(self) -> Iterable[Image]:
        """All pictures."""
        for number, p in enumerate(self.pictures):
            yield Image(id=number, filename=p.name, width=p.width, height=p.height)


class Boxes(Source, ObjectDetectionInput):
    """The boxes of a split."""

    def get_labels(self) -> Iterable[ImageObjectDetection]:
        """Picture by picture."""
        for image, picture in zip(self.get_images(), self.pictures, strict=True):
            yield ImageObjectDetection(
                image=image,
                objects=[
                    SingleObjectDetection(CATEGORIES[thing.number], BoundingBox(*thing.edges))
                    for thing in picture.things
                ],
            )


class Outlines(Source, InstanceSegmentationInput):
    """The outlines of a split."""

    def get_labels(self) -> Iterable[ImageInstanceSegmentation]:
        """Picture by picture."""
        for image, picture in zip(self.get_images(), self.pictures, strict=True):
            yield ImageInstanceSegmentation(
                image=image,
                objects=[
                    SingleInstanceSegmentation(CATEGORIES[thing.number], outline(thing))
                    for thing in picture.things
                ],
            )


def outline(thing: truth.Thing) -> MultiPolygon:
    """An object's outline, or its corners."""
    return MultiPolygon([list(zip(thing.corners[::2], thing.corners[1::2], strict=True))])


def yolo(pictures: Path, target: Path, source: type[Source], output: type) -> None:
    """labelformat's data.yaml names `images` for any split: one split, with its pictures there."""
    sources.copy(pictures, "train", target / "images", nested=True)
    output(target / "data.yaml", "train").save(source("train", nested=True))


def voc(pictures: Path, target: Path) -> None:
    """Files of each split in a folder beside the folder of its pictures."""
    for split in truth.SPLITS:
        sources.copy(pictures, split, target / split / "images")
        formats.PascalVOCObjectDetectionOutput(target / split / "annotations").save(Boxes(split))


def coco(pictures: Path, target: Path, source: type[Source], output: type) -> None:
    """One file a split beside its pictures."""
    for split in truth.SPLITS:
        sources.copy(pictures, split, target / split / "images", nested=True)
        output(target / split / "annotations.json").save(source(split, nested=True))


if __name__ == "__main__":
    v5, v8 = formats.YOLOv5ObjectDetectionOutput, formats.YOLOv8ObjectDetectionOutput
    v8_outlines = formats.YOLOv8InstanceSegmentationOutput
    coco_boxes = formats.COCOObjectDetectionOutput
    coco_outlines = formats.COCOInstanceSegmentationOutput
    write_all(
        {
            "yolo v5": functools.partial(yolo, source=Boxes, output=v5),
            "yolo v8": functools.partial(yolo, source=Boxes, output=v8),
            "yolo outlines": functools.partial(yolo, source=Outlines, output=v8_outlines),
            "voc": voc,
            "coco": functools.partial(coco, source=Boxes, output=coco_boxes),
            "coco outlines": functools.partial(coco, source=Outlines, output=coco_outlines),
        }
    )
