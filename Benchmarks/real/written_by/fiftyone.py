"""What FiftyOne's exporters write: Pascal VOC, YOLO and COCO.

They are used one by one, as its documentation shows: a FiftyOne dataset would need MongoDB.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path

os.environ["FIFTYONE_DO_NOT_TRACK"] = "true"

import fiftyone
from fiftyone.utils.coco import COCODetectionDatasetExporter
from fiftyone.utils.data import LabeledImageDatasetExporter
from fiftyone.utils.voc import VOCDetectionDatasetExporter
from fiftyone.utils.yolo import YOLOv4DatasetExporter, YOLOv5DatasetExporter

from written_by import truth
from written_by.writing import Writer, write_all

CLASSES = list(truth.CLASSES)
Exporters = Callable[..., LabeledImageDatasetExporter]


def each_split(pictures: Path, target: Path, exporters: Exporters, layout: str) -> None:
    """Both splits, with folders in the names of pictures, outlines, or neither."""
    for split in truth.SPLITS:
        one_split(pictures, target, exporters, layout, split)


def one_split(
    pictures: Path, target: Path, exporters: Exporters, layout: str, split: str = "train"
) -> None:
    """A split."""
    is_nested = layout == "nested"
    folder = pictures / ("nested" if is_nested else "flat") / split
    exporter = exporters(target, split, rel_dir=str(folder) if is_nested else None)
    with exporter:
        for picture in truth.pictures(split, is_nested):
            path = str(folder / picture.name)
            metadata = fiftyone.ImageMetadata.build_for(path)
            labels = outlines(picture) if layout == "outlines" else boxes(picture)
            exporter.export_sample(path, labels, metadata=metadata)


def boxes(picture: truth.Picture) -> fiftyone.Detections:
    """A picture's objects in fractions of it."""
    size = (picture.width, picture.height) * 2
    return fiftyone.Detections(
        detections=[
            fiftyone.Detection(
                label=thing.category,
                bounding_box=[side / whole for side, whole in zip(thing.sides, size, strict=True)],
            )
            for thing in picture.things
        ]
    )


def outlines(picture: truth.Picture) -> fiftyone.Polylines:
    """The outlines of a picture's objects, or their corners, in fractions of it."""
    listed = []
    for thing in picture.things:
        across = [x / picture.width for x in thing.corners[::2]]
        down = [y / picture.height for y in thing.corners[1::2]]
        points = [list(zip(across, down, strict=True))]
        listed.append(
            fiftyone.Polyline(label=thing.category, points=points, closed=True, filled=True)
        )
    return fiftyone.Polylines(polylines=listed)


def voc(target: Path, split: str, **keys: str | None) -> LabeledImageDatasetExporter:
    """`data` and `labels` in a folder a split."""
    return VOCDetectionDatasetExporter(export_dir=str(target / split), **keys)


def yolo_v4(target: Path, _: str, **keys: str | None) -> LabeledImageDatasetExporter:
    """`data`, obj.names and images.txt, of one split."""
    return YOLOv4DatasetExporter(export_dir=str(target), classes=CLASSES, **keys)


def yolo_v5(target: Path, split: str, **keys: str | None) -> LabeledImageDatasetExporter:
    """Both splits below one dataset.yaml."""
    return YOLOv5DatasetExporter(export_dir=str(target), split=split, classes=CLASSES, **keys)


def coco(
    target: Path, split: str, abs_paths: bool = False, **keys: str | None
) -> LabeledImageDatasetExporter:
    """`data` and labels.json in a folder a split; file_name may be the whole path."""
    keys["export_dir"] = str(target / split)
    return COCODetectionDatasetExporter(classes=CLASSES, info={}, abs_paths=abs_paths, **keys)


def writer(exporters: Exporters, layout: str = "") -> Writer:
    """A format in a layout."""
    write = one_split if exporters is yolo_v4 else each_split
    return functools.partial(write, exporters=exporters, layout=layout)


if __name__ == "__main__":
    formats = {"voc": voc, "yolo v4": yolo_v4, "yolo v5": yolo_v5, "coco": coco}
    listed = {name: writer(exporters) for name, exporters in formats.items()}
    listed |= {f"{name} nested": writer(exporters, "nested") for name, exporters in formats.items()}
    listed["yolo v5 outlines"] = writer(yolo_v5, "outlines")
    listed["coco outlines"] = writer(coco, "outlines")
    listed["coco whole paths"] = writer(functools.partial(coco, abs_paths=True))
    write_all(listed)
