"""Whether Ultralytics learns from its layout: an epoch of its smallest model without weights."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

settings = tempfile.mkdtemp()
os.environ.update(YOLO_CONFIG_DIR=settings, YOLO_OFFLINE="true", YOLO_VERBOSE="false")

import read_by.torchvision_operators  # noqa: E402, F401 - It comes before torchvision.
from read_by import layouts  # noqa: E402
from read_by.reading import Picture, read_all  # noqa: E402
from ultralytics import YOLO  # noqa: E402
from ultralytics.data.utils import check_det_dataset  # noqa: E402

OPTIONS = {
    **{"epochs": 1, "imgsz": 64, "device": "cpu", "workers": 0},
    **{"plots": False, "amp": False, "verbose": False},
}


def train(folder: Path) -> Iterator[Picture]:
    """The validated pictures, without their objects."""
    data = check_det_dataset(str(folder / "data.yaml"), autodownload=False)
    rows = [row for file in folder.glob("labels/*/*.txt") for row in file.read_text().split("\n")]
    outlined = any(len(row.split()) > 5 for row in rows)
    form = "yolo11n-seg.yaml" if outlined else "yolo11n.yaml"
    with tempfile.TemporaryDirectory() as place:
        result = YOLO(form).train(data=str(folder / "data.yaml"), project=place, **OPTIONS)
    if result is None:
        raise ValueError(f"{form} was not trained")
    for path in sorted(Path(data["val"]).iterdir()):
        yield Picture("val", path, [])


if __name__ == "__main__":
    read_all(dict.fromkeys(layouts.YOLO, train))
