"""Results whose masks and keypoints reach the library as columns, whatever these hold."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from cases import FIXTURES

import copra

HEIGHT, WIDTH = 12, 9
WHOLE = np.ones((HEIGHT, WIDTH), np.uint8)


class OneByOne(copra.COCOeval):
    """Evaluates step by step, as a class with a step of its own does."""

    def evaluateImg(self, *arguments: Any) -> Any:
        return super().evaluateImg(*arguments)


def odd_masks(random: np.random.Generator) -> list[np.ndarray[Any, Any]]:
    """Masks that are empty, full, in a single pixel, over whole columns, and of any pixels."""
    masks = [WHOLE * 0, WHOLE, *(WHOLE * 0 for _ in range(6))]
    masks[2][0, 0] = 1
    masks[3][-1, -1] = 1
    masks[4][:, 3:6] = 1
    masks[5][5:, 2] = masks[5][:4, 3] = 1
    masks[6][2:9, 1:7] = 1
    masks[7][2:9, 2:8] = 1
    return masks + [(random.random(WHOLE.shape) < share).astype("u1") for share in (0.1, 0.5, 0.9)]


def encoded(mask: np.ndarray[Any, Any]) -> dict[str, Any]:
    rle: dict[str, Any] = copra.mask.encode(np.asfortranarray(mask))
    return rle


def masked() -> tuple[copra.COCO, list[dict[str, Any]]]:
    """Images with odd masks, and odd masks that are found there, some with equal scores."""
    random = np.random.default_rng(12)
    images = [{"id": each, "height": HEIGHT, "width": WIDTH} for each in (3, 70_000, 9_000_000)]
    truth, found = copra.COCO(), []
    annotations: list[dict[str, Any]] = []
    for image in images:
        for mask in odd_masks(random):
            box = copra.mask.toBbox(encoded(mask)).tolist()
            record = {"id": len(annotations) + 1, "image_id": image["id"], "bbox": box}
            record |= {"category_id": int(random.integers(1, 3)), "area": float(mask.sum())}
            crowd = int(random.random() < 0.2)
            annotations.append({**record, "segmentation": encoded(mask), "iscrowd": crowd})
        for mask in odd_masks(random) * 3:
            record = {"image_id": image["id"], "category_id": int(random.integers(1, 3))}
            score = round(float(random.random()), 1)
            found.append({**record, "segmentation": encoded(mask), "score": score})
    categories = [{"id": each, "name": str(each)} for each in (1, 2)]
    truth.dataset = {"images": images, "categories": categories, "annotations": annotations}
    truth.createIndex()
    return truth, found


def arrays(judge: copra.COCOeval) -> list[bytes]:
    judge.evaluate()
    judge.accumulate()
    return [judge.eval[name].tobytes() for name in ("precision", "recall", "scores")]


@pytest.mark.parametrize("kind", ["segm", "bbox"])
def test_odd_masks_are_judged_as_step_by_step(kind: str) -> None:
    truth, found = masked()
    expected = arrays(OneByOne(copy.deepcopy(truth), truth.loadRes(copy.deepcopy(found)), kind))
    assert arrays(copra.COCOeval(truth, truth.loadRes(found), kind)) == expected


def test_counts_as_text_and_as_bytes_are_the_same() -> None:
    truth, found = masked()
    expected = arrays(copra.COCOeval(truth, truth.loadRes(found), "segm"))
    for some in (found, found[::2]):
        for each in some:
            mask = each["segmentation"]
            counts = mask["counts"]
            other = counts.decode() if isinstance(counts, bytes) else counts.encode()
            each["segmentation"] = {**mask, "counts": other}
        assert arrays(copra.COCOeval(truth, truth.loadRes(found), "segm")) == expected


@pytest.mark.parametrize(
    "mask",
    [
        {"size": [HEIGHT, WIDTH], "counts": b"zz"},
        {"size": [HEIGHT, WIDTH], "counts": b""},
        {"size": [HEIGHT, WIDTH], "counts": b"5"},
        {"size": [-HEIGHT, -WIDTH], "counts": encoded(WHOLE)["counts"]},
        {"size": [2**40, 2**40], "counts": b"5"},
    ],
    ids=str,
)
def test_a_mask_that_is_none_is_left_out_and_said(mask: dict[str, Any]) -> None:
    truth, found = masked()
    expected = arrays(copra.COCOeval(truth, truth.loadRes(found), "segm"))
    bad = {"image_id": 3, "category_id": 1, "segmentation": mask, "score": 2.0}
    judge = copra.COCOeval(truth, truth.loadRes([*found, bad]), "segm")
    with pytest.warns(UserWarning, match="segmentation"):
        assert arrays(judge) == expected


def test_ids_that_doubles_do_not_hold() -> None:
    large = 2**53 + 1
    truth, found = masked()
    expected = arrays(copra.COCOeval(truth, truth.loadRes(found), "segm"))
    for each in truth.dataset["images"]:
        each["id"] += large
    for each in [*truth.dataset["annotations"], *found]:
        each["image_id"] += large
    truth.createIndex()
    assert arrays(copra.COCOeval(truth, truth.loadRes(found), "segm")) == expected


def test_keypoints_of_other_numbers_are_left_out_and_said() -> None:
    truth = copra.COCO(FIXTURES / "truth.json")
    record = {"image_id": 4, "category_id": 1, "score": 0.5}
    records = [{**record, "keypoints": [1.0] * count} for count in (51, 48)]
    for results in (records, records[::-1]):
        judge = copra.COCOeval(truth, truth.loadRes(results), "keypoints")
        with pytest.warns(UserWarning, match="keypoints: expected 51 numbers, found 48"):
            judge.evaluate()


def test_keypoints_are_counted_in_bytes_that_fit() -> None:
    with pytest.raises(copra.CopraError):
        found = copra.COCO(FIXTURES / "truth.json").loadRes(np.array([[4, 1, 1, 9, 9, 0.5, 7]]))
        assert found.results is not None
        found.results._add_keypoints([], -1)
