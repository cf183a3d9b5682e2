"""Evaluations equal pycocotools', to the last bit."""

from __future__ import annotations

import copy
import json
import multiprocessing
import pickle
from typing import Any

import numpy as np
import pytest
from cases import CASES, FIXTURES, Case, set_params

import copra

TRUTH = FIXTURES / "truth.json"
EXPECTED = np.load(FIXTURES / "expected.npz")
RESULTS = json.loads((FIXTURES / "results.json").read_text())


def chosen(case: Case) -> list[dict[str, Any]]:
    fields = ("image_id", "category_id", "score", *case.fields)
    return [{name: each[name] for name in fields} for each in RESULTS]


def judged(case: Case, results: Any, truth: copra.COCO | None = None) -> copra.COCOeval:
    truth = truth or copra.COCO(TRUTH)
    judge = copra.COCOeval(truth, truth.loadRes(results), case.kind)
    set_params(judge.params, case)
    judge.evaluate()
    judge.accumulate()
    judge.summarize()
    return judge


def same_bits(judge: copra.COCOeval, case: Case) -> None:
    for name in ("precision", "recall", "scores"):
        found, expected = judge.eval[name], EXPECTED[f"{case.name}-{name}"]
        assert found.shape == expected.shape
        bits = np.ascontiguousarray(found).view("u8"), np.ascontiguousarray(expected).view("u8")
        assert (bits[0] == bits[1]).all(), name
    assert judge.stats.tolist() == EXPECTED[f"{case.name}-stats"].tolist()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_lists_of_dictionaries(case: Case) -> None:
    same_bits(judged(case, chosen(case)), case)


@pytest.mark.parametrize("case", CASES[:7], ids=lambda case: case.name)
def test_files(case: Case, tmp_path: Any) -> None:
    path = tmp_path / "results.json"
    path.write_text(json.dumps(chosen(case)))
    same_bits(judged(case, path), case)


@pytest.mark.parametrize("case", CASES[:7], ids=lambda case: case.name)
def test_truth_in_memory(case: Case) -> None:
    truth = copra.COCO()
    truth.dataset = json.loads(TRUTH.read_text())
    truth.createIndex()
    same_bits(judged(case, chosen(case), truth), case)


def rows() -> np.ndarray[Any, Any]:
    return np.array(
        [[each["image_id"], *each["bbox"], each["score"], each["category_id"]] for each in RESULTS]
    )


@pytest.mark.parametrize("order", ["C", "F"])
def test_arrays(order: Any) -> None:
    same_bits(judged(CASES[0], np.asarray(rows(), order=order)), CASES[0])


def test_counts_as_bytes() -> None:
    results = chosen(CASES[1])
    for each in results:
        shape = each["segmentation"]
        each["segmentation"] = {"size": shape["size"], "counts": shape["counts"].encode()}
    same_bits(judged(CASES[1], results), CASES[1])


def test_unlike_records_go_as_json() -> None:
    results = chosen(CASES[1])
    shape = results[5]["segmentation"]
    runs = copra.mask.decode(shape).ravel(order="F")
    edges = np.flatnonzero(np.diff(np.concatenate([[0], runs]))).tolist()
    counts = np.diff([0, *edges, len(runs)]).tolist()
    results[5]["segmentation"] = {"size": shape["size"], "counts": counts}
    same_bits(judged(CASES[1], results), CASES[1])


@pytest.mark.parametrize("case", CASES[:10], ids=lambda case: case.name)
def test_images_that_come_back(case: Case) -> None:
    """As torchvision's reference does: evalImgs go round, and are accumulated by another object."""
    first = judged(case, chosen(case))
    other = copra.COCOeval(copra.COCO(TRUTH), iouType=case.kind)
    other.evalImgs = pickle.loads(pickle.dumps(first.evalImgs))
    other.params = first.params
    other._paramsEval = copy.deepcopy(first.params)
    other.accumulate()
    other.summarize()
    same_bits(other, case)


def test_parameters_that_change_between() -> None:
    judge = judged(CASES[0], rows())
    judge.params.maxDets = [10, 100]
    judge.accumulate()
    assert (judge.eval["precision"] == EXPECTED["boxes-precision"][..., 1:]).all()


def test_images_one_by_one() -> None:
    truth = copra.COCO(TRUTH)
    whole = judged(CASES[0], rows(), truth)
    parts = []
    for image in whole.params.imgIds:
        of_image = rows()[rows()[:, 0] == image]
        results = truth.loadRes(of_image) if len(of_image) else copra.COCO()
        judge = copra.COCOeval(truth, results, "bbox")
        judge.params.imgIds = [image]
        judge.evaluate()
        parts.append(np.asarray(judge.evalImgs, dtype=object).reshape(-1, 4, 1))
    whole.evalImgs = np.concatenate(parts, 2).ravel().tolist()
    whole.accumulate()
    whole.summarize()
    same_bits(whole, CASES[0])


def test_equal_pycocotools_images() -> None:
    reference = pytest.importorskip("pycocotools.cocoeval")
    from pycocotools.coco import COCO

    for case in CASES[:10]:
        coco = COCO(str(TRUTH))
        peer = reference.COCOeval(coco, coco.loadRes(chosen(case)), case.kind)
        set_params(peer.params, case)
        peer.evaluate()
        judge = judged(case, chosen(case))
        assert len(judge.evalImgs) == len(peer.evalImgs)
        for found, expected in zip(judge.evalImgs, peer.evalImgs):
            assert (found is None) == (expected is None)
            for name in expected or ():
                assert np.array_equal(np.asarray(found[name]), np.asarray(expected[name])), name
        for key, overlaps in peer.ious.items():
            found = np.asarray(judge.ious[key])
            if case.kind == "keypoints":
                # NumPy's exponential has other last bits on some processors.
                np.testing.assert_allclose(found, np.asarray(overlaps), rtol=1e-12)
            else:
                assert np.array_equal(found, np.asarray(overlaps))


def child() -> float:
    return float(judged(CASES[0], rows()).stats[0])


def test_forked_processes_evaluate_too() -> None:
    expected = child()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        waiting = [pool.apply_async(child) for _ in range(4)]
        assert [each.get(timeout=60) for each in waiting] == [expected] * 4


def test_threads_change_nothing() -> None:
    copra.set_threads(1)
    try:
        same_bits(judged(CASES[0], rows()), CASES[0])
    finally:
        copra.set_threads(0)


def test_copies() -> None:
    truth = copy.deepcopy(copra.COCO(TRUTH))
    same_bits(judged(CASES[0], rows(), truth), CASES[0])
    same_bits(judged(CASES[0], rows(), pickle.loads(pickle.dumps(truth))), CASES[0])
