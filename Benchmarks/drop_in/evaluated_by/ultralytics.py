"""Ultralytics' validation of COCO: what it says of its `predictions.json`, of all three tasks.

Later versions than the one of the requirements use faster-coco-eval for it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

settings = tempfile.mkdtemp()
os.environ.update(YOLO_CONFIG_DIR=settings, YOLO_OFFLINE="true", YOLO_VERBOSE="false")

import numpy  # noqa: E402
import torch  # noqa: E402

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
import ultralytics  # noqa: E402
from evaluated_by import inputs  # noqa: E402
from evaluated_by.recording import Recorder, record  # noqa: E402
from ultralytics import YOLO  # noqa: E402
from ultralytics.data.converter import coco91_to_coco80_class  # noqa: E402
from ultralytics.models.yolo.detect import DetectionValidator  # noqa: E402
from ultralytics.models.yolo.pose import PoseValidator  # noqa: E402
from ultralytics.models.yolo.segment import SegmentationValidator  # noqa: E402

SIDE = 320
TASKS = {
    "detect": (DetectionValidator, "yolo11n.yaml", inputs.RESULTS),
    "segment": (SegmentationValidator, "yolo11n-seg.yaml", inputs.RESULTS),
    "pose": (PoseValidator, "yolo11n-pose.yaml", inputs.POINT_RESULTS),
}


def labels(data: Path, root: Path, name: str, outlined: bool) -> None:
    """The folder of a data set as Ultralytics has COCO, with boxes or with outlines."""
    truth = inputs.truth(data, name)
    images = {image["id"]: image for image in truth["images"]}
    (root / "labels/val2017").mkdir(parents=True)
    (root / "images").mkdir()
    (root / "images/val2017").symlink_to((data / inputs.PICTURES).resolve())
    (root / "annotations").symlink_to((data / "annotations").resolve())
    lines: dict[int, list[str]] = {key: [] for key in images}
    for each in truth["annotations"]:
        if each["iscrowd"]:
            continue
        image = images[each["image_id"]]
        width, height = image["width"], image["height"]
        x, y, wide, high = each["bbox"]
        row = [(x + wide / 2) / width, (y + high / 2) / height, wide / width, high / height]
        if "keypoints" in each:
            points = each["keypoints"]
            for place in range(0, len(points), 3):
                row += [points[place] / width, points[place + 1] / height, points[place + 2]]
        if outlined:
            ring = max(each["segmentation"], key=len)
            row = [part for x, y in zip(ring[::2], ring[1::2]) for part in (x / width, y / height)]
        number = coco91_to_coco80_class()[each["category_id"] - 1]
        lines[image["id"]].append(" ".join(map(str, [number, *row])))
    listed = []
    for key, image in images.items():
        stem = Path(image["file_name"]).stem
        (root / f"labels/val2017/{stem}.txt").write_text("\n".join(lines[key]))
        listed.append(f"./images/val2017/{image['file_name']}")
    (root / "val2017.txt").write_text("\n".join(listed))


def knowing(kind: type, records: dict[int, list[inputs.Record]]) -> type:
    """A validator of this kind whose model has known everything before."""

    class Validator(kind):  # type: ignore[misc]
        def preprocess(self, batch: dict[str, Any]) -> dict[str, Any]:
            self.batch_of_pictures = batch
            return super().preprocess(batch)

        def postprocess(self, preds: Any) -> list[dict[str, torch.Tensor]]:
            batch = self.batch_of_pictures
            sizes = zip(batch["im_file"], batch["ori_shape"], batch["ratio_pad"], strict=True)
            shape = batch["img"].shape[2:]
            return [tensors(records[int(Path(f).stem)], s, r, shape) for f, s, r in sizes]

    return Validator


def tensors(
    records: list[inputs.Record], size: Any, ratio_pad: Any, shape: Any
) -> dict[str, torch.Tensor]:
    """Detections in the pixels of the batch."""
    import cv2
    import pycocotools.mask

    (across, down), (left, top) = ratio_pad
    scale, shift = torch.tensor([across, down]), torch.tensor([left, top])
    boxes = torch.tensor([each["bbox"] for each in records]).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    numbers = coco91_to_coco80_class()
    found = {
        "bboxes": boxes * scale.repeat(2) + shift.repeat(2),
        "conf": torch.tensor([each["score"] for each in records]),
        "cls": torch.tensor([float(numbers[each["category_id"] - 1] or 0) for each in records]),
        "extra": torch.zeros(len(records), 0),
    }
    if records and "segmentation" in records[0]:
        height, width = shape
        masks = torch.zeros(len(records), height, width)
        for place, each in enumerate(records):
            mask = numpy.ascontiguousarray(pycocotools.mask.decode(each["segmentation"]))
            sides = (round(mask.shape[1] * across), round(mask.shape[0] * down))
            scaled = torch.as_tensor(cv2.resize(mask, sides, interpolation=cv2.INTER_NEAREST))
            rows, columns = (
                min(scaled.shape[0], height - round(top)),
                min(scaled.shape[1], width - round(left)),
            )
            area = masks[place, round(top) :, round(left) :]
            area[:rows, :columns] = scaled[:rows, :columns]
        found["masks"] = masks
    else:
        found["masks"] = torch.zeros(len(records), *shape)
    points = [each.get("keypoints", [0.0] * 3 * inputs.POINTS) for each in records]
    table = torch.tensor(points).reshape(len(records), inputs.POINTS, 3)
    table[..., :2] = table[..., :2] * scale + shift
    found["keypoints"] = table
    return found


def work(recorder: Recorder, data: Path, checkouts: Path) -> str:
    """A validation of each task."""
    for task, (kind, form, results) in TASKS.items():
        with tempfile.TemporaryDirectory() as place:
            root = Path(place) / "coco"
            is_pose = task == "pose"
            truth = inputs.PERSONS if is_pose else inputs.INSTANCES
            labels(data, root, truth, task == "segment")
            count = 1 if is_pose else 80
            names = "\n".join(f"  {number}: name {number}" for number in range(count))
            points = "kpt_shape: [17, 3]\n" if is_pose else ""
            file = root / "coco.yaml"
            file.write_text(
                f"path: {root}\ntrain: val2017.txt\nval: val2017.txt\n{points}names:\n{names}\n"
            )
            options = {"data": str(file), "imgsz": SIDE, "device": "cpu", "workers": 0, "batch": 4}
            options |= {"plots": False, "verbose": False, "save_json": True, "task": task}
            validator = knowing(kind, inputs.results(data, results))(
                args={**options, "model": form, "project": place}, save_dir=Path(place)
            )
            before = recorder.evaluations
            figures = validator(model=YOLO(form, task=task).model)
            if recorder.evaluations == before:
                raise RuntimeError(f"{task}: it has not evaluated its predictions")
            recorder.figures(task, figures)
    return f"Ultralytics {ultralytics.__version__}"


if __name__ == "__main__":
    record(work)
