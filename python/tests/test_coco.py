"""COCO, masks and the patch behave as pycocotools'."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cases import FIXTURES

import copra

TRUTH = FIXTURES / "truth.json"
RESULTS = json.loads((FIXTURES / "results.json").read_text())

pycocotools = pytest.importorskip("pycocotools.coco")
masks = pytest.importorskip("pycocotools.mask")


@pytest.fixture(scope="module")
def pair() -> tuple[copra.COCO, Any]:
    return copra.COCO(TRUTH), pycocotools.COCO(str(TRUTH))


def test_ids(pair: tuple[copra.COCO, Any]) -> None:
    ours, theirs = pair
    assert ours.getImgIds() == theirs.getImgIds()
    assert ours.getCatIds() == theirs.getCatIds()
    for arguments in ({}, {"imgIds": 4}, {"imgIds": [4, 9], "catIds": [1]}, {"catIds": 7}):
        assert ours.getAnnIds(**arguments) == theirs.getAnnIds(**arguments)
    for arguments in ({"areaRng": [0, 500]}, {"iscrowd": True}, {"iscrowd": False}):
        assert ours.getAnnIds(**arguments) == theirs.getAnnIds(**arguments)
    for arguments in ({"catNms": "crab"}, {"catNms": ["crab", "palm"]}, {"supNms": "fruit"}):
        assert ours.getCatIds(**arguments) == theirs.getCatIds(**arguments)
    assert ours.getCatIds(catIds=[1]) == theirs.getCatIds(catIds=[1])
    for arguments in ({"catIds": [1, 3]}, {"imgIds": [4, 9], "catIds": 7}, {"imgIds": [9]}):
        assert sorted(ours.getImgIds(**arguments)) == sorted(theirs.getImgIds(**arguments))


def test_records(pair: tuple[copra.COCO, Any]) -> None:
    ours, theirs = pair
    for name in ("dataset", "anns", "imgs", "cats", "imgToAnns", "catToImgs"):
        assert getattr(ours, name) == getattr(theirs, name)
    for load, ids in (("loadAnns", [3, 1]), ("loadCats", 7), ("loadImgs", [4])):
        assert getattr(ours, load)(ids) == getattr(theirs, load)(ids)


def test_masks_of_annotations(pair: tuple[copra.COCO, Any]) -> None:
    ours, theirs = pair
    for annotation in theirs.dataset["annotations"]:
        assert (ours.annToMask(annotation) == theirs.annToMask(annotation)).all()
        found, expected = ours.annToRLE(annotation), theirs.annToRLE(annotation)
        assert found["counts"] == expected["counts"]


@pytest.mark.parametrize("field", ["bbox", "segmentation"])
def test_records_of_results(pair: tuple[copra.COCO, Any], field: str) -> None:
    names = ("image_id", "category_id", "score", field)
    results = [{name: each[name] for name in names} for each in RESULTS]
    ours = pair[0].loadRes([dict(each) for each in results])
    theirs = pair[1].loadRes([dict(each) for each in results])
    for found, expected in zip(ours.dataset["annotations"], theirs.dataset["annotations"]):
        assert found.keys() == expected.keys()
        for name in found:
            assert np.array_equal(np.asarray(found[name]), np.asarray(expected[name])), name


def test_changed_records_count_after_create_index() -> None:
    truth = copra.COCO(TRUTH)
    truth.dataset["annotations"] = truth.dataset["annotations"][:1]
    truth.createIndex()
    row = [
        [each["image_id"], *each["bbox"], 1, each["category_id"]] for each in truth.anns.values()
    ]
    judge = copra.COCOeval(truth, truth.loadRes(np.array(row)), "bbox")
    judge.evaluate()
    judge.accumulate()
    judge.summarize()
    assert judge.stats[0] == pytest.approx(1)


def test_mask_functions() -> None:
    random = np.random.default_rng(3)
    pixels = np.asfortranarray(random.random((40, 50, 6)) < 0.4, dtype=np.uint8)
    ours, theirs = copra.mask.encode(pixels), masks.encode(pixels)
    assert ours == theirs
    assert copra.mask.encode(pixels[:, :, 0]) == masks.encode(np.asfortranarray(pixels[:, :, 0]))
    for name in ("decode", "area", "toBbox"):
        for given in (theirs, theirs[0]):
            found, expected = getattr(copra.mask, name)(given), getattr(masks, name)(given)
            assert np.array_equal(found, expected)
            assert np.asarray(found).dtype == np.asarray(expected).dtype
    for intersect in (False, True):
        assert copra.mask.merge(theirs, intersect) == masks.merge(theirs, intersect)
    crowds = [0, 1, 0]
    assert np.array_equal(
        copra.mask.iou(theirs[:3], theirs[3:], crowds), masks.iou(theirs[:3], theirs[3:], crowds)
    )
    boxes = random.random((5, 4)) * 30
    assert np.array_equal(
        copra.mask.iou(boxes, boxes[:3], crowds), masks.iou(boxes, boxes[:3], crowds)
    )
    assert copra.mask.iou([], [], []) == masks.iou([], [], [])


@pytest.mark.parametrize(
    "shape",
    [
        [[1, 1, 30, 2, 20, 33.5]],
        [[1, 1, 30, 2, 20, 33.5], [5.0, 5, 9, 5, 9, 9, 5, 9]],
        np.array([[3, 4, 10, 12.0]]),
        {"size": [40, 50], "counts": [100, 50, 1850]},
        [{"size": [40, 50], "counts": [100, 50, 1850]}],
    ],
)
def test_masks_of_shapes(shape: Any) -> None:
    assert copra.mask.frPyObjects(shape, 40, 50) == masks.frPyObjects(shape, 40, 50)


PROGRAM = """
import copra
copra.patch_pycocotools()
import importlib.util
assert all(importlib.util.find_spec(name) for name in ("pycocotools", "pycocotools.mask"))
from pycocotools.coco import COCO, maskUtils, _isArrayLike
from pycocotools.cocoeval import COCOeval, Params, maskUtils as same
from pycocotools import _mask, mask
import pycocotools.mask as other
assert COCO is copra.COCO and COCOeval is copra.COCOeval and Params is copra.Params
assert mask.iou is copra.mask.iou is other.iou is _mask.iou is mask._mask.iou
assert maskUtils is same is mask and _isArrayLike([]) and not _isArrayLike(1)
"""


@pytest.mark.parametrize("before", ["", "import pycocotools.coco, pycocotools.mask\n"])
def test_patch(before: str) -> None:
    subprocess.run([sys.executable, "-c", before + PROGRAM], check=True)


SCRIPT = """
import sys, near
from pycocotools.coco import COCO
if __name__ == "__main__":
    print(COCO.__module__, near.__name__, sys.argv)
"""


@pytest.mark.parametrize("form", [["script.py"], ["-m", "script"]])
def test_scripts_run_as_they_are(tmp_path: Path, form: list[str]) -> None:
    (tmp_path / "near.py").write_text("")
    (tmp_path / "script.py").write_text(SCRIPT)
    command = [sys.executable, "-m", "copra.patch", *form, "--name", "value"]
    path = f"{os.environ.get('PYTHONPATH', '')}{os.pathsep}{Path(copra.__file__).parents[1]}"
    variables = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        command, cwd=tmp_path, env=variables, check=True, capture_output=True, text=True
    )
    assert done.stdout.startswith("copra.coco near ['")
    assert done.stdout.endswith("script.py', '--name', 'value']\n")


def test_nothing_to_run() -> None:
    for arguments in ([], ["-m"], ["--help"]):
        command = [sys.executable, "-m", "copra.patch", *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == 1 and done.stderr.startswith("usage: ")
