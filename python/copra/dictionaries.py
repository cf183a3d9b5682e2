"""What an evaluation sees of dictionaries: those of its images, as they are at that moment.

As in pycocotools, an annotation that was changed counts as changed, and what was added to a dataset
or taken away counts from the next `createIndex()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from copra import mask as masks
from copra.coco import COCO, Record, Truth
from copra.detections import Detections

if TYPE_CHECKING:
    from copra.evaluation import Params

_IMAGE = ("id", "width", "height", "file_name")
_CATEGORY = ("id", "name")
_ANNOTATION = ("id", "image_id", "category_id", "area", "iscrowd", "bbox")
# What each kind of overlap needs beside these.
_SHAPES = {
    "bbox": (),
    "segm": ("segmentation",),
    "keypoints": ("keypoints", "num_keypoints"),
}
_RESULT = ("image_id", "category_id", "score")
# The fields that detections may be judged by; the area is that of the first one that is there.
_FORMS = {
    "bbox": (("bbox",), ("segmentation",)),
    "segm": (("segmentation",), ("bbox", "segmentation")),
    "keypoints": (("keypoints",), ("bbox", "keypoints")),
}


def truth_of(coco: COCO, params: Params) -> Truth:
    """The true objects, of no other image and with no other fields than are needed."""
    shapes = _SHAPES[params.iouType]
    # pycocotools asks for no image's record, but for the size of one with masks.
    images = [coco.imgs.get(each, {"id": each}) for each in params.imgIds]
    annotations = []
    for each in _annotations(coco, params):
        # What has no box has one by its outline.
        fields = shapes if "bbox" in each else ("segmentation", *shapes)
        annotations.append(_part(each, (*_ANNOTATION, *fields)))
    return Truth.made(
        {
            "images": [_part(each, _IMAGE) for each in images],
            # pycocotools needs no names.
            "categories": [{"name": "", **_part(each, _CATEGORY)} for each in coco.cats.values()],
            "annotations": annotations,
        }
    )


def detections_of(
    coco: COCO, params: Params, truth: Truth
) -> tuple[Detections, list[int] | None] | None:
    """The detections and their ids; None where the library would judge them otherwise.

    The library numbers detections from 1, and works their areas out.
    """
    records = _annotations(coco, params)
    ids = [each["id"] for each in records]
    if not all(isinstance(each, (int, np.integer)) and each > 0 for each in ids):
        return None
    if records and all("area" in each for each in records):
        form = _form(records, params.iouType)
        if form is None:
            return None
        records = [_part(each, _RESULT + form) for each in records]
    detections = Detections.records(records, truth)
    count, _ = detections.count(truth)
    return (detections, ids) if count == len(ids) else None


def _annotations(coco: COCO, params: Params) -> list[Record]:
    """The annotations of the images, as `loadAnns` gives them."""
    by_id, by_image = coco.anns, coco.imgToAnns
    return [
        by_id[each["id"]]
        for image in params.imgIds
        if image in by_image
        for each in by_image[image]
    ]


def _part(record: Record, names: tuple[str, ...]) -> Record:
    return {name: record[name] for name in names if name in record}


def _form(records: list[Record], kind: str) -> tuple[str, ...] | None:
    """The fields by which the records have the areas that they say."""
    said = np.array([each["area"] for each in records], dtype=np.float64)
    for form in _FORMS[kind]:
        if not all(name in each for name in form for each in records):
            continue
        try:
            areas = _AREAS[form[0]]([each[form[0]] for each in records])
            if not np.array_equal(said, areas):
                continue
            if form[0] == kind or kind != "bbox" or _have_own_boxes(records):
                return form
        except (KeyError, TypeError, ValueError):
            continue
    return None


def _box_areas(boxes: list[Any]) -> Any:
    table = np.array(boxes, dtype=np.float64)
    return table[:, 2] * table[:, 3]


def _point_areas(points: list[Any]) -> list[float]:
    return [
        (max(each[0::3]) - min(each[0::3])) * (max(each[1::3]) - min(each[1::3])) for each in points
    ]


_AREAS = {"bbox": _box_areas, "segmentation": masks.area, "keypoints": _point_areas}


def _have_own_boxes(records: list[Record]) -> bool:
    """Whether all boxes are those of the masks."""
    boxes = np.array([each["bbox"] for each in records], dtype=np.float64)
    return np.array_equal(boxes, masks.toBbox([each["segmentation"] for each in records]))
