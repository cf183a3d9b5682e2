"""Datasets are read, turned into other libraries' shapes, and judged."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

import copra

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def test_read() -> None:
    data = copra.read(SAMPLES / "voc")
    assert data.splits == ["train", "val"]
    assert len(data.images) == len(data.images.file_name) == len(data.images.split) == 12
    assert len(data.annotations) == len(data.annotations.bbox)
    assert data.categories.name == sorted(data.categories.name)
    places = data.annotations.image
    assert (places >= 0).all()
    assert (data.images.id[places] == data.annotations.image_id).all()


def test_columns_outlive_their_dataset() -> None:
    boxes = copra.read(SAMPLES / "voc").annotations.bbox
    assert np.isfinite(boxes).all()


def test_masks() -> None:
    data = copra.read(SAMPLES / "masks")
    image = int(data.annotations.image[0])
    pixels = data.masks([0]).pixels()
    assert pixels.shape == (data.images.height[image], data.images.width[image], 1)
    assert pixels.sum() == data.annotations.area[0]


def test_wrong_places_of_masks() -> None:
    data = copra.read(SAMPLES / "masks")
    for place in (-1, 10**9):
        with pytest.raises(copra.CopraError):
            data.masks([place])


def test_validate() -> None:
    findings = copra.validate(SAMPLES / "broken/voc")
    outside = [each for each in findings if each.rule == "box-outside-image"]
    assert outside[0].severity == "error"
    assert outside[0].path and outside[0].path.endswith("box-outside-picture.xml")
    assert str(outside[0]).endswith("[box-outside-image]")
    fixable = [each for each in findings if each.fix]
    assert any(each.fix_is_safe for each in fixable)


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="torch is here")
def test_no_torch_is_said() -> None:
    with pytest.raises(ImportError, match="pip install torch"):
        copra.read(SAMPLES / "voc").to_torch()


def test_torch() -> None:
    torch = pytest.importorskip("torch")
    data = copra.read(SAMPLES / "masks")
    targets = data.to_torch()
    assert len(targets) == len(data.images)
    assert targets[0]["boxes"].dtype == torch.float32
    assert targets[0]["masks"].shape[0] == len(targets[0]["labels"])
    assert min(int(each["labels"].min()) for each in targets if len(each["labels"])) >= 1


@pytest.mark.skipif(importlib.util.find_spec("pandas") is not None, reason="pandas is here")
def test_no_pandas_is_said() -> None:
    with pytest.raises(ImportError, match="pip install pandas"):
        copra.read(SAMPLES / "voc").to_pandas()


def test_pandas() -> None:
    pytest.importorskip("pandas")
    data = copra.read(SAMPLES / "voc")
    frame = data.to_pandas()
    assert len(frame) == len(data.annotations)
    assert set(frame["category"]) <= set(data.categories.name)
