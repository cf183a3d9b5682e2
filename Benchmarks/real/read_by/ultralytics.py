"""What Ultralytics' data set makes of its layout, for detection and for segmentation."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

settings = tempfile.mkdtemp()
os.environ.update(YOLO_CONFIG_DIR=settings, YOLO_OFFLINE="true", YOLO_VERBOSE="false")

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
from read_by import layouts, masks  # noqa: E402
from read_by.reading import Picture, Thing, read_all  # noqa: E402
from ultralytics.data import YOLODataset  # noqa: E402
from ultralytics.data.utils import check_det_dataset  # noqa: E402
from ultralytics.utils import DEFAULT_CFG  # noqa: E402


def read(folder: Path) -> Iterator[Picture]:
    """Boxes as detection has them; outlines, which are segmentation's, where there are some."""
    data = check_det_dataset(str(folder / "data.yaml"), autodownload=False)
    for split in ("train", "val", "test"):
        if not data.get(split):
            continue
        labels = dataset(data, split, "detect").labels
        if any(len(label["segments"]) for label in labels):
            counts = [len(label["segments"]) for label in dataset(data, split, "segment").labels]
            if counts != [len(label["cls"]) for label in labels]:
                raise ValueError(f"{split} has boxes that segmentation leaves out")
        for label in labels:
            yield picture(split, label, data["names"])


def dataset(data: dict[str, Any], split: str, task: str) -> YOLODataset:
    """A split as training has it, whose pictures must all be there."""
    options = {"imgsz": 64, "augment": False, "hyp": DEFAULT_CFG, "data": data, "task": task}
    made = YOLODataset(img_path=data[split], **options)
    count = sum(path.is_file() for path in Path(data[split]).rglob("*"))
    if len(made.labels) != count:
        raise ValueError(f"{len(made.labels)} of {count} pictures of {split}")
    return made


def picture(split: str, label: dict[str, Any], names: dict[int, str]) -> Picture:
    """A picture in pixels."""
    height, width = label["shape"]
    scale = [width, height]
    things = []
    for index, (x, y, w, h) in enumerate(label["bboxes"].tolist()):
        edges = [(x - w / 2) * width, (y - h / 2) * height]
        edges += [(x + w / 2) * width, (y + h / 2) * height]
        mask = None
        if len(label["segments"]):
            ring = (label["segments"][index] * scale).reshape(-1)
            mask = masks.of_rings([ring], height, width)
        things.append(Thing(names[int(label["cls"][index, 0])], edges, mask))
    return Picture(split, Path(label["im_file"]), things)


if __name__ == "__main__":
    read_all(dict.fromkeys(layouts.YOLO, read))
