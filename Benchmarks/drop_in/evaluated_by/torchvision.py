"""torchvision's reference evaluation: `evaluate` of references/detection/engine.py."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
from evaluated_by import inputs
from evaluated_by.recording import Recorder, checkout, record
from torchvision.models.detection import KeypointRCNN, MaskRCNN


def tensors(records: list[inputs.Record], size: torch.Size) -> dict[str, torch.Tensor]:
    """The detections of a picture as a detector gives them."""
    import pycocotools.mask

    boxes = torch.tensor([each["bbox"] for each in records]).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    found = {
        "boxes": boxes,
        "scores": torch.tensor([each["score"] for each in records]),
        "labels": torch.tensor([each["category_id"] for each in records], dtype=torch.int64),
    }
    if records and "keypoints" in records[0]:
        points = torch.tensor([each["keypoints"] for each in records])
        found["keypoints"] = points.reshape(len(records), inputs.POINTS, 3)
    else:
        masks = [pycocotools.mask.decode(each["segmentation"]) for each in records]
        pixels = [torch.as_tensor(mask, dtype=torch.float32)[None] for mask in masks]
        found["masks"] = torch.stack(pixels) if pixels else torch.zeros(0, 1, *size[-2:])
        found["keypoints"] = torch.zeros(len(records), inputs.POINTS, 3)
    return found


def detector(kind: type, records: dict[int, list[inputs.Record]], order: list[int]) -> Any:
    """A detector of this kind that has known everything before."""

    class Detector(kind):  # type: ignore[misc]
        def __init__(self) -> None:
            torch.nn.Module.__init__(self)
            self.waiting = iter(order)

        def forward(self, images: list[torch.Tensor]) -> list[dict[str, torch.Tensor]]:
            return [tensors(records[next(self.waiting)], image.shape) for image in images]

        def eval(self) -> Detector:
            return self

    return Detector()


class Converted(torch.utils.data.Dataset):
    """A dataset that the reference must first make COCO's annotations of."""

    def __init__(self, dataset: Any) -> None:
        self.dataset = dataset

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, index: int) -> Any:
        image, target = self.dataset[index]
        target["image_id"] = torch.as_tensor(target["image_id"])
        return image, target


def work(recorder: Recorder, data: Path, checkouts: Path) -> str:
    """Masks and keypoints, of COCO's files and of datasets that are converted first."""
    folder = checkout(checkouts, "vision", "pytorch")
    sys.path.insert(0, str(folder / "references/detection"))
    import coco_utils
    import engine
    import transforms
    import utils

    preset = transforms.Compose(
        [transforms.PILToTensor(), transforms.ConvertImageDtype(torch.float)]
    )
    for mode, name, kind in (
        ("instances", inputs.RESULTS, MaskRCNN),
        ("person_keypoints", inputs.POINT_RESULTS, KeypointRCNN),
    ):
        whole = coco_utils.get_coco(str(data), "val", preset, mode=mode)
        records = inputs.results(data, name)
        for dataset in (whole, Converted(whole)):
            loader = torch.utils.data.DataLoader(
                dataset, batch_size=2, num_workers=0, collate_fn=utils.collate_fn
            )
            model = detector(kind, records, list(whole.ids))
            judges = engine.evaluate(model, loader, torch.device("cpu")).coco_eval
            recorder.figures(f"{mode} {type(dataset)}", {k: j.stats for k, j in judges.items()})
    file = folder / "version.txt"
    reference = file.read_text().strip() if file.exists() else "of unknown version"
    return f"torchvision {version('torchvision')} with the reference {reference}"


if __name__ == "__main__":
    record(work)
