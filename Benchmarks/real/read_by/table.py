"""Which program reads which layout, and what it makes of what stands there."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Callable

from boxes import Sides

Rounding = Callable[[Sides], Sides]
"""Makes of true edges what a program gives."""


def as_given(edges: Sides) -> Sides:
    """The edges themselves."""
    return edges


def as_written(edges: Sides) -> Sides:
    """Pascal VOC's numbers: minima are counted from 1."""
    left, top, right, bottom = edges
    return (left + 1, top + 1, right, bottom)


def cut(edges: Sides) -> Sides:
    """Pascal VOC's numbers without their fractions, one less each."""
    left, top, right, bottom = (math.floor(edge) - 1 for edge in as_written(edges))
    return (left, top, right, bottom)


@dataclasses.dataclass(frozen=True)
class Reading:
    """A program and a layout."""

    program: str
    layout: str
    rounding: Rounding = as_given
    slack: float = 0.01
    """How far in pixels an edge may be from the true one."""
    crowds: bool = True
    """Whether it gives crowds."""
    masks: int | None = None
    """How far in pixels its masks may be from the true ones, where it gives masks."""
    draws_outlines: bool = False
    """Whether a mask holds the outline too, also where it encloses nothing."""
    only_outlines: bool = False
    """Whether this layout is for sets whose objects have outlines or masks."""
    around: bool = False
    """Whether boxes are those around the outlines."""
    trains: bool = False
    """Whether it only learns from the folder, and gives the pictures that it validated."""

    def is_for(self, outlines: bool) -> bool:
        """Whether a set, with outlines or without, is written in this layout."""
        return outlines or not self.only_outlines


OPTIONS = {"ultralytics outlines": ("--layout", "ultralytics", "--yolo-rows", "polygon")}
"""What copra is told for layouts that have no name of their own."""
EXACT = 0
JOINED = 2
"""An outline of one ring where the object has several, or where it was a mask."""
VOC = functools.partial(Reading, layout="voc")
YOLO = functools.partial(Reading, layout="ultralytics")
OUTLINES = functools.partial(
    Reading, layout="ultralytics outlines", only_outlines=True, around=True
)

READINGS = [
    YOLO("ultralytics"),
    YOLO("ultralytics_training", trains=True),
    YOLO("supervision"),
    YOLO("globox"),
    YOLO("labelformat"),
    YOLO("datumaro"),
    YOLO("albumentations"),
    OUTLINES("ultralytics", masks=JOINED),
    OUTLINES("ultralytics_training", trains=True),
    OUTLINES("supervision", masks=JOINED, draws_outlines=True),
    OUTLINES("albumentations"),
    Reading("rfdetr", "roboflow", crowds=False, masks=EXACT),
    Reading("torchvision", "torchvision", crowds=False, masks=EXACT),
    Reading("mmdet", "mmdetection", masks=EXACT),
    Reading("datasets", "huggingface"),
    *(
        Reading(program, layout, crowds=crowds, masks=allowed)
        for program, crowds, allowed in (
            ("pycocotools", True, EXACT),
            ("hotcoco", True, EXACT),
            ("transformers", False, EXACT),
            ("datumaro", True, None),
            ("globox", True, None),
            ("labelformat", True, None),
            ("sahi", True, None),
            ("albumentations", True, None),
        )
        for layout in ("roboflow", "torchvision", "detectron2", "mmdetection")
    ),
    *(
        Reading("supervision", layout, masks=1, draws_outlines=True)
        for layout in ("roboflow", "torchvision", "detectron2", "mmdetection")
    ),
    VOC("torchvision", rounding=as_written),
    VOC("supervision"),
    VOC("datumaro", rounding=as_written),
    VOC("mmdet", rounding=cut, slack=1),
    VOC("globox", rounding=as_written),
    VOC("labelformat", rounding=as_written),
    VOC("albumentations", rounding=as_written),
]
