"""One set of boxes over the pictures, written as Pascal VOC and as YOLO."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import numpy

from picture_files import HEIGHT, WIDTH, picture_name

CLASSES = [
    "acorn", "almond", "apple", "apricot", "banana", "blackberry", "cherry", "chestnut", "coconut",
    "cranberry", "fig", "grape", "hazelnut", "lemon", "mango", "olive", "peach", "pear", "plum",
    "walnut",
]  # fmt: skip
POSES = ["Unspecified", "Frontal", "Left", "Right", "Rear"]

VOC_HEAD = """<annotation>
\t<folder>JPEGImages</folder>
\t<filename>{name}</filename>
\t<path>/pictures/JPEGImages/{name}</path>
\t<source>
\t\t<database>Unknown</database>
\t</source>
\t<size>
\t\t<width>{width}</width>
\t\t<height>{height}</height>
\t\t<depth>3</depth>
\t</size>
\t<segmented>0</segmented>
"""
VOC_OBJECT = """\t<object>
\t\t<name>{name}</name>
\t\t<pose>{pose}</pose>
\t\t<truncated>{truncated}</truncated>
\t\t<difficult>{difficult}</difficult>
\t\t<bndbox>
\t\t\t<xmin>{xmin}</xmin>
\t\t\t<ymin>{ymin}</ymin>
\t\t\t<xmax>{xmax}</xmax>
\t\t\t<ymax>{ymax}</ymax>
\t\t</bndbox>
\t</object>
"""


@dataclasses.dataclass(frozen=True)
class Plan:
    """How many pictures and boxes there are."""

    pictures: int
    boxes: int
    seed: int


@dataclasses.dataclass(frozen=True)
class LabelledBox:
    """A box in whole pixels, with what Pascal VOC says about it."""

    label: int
    pose: int
    truncated: int
    difficult: int
    xmin: int
    ymin: int
    xmax: int
    ymax: int


def boxes_by_picture(plan: Plan) -> list[list[LabelledBox]]:
    """The boxes of every picture, in the pictures' order; a few pictures have none."""
    generator = numpy.random.default_rng([plan.seed, 2])
    counts = generator.multinomial(plan.boxes, [1 / plan.pictures] * plan.pictures)
    total = plan.boxes
    width = numpy.minimum(generator.lognormal(4.2, 0.8, total).astype(int) + 4, WIDTH - 2)
    height = numpy.minimum(generator.lognormal(4.0, 0.8, total).astype(int) + 4, HEIGHT - 2)
    xmin = 1 + (generator.random(total) * (WIDTH - 1 - width)).astype(int)
    ymin = 1 + (generator.random(total) * (HEIGHT - 1 - height)).astype(int)
    columns = [
        generator.integers(0, len(CLASSES), total),
        generator.integers(0, len(POSES), total),
        (generator.random(total) < 0.2).astype(int),
        (generator.random(total) < 0.05).astype(int),
        xmin,
        ymin,
        xmin + width,
        ymin + height,
    ]
    boxes = [LabelledBox(*row) for row in zip(*(column.tolist() for column in columns))]
    ends = numpy.cumsum(counts).tolist()
    return [boxes[end - count : end] for end, count in zip(ends, counts.tolist())]


def link_pictures(source: Path, target: Path) -> None:
    """Hard-links every picture into the target folder."""
    target.mkdir()
    for picture in sorted(source.iterdir()):
        os.link(picture, target / picture.name)


def voc_document(name: str, boxes: list[LabelledBox]) -> str:
    """One annotation file, laid out as LabelImg does."""
    objects = [
        VOC_OBJECT.format(
            **{**dataclasses.asdict(box), "name": CLASSES[box.label], "pose": POSES[box.pose]}
        )
        for box in boxes
    ]
    head = VOC_HEAD.format(name=name, width=WIDTH, height=HEIGHT)
    return head + "".join(objects) + "</annotation>\n"


def write_voc(folder: Path, pictures: Path, plan: Plan) -> None:
    """Writes `Annotations` and `JPEGImages`."""
    link_pictures(pictures, folder / "JPEGImages")
    annotations = folder / "Annotations"
    annotations.mkdir()
    for number, boxes in enumerate(boxes_by_picture(plan), start=1):
        name = picture_name(number)
        (annotations / name).with_suffix(".xml").write_text(voc_document(name, boxes))


def yolo_row(box: LabelledBox) -> str:
    """One row: the class, then centre and size as fractions of the picture."""
    centre_x = (box.xmin + box.xmax) / 2 / WIDTH
    centre_y = (box.ymin + box.ymax) / 2 / HEIGHT
    width = (box.xmax - box.xmin) / WIDTH
    height = (box.ymax - box.ymin) / HEIGHT
    return f"{box.label} {centre_x:.6f} {centre_y:.6f} {width:.6f} {height:.6f}\n"


def write_yolo(folder: Path, pictures: Path, plan: Plan) -> None:
    """Writes `images`, `labels` and `data.yaml`."""
    link_pictures(pictures, folder / "images")
    labels = folder / "labels"
    labels.mkdir()
    for number, boxes in enumerate(boxes_by_picture(plan), start=1):
        rows = "".join(yolo_row(box) for box in boxes)
        (labels / picture_name(number)).with_suffix(".txt").write_text(rows)
    names = "".join(f"  {index}: {name}\n" for index, name in enumerate(CLASSES))
    head = f"path: .\ntrain: images\nnc: {len(CLASSES)}\nnames:\n"
    (folder / "data.yaml").write_text(head + names)
