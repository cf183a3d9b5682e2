"""MMDetection's `CocoMetric`, in one process and in several."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy
import torch

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
import read_by.mmdet_operators  # noqa: E402, F401 - It comes before mmdet.
from evaluated_by import inputs
from evaluated_by.recording import Recorder, record
from mmdet.evaluation import CocoMetric


def sample(image: inputs.Record, records: list[inputs.Record], places: dict[int, int]) -> Any:
    """The detections of a picture as MMDetection has them."""
    import pycocotools.mask

    boxes = torch.tensor([each["bbox"] for each in records]).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    size = (image["height"], image["width"])
    masks = [pycocotools.mask.decode(each["segmentation"]) for each in records]
    return {
        "img_id": image["id"],
        "ori_shape": size,
        "pred_instances": {
            "bboxes": boxes,
            "scores": torch.tensor([each["score"] for each in records]),
            "labels": torch.tensor([places[each["category_id"]] for each in records]),
            "masks": torch.as_tensor(
                numpy.stack(masks) if masks else numpy.zeros((0, *size)), dtype=torch.bool
            ),
        },
    }


def work(recorder: Recorder, data: Path, checkouts: Path) -> str:
    """Boxes, masks and proposals, of each class."""
    dataset, results = inputs.truth(data), inputs.results(data)
    names = [each["name"] for each in dataset["categories"]]
    places = {each["id"]: place for place, each in enumerate(dataset["categories"])}
    for several in (False, True):
        metric = CocoMetric(
            ann_file=str(data / inputs.INSTANCES),
            metric=["bbox", "segm", "proposal"],
            classwise=True,
            use_mp_eval=several,
        )
        metric.dataset_meta = {"classes": names}
        for image in dataset["images"]:
            metric.process({}, [sample(image, results[image["id"]], places)])
        recorder.figures(f"{several}", metric.evaluate(len(dataset["images"])))
    return f"MMDetection {version('mmdet')}"


if __name__ == "__main__":
    record(work)
