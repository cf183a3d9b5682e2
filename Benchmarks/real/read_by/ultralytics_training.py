"""Whether Ultralytics learns from its layout: an epoch of its smallest models from configuration."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

settings = tempfile.mkdtemp()
os.environ.update(YOLO_CONFIG_DIR=settings, YOLO_OFFLINE="true", YOLO_VERBOSE="false")

from read_by import torchvision_operators  # noqa: E402
from read_by.reading import Picture, read_all  # noqa: E402
from ultralytics import YOLO  # noqa: E402
from ultralytics.data.utils import check_det_dataset  # noqa: E402

OPTIONS = {"epochs": 1, "imgsz": 64, "device": "cpu", "workers": 0, "plots": False, "amp": False}


def train(folder: Path) -> Iterator[Picture]:
    """The validated pictures, without their objects."""
    data = check_det_dataset(str(folder / "data.yaml"), autodownload=False)
    labels = [file.read_text().split("\n") for file in folder.glob("labels/*/*.txt")]
    outlined = any(len(row.split()) > 5 for rows in labels for row in rows)
    for form in ("yolo11n.yaml", "yolo11n-seg.yaml")[: 2 if outlined else 1]:
        with tempfile.TemporaryDirectory() as place:
            result = YOLO(form).train(
                data=str(folder / "data.yaml"), project=place, verbose=False, **OPTIONS
            )
        if result is None:
            raise ValueError(f"{form} was not trained")
    for path in sorted(Path(data["val"]).iterdir()):
        yield Picture("val", path, [])


if __name__ == "__main__":
    read_all({"ultralytics": train})
