"""What is wrong with arguments comes back as an error, and never ends the process."""

from __future__ import annotations

import ctypes
import json
import warnings
from typing import Any

import numpy as np
import pytest
from cases import FIXTURES

import copra
from copra import _library as library

TRUTH = FIXTURES / "truth.json"


def judge_with(**params: Any) -> copra.COCOeval:
    truth = copra.COCO(TRUTH)
    judge = copra.COCOeval(truth, truth.loadRes(np.array([[4, 1, 1, 9, 9, 0.5, 7]])), "bbox")
    for name, value in params.items():
        setattr(judge.params, name, value)
    return judge


@pytest.mark.parametrize(
    "params",
    [
        {"iouThrs": np.zeros(0)},
        {"iouThrs": np.full(65, 0.5)},
        {"iouThrs": np.array([np.nan])},
        {"recThrs": np.zeros(0)},
        {"recThrs": np.array([0.5, 0.1])},
        {"maxDets": []},
        {"maxDets": [0]},
        {"maxDets": [2**40]},
        {"areaRng": [[0, 1]] * 33, "areaRngLbl": ["all"] * 33},
        {"areaRng": [[0, 1]], "areaRngLbl": ["all", "small"]},
        {"areaRng": [[0, np.nan]], "areaRngLbl": ["all"]},
    ],
)
def test_parameters(params: dict[str, Any]) -> None:
    with pytest.raises(copra.CopraError):
        judge_with(**params).evaluate()


def test_no_categories_and_no_images() -> None:
    for params in ({"catIds": []}, {"imgIds": []}):
        judge = judge_with(**params)
        judge.evaluate()
        judge.accumulate()
        judge.summarize()
        assert judge.stats[0] == -1


@pytest.mark.parametrize(
    "row", [[np.nan] * 7, [np.inf, 1, 1, 1, 1, 1, 7], [4, 1, 1, 9, 9, 1, 1e300]]
)
def test_numbers_that_are_no_ids(row: list[float]) -> None:
    with pytest.raises(copra.CopraError):
        copra.COCO(TRUTH).loadRes(np.array([row]))


def test_numbers_that_are_no_boxes_are_said() -> None:
    truth = copra.COCO(TRUTH)
    results = truth.loadRes(np.array([[4, np.nan, 1, 9, 9, 0.5, 7], [4, 1, 1, 9, 9, 0.5, 7]]))
    with pytest.warns(UserWarning, match="finite"):
        copra.COCOeval(truth, results, "bbox").evaluate()


def test_images_that_are_unknown() -> None:
    with pytest.raises(AssertionError, match="correspond"):
        copra.COCO(TRUTH).loadRes(np.array([[5, 1, 1, 9, 9, 0.5, 7]]))


def test_files_that_are_missing_or_broken(tmp_path: Any) -> None:
    with pytest.raises(FileNotFoundError):
        copra.COCO(tmp_path / "none.json")
    path = tmp_path / "cut.json"
    path.write_text('{"images": [{"id": 1')
    with pytest.raises(copra.CopraFileError, match="ends"):
        copra.COCO(path)
    with pytest.raises(copra.CopraFileError):
        copra.COCO(TRUTH).loadRes(path)
    with pytest.raises(copra.CopraFileError):
        copra.read(tmp_path / "none")


def test_empty_results() -> None:
    truth = copra.COCO(TRUTH)
    for results in ([], np.zeros((0, 7))):
        judge = copra.COCOeval(truth, truth.loadRes(results), "bbox")
        judge.evaluate()
        judge.accumulate()
        judge.summarize()
        assert judge.stats[0] == 0


def test_text_ids_are_no_numbers(tmp_path: Any) -> None:
    path = tmp_path / "words.json"
    path.write_text(
        json.dumps(
            {
                "images": [{"id": "a", "file_name": "a.jpg", "width": 9, "height": 9}],
                "categories": [{"id": 1, "name": "palm"}],
                "annotations": [],
            }
        )
    )
    truth = copra.COCO(path)
    assert truth.getImgIds() == ["a"]
    judge = copra.COCOeval(truth, truth.loadRes([]), "bbox")
    with pytest.raises(copra.CopraError, match="text"):
        judge.evaluate()


def test_null_pointers() -> None:
    null, out = ctypes.c_void_p(), ctypes.c_void_p()
    most = ctypes.c_int64(2**32 - 1)
    for name, arguments in [
        ("copra_truth_open", (None, ctypes.byref(out))),
        ("copra_truth_open", (str(TRUTH).encode(), None)),
        ("copra_evaluate", (null, null, null, ctypes.byref(out))),
        ("copra_dataset_column", (null, ctypes.c_int32(0), null)),
        ("copra_masks_read", (ctypes.c_int64(-1), null, null, null, ctypes.c_int64(0), null)),
        ("copra_masks_encode", (null, most, most, most, ctypes.byref(out))),
        ("copra_masks_decode", (null, null, ctypes.c_int64(5))),
        ("copra_detections_parse", (null, ctypes.c_int64(5), null, ctypes.byref(out))),
    ]:
        with pytest.raises(copra.CopraError):
            library.call(name, *arguments)


@pytest.mark.parametrize(
    "rle",
    [
        {"size": [5, 5], "counts": b"zzz~~~"},
        {"size": [5, 5], "counts": b"5"},
        {"size": [-5, 5], "counts": b"5"},
        {"size": [2**31, 2**31], "counts": b""},
        {"size": [5, 5], "counts": [3, -1]},
        {"size": [5, 5], "counts": [3, 2**40]},
        {"size": [5], "counts": b"5"},
    ],
)
def test_masks(rle: dict[str, Any]) -> None:
    with pytest.raises((copra.CopraError, OverflowError)):
        copra.mask.decode(rle)


def test_findings_that_are_no_errors_stay_quiet() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        judge_with().evaluate()
