"""What Ultralytics' data set makes of its layout, for detection and for segmentation."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

settings = tempfile.mkdtemp()
os.environ.update(YOLO_CONFIG_DIR=settings, YOLO_OFFLINE="true", YOLO_VERBOSE="false")

from read_by import masks, torchvision_operators  # noqa: E402
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
        outlined = [label for label in labels if label["segments"]]
        if outlined and [len(label["segments"]) for label in dataset(data, split, "segment").labels] != [
            len(label["cls"]) for label in labels
        ]:
            raise ValueError(f"{split} has boxes without outlines, which segmentation leaves out")
        for label in labels:
            yield picture(split, label, data["names"])


def dataset(data: dict, split: str, task: str) -> YOLODataset:
    """A split as training has it, whose pictures must all be there."""
    made = YOLODataset(img_path=data[split], imgsz=64, augment=False, hyp=DEFAULT_CFG, data=data, task=task)
    cached = len(list(Path(data[split]).iterdir()))
    if len(made.labels) != cached:
        raise ValueError(f"{len(made.labels)} of {cached} pictures of {split}; others are left out")
    return made


def picture(split: str, label: dict, names: dict[int, str]) -> Picture:
    """A picture in pixels."""
    height, width = label["shape"]
    segments = label["segments"] or [None] * len(label["cls"])
    things = []
    for number, (x, y, w, h), segment in zip(
        label["cls"][:, 0].tolist(), label["bboxes"].tolist(), segments, strict=True
    ):
        edges = [(x - w / 2) * width, (y - h / 2) * height, (x + w / 2) * width, (y + h / 2) * height]
        mask = None
        if segment is not None:
            mask = masks.of_rings([(segment * [width, height]).reshape(-1)], height, width)
        things.append(Thing(names[int(number)], edges, mask))
    return Picture(split, Path(label["im_file"]), things)


if __name__ == "__main__":
    read_all({"ultralytics": read})
