"""What FiftyOne's exporters write: Pascal VOC, YOLO and COCO.

They are used one by one, as its documentation shows: a FiftyOne dataset would need MongoDB.
"""

from __future__ import annotations

from pathlib import Path

import fiftyone
from fiftyone.utils.coco import COCODetectionDatasetExporter
from fiftyone.utils.data import LabeledImageDatasetExporter
from fiftyone.utils.voc import VOCDetectionDatasetExporter
from fiftyone.utils.yolo import YOLOv4DatasetExporter, YOLOv5DatasetExporter

from written_by import truth
from written_by.writing import write_all


def export(exporter: LabeledImageDatasetExporter, pictures: Path, split: str, nested: bool) -> None:
    """Gives an exporter all pictures of a split."""
    folder = pictures / ("nested" if nested else "flat") / split
    with exporter:
        for picture in truth.pictures(split, nested):
            path = str(folder / picture.name)
            metadata = fiftyone.ImageMetadata.build_for(path)
            exporter.export_sample(path, detections(picture), metadata=metadata)


def detections(picture: truth.Picture) -> fiftyone.Detections:
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


def voc(pictures: Path, target: Path, nested: bool) -> None:
    """`data` and `labels` in a folder a split."""
    for split in truth.SPLITS:
        rel_dir = str(pictures / "nested" / split) if nested else None
        exporter = VOCDetectionDatasetExporter(export_dir=str(target / split), rel_dir=rel_dir)
        export(exporter, pictures, split, nested)


def yolo_v4(pictures: Path, target: Path, nested: bool) -> None:
    """`data`, obj.names and images.txt."""
    rel_dir = str(pictures / "nested/train") if nested else None
    exporter = YOLOv4DatasetExporter(
        export_dir=str(target), classes=list(truth.CLASSES), rel_dir=rel_dir
    )
    export(exporter, pictures, "train", nested)


def yolo_v5(pictures: Path, target: Path, nested: bool) -> None:
    """Both splits below one dataset.yaml."""
    for split in truth.SPLITS:
        rel_dir = str(pictures / "nested" / split) if nested else None
        exporter = YOLOv5DatasetExporter(
            export_dir=str(target), split=split, classes=list(truth.CLASSES), rel_dir=rel_dir
        )
        export(exporter, pictures, split, nested)


def coco(pictures: Path, target: Path, nested: bool) -> None:
    """`data` and labels.json in a folder a split."""
    for split in truth.SPLITS:
        exporter = COCODetectionDatasetExporter(
            export_dir=str(target / split),
            classes=list(truth.CLASSES),
            rel_dir=str(pictures / "nested" / split) if nested else None,
            info={},
        )
        export(exporter, pictures, split, nested)


if __name__ == "__main__":
    write_all(
        {
            name + (" nested" if nested else ""): lambda *folders, w=writer, n=nested: w(
                *folders, n
            )
            for name, writer in {
                "voc": voc,
                "yolo v4": yolo_v4,
                "yolo v5": yolo_v5,
                "coco": coco,
            }.items()
            for nested in (False, True)
        }
    )
