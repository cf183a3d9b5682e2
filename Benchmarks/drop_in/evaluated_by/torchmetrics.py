"""torchmetrics' mean average precision, whose backend is pycocotools."""

from __future__ import annotations

import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy
import torch

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
from evaluated_by import inputs
from evaluated_by.recording import Recorder, record
from torchmetrics.detection import MeanAveragePrecision


def tensors(records: list[inputs.Record], sizes: Any) -> dict[str, torch.Tensor]:
    """The objects of a picture."""
    import pycocotools.mask

    masks = [mask(each["segmentation"], sizes) for each in records]
    found = {
        "boxes": torch.tensor([each["bbox"] for each in records]).reshape(-1, 4),
        "labels": torch.tensor([each["category_id"] for each in records], dtype=torch.int64),
        "masks": torch.as_tensor(
            numpy.stack([pycocotools.mask.decode(each) for each in masks])
            if masks
            else numpy.zeros((0, *sizes)),
            dtype=torch.bool,
        ),
    }
    for name, key, kind in (
        ("scores", "score", torch.float32),
        ("iscrowd", "iscrowd", torch.int64),
        ("area", "area", torch.float32),
    ):
        if records and key in records[0]:
            found[name] = torch.tensor([each[key] for each in records], dtype=kind)
    if "scores" not in found:
        found["scores"] = torch.zeros(len(records))
    return found


def mask(segmentation: Any, sizes: Any) -> Any:
    """A mask's compressed run lengths."""
    import pycocotools.mask

    if isinstance(segmentation, list):
        return pycocotools.mask.merge(pycocotools.mask.frPyObjects(segmentation, *sizes))
    if isinstance(segmentation["counts"], list):
        return pycocotools.mask.frPyObjects(segmentation, *sizes)
    return segmentation


def work(recorder: Recorder, data: Path, checkouts: Path) -> str:
    """Boxes, masks and both at once; of each class, and of all as one; and its own conversions."""
    dataset, results = inputs.truth(data), inputs.results(data)
    truths: dict[int, list[inputs.Record]] = {image["id"]: [] for image in dataset["images"]}
    for each in dataset["annotations"]:
        truths[each["image_id"]].append(each)
    for kinds in ("bbox", "segm", ("bbox", "segm")):
        for average in ("macro", "micro"):
            metric = MeanAveragePrecision(
                box_format="xywh",
                iou_type=kinds,
                class_metrics=True,
                extended_summary=True,
                average=average,
                backend="pycocotools",
            )
            for image in dataset["images"]:
                key, sizes = image["id"], (image["height"], image["width"])
                metric.update([tensors(results[key], sizes)], [tensors(truths[key], sizes)])
            figures = metric.compute()
            recorder.figures(
                f"{kinds} {average}",
                {name: value for name, value in figures.items() if "ious" not in name},
            )
            for name in ("ious", "bbox_ious", "segm_ious"):
                for key, overlaps in figures.get(name, {}).items():
                    recorder.figures(f"{kinds} {average} {name} {[*map(int, key)]}", overlaps)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "written"
        metric.tm_to_coco(str(path))
        for name in ("target", "preds"):
            recorder.text(Path(f"{path}_{name}.json").read_text())
        read = metric.coco_to_tm(
            str(data / inputs.RESULTS), str(data / inputs.INSTANCES), "bbox", "pycocotools"
        )
        recorder.figures("read", list(read))
    return f"torchmetrics {version('torchmetrics')}"


if __name__ == "__main__":
    record(work)
