"""detectron2's evaluators: pycocotools' class, its own in C++, and those of rotated boxes."""

from __future__ import annotations

import json
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy
import torch

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
from detectron2.data import DatasetCatalog, MetadataCatalog
from detectron2.data.datasets import register_coco_instances
from detectron2.evaluation import COCOEvaluator, RotatedCOCOEvaluator, inference_on_dataset

# Without its compiled part, detectron2 would take pycocotools' class for its fast one.
from detectron2.evaluation.fast_eval_api import COCOeval_opt  # noqa: F401
from detectron2.structures import Boxes, Instances, RotatedBoxes
from evaluated_by import inputs
from evaluated_by.recording import Recorder, record


class Detector(torch.nn.Module):
    """A detector that has known everything before."""

    def __init__(self, records: dict[int, list[inputs.Record]], categories: dict[int, int]) -> None:
        super().__init__()
        self.records, self.categories = records, categories

    def forward(self, pictures: list[dict[str, Any]]) -> list[dict[str, Instances]]:
        """What it finds."""
        return [{"instances": self.instances(picture)} for picture in pictures]

    def instances(self, picture: dict[str, Any]) -> Instances:
        """What it finds on a picture."""
        import pycocotools.mask

        records = self.records[picture["image_id"]]
        found = Instances((picture["height"], picture["width"]))
        boxes = torch.tensor([each["bbox"] for each in records])
        if boxes.ndim == 2 and boxes.shape[1] == 5:
            found.pred_boxes = RotatedBoxes(boxes)
        else:
            boxes = boxes.reshape(-1, 4)
            boxes[:, 2:] += boxes[:, :2]
            found.pred_boxes = Boxes(boxes)
        found.scores = torch.tensor([each["score"] for each in records])
        classes = [self.categories[each["category_id"]] for each in records]
        found.pred_classes = torch.tensor(classes, dtype=torch.int64)
        if records and "keypoints" in records[0]:
            points = torch.tensor([each["keypoints"] for each in records])
            found.pred_keypoints = points.reshape(len(records), inputs.POINTS, 3)
        elif records and "segmentation" in records[0]:
            masks = [pycocotools.mask.decode(each["segmentation"]) for each in records]
            found.pred_masks = torch.as_tensor(numpy.stack(masks), dtype=torch.bool)
        return found


class Pictures(list):
    """A loader's batches of one."""

    def __init__(self, name: str) -> None:
        super().__init__([picture] for picture in DatasetCatalog.get(name))


def turned(data: Path, folder: Path) -> Path:
    """The true objects with boxes that have an angle."""
    random = numpy.random.default_rng(inputs.SEED)
    dataset = inputs.truth(data)
    dataset["annotations"] = [each for each in dataset["annotations"] if not each["iscrowd"]]
    for each in dataset["annotations"]:
        each["bbox"] = turned_box(each["bbox"], float(random.choice([0, 30, 75])))
        del each["segmentation"]
    path = folder / "turned.json"
    path.write_text(json.dumps(dataset))
    return path


def turned_box(box: list[float], angle: float) -> list[float]:
    """A centre, sides and an angle."""
    x, y, width, height = box
    return [x + width / 2, y + height / 2, width, height, angle]


def work(recorder: Recorder, data: Path, checkouts: Path) -> str:
    """All evaluators."""
    register_coco_instances("instances", {}, str(data / inputs.INSTANCES), str(data / "val2017"))
    register_coco_instances("persons", {}, str(data / inputs.PERSONS), str(data / "val2017"))
    records = inputs.results(data)
    points = inputs.results(data, inputs.POINT_RESULTS)
    for name, found in (("instances", records), ("persons", points)):
        pictures = Pictures(name)
        ids = MetadataCatalog.get(name).thing_dataset_id_to_contiguous_id
        tasks = ("bbox", "segm") if name == "instances" else ("bbox", "keypoints")
        for fast in (False, True):
            for limit in (None, 50):
                with tempfile.TemporaryDirectory() as place:
                    judge = COCOEvaluator(
                        name, tasks, False, place, max_dets_per_image=limit, use_fast_impl=fast
                    )
                    figures = inference_on_dataset(Detector(found, ids), pictures, judge)
                recorder.figures(f"{name} {fast} {limit}", figures)
    with tempfile.TemporaryDirectory() as place:
        register_coco_instances("turned", {}, str(turned(data, Path(place))), "")
        pictures = Pictures("instances")
        ids = MetadataCatalog.get("instances").thing_dataset_id_to_contiguous_id
        MetadataCatalog.get("turned").thing_dataset_id_to_contiguous_id = ids
        angled = {
            key: [{**each, "bbox": turned_box(each["bbox"], 30.0)} for each in some]
            for key, some in records.items()
        }
        judge = RotatedCOCOEvaluator("turned", ("bbox",), False, place)
        figures = inference_on_dataset(Detector(angled, ids), pictures, judge)
        recorder.figures("turned", figures)
    return f"detectron2 {version('detectron2')}"


if __name__ == "__main__":
    record(work)
