"""Programs that take pycocotools' classes apart get pycocotools' figures."""

from __future__ import annotations

import copy
import json
import pickle
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from cases import CASES, FIXTURES, Case, set_params

import copra

reference = pytest.importorskip("pycocotools.cocoeval")
pycocotools = pytest.importorskip("pycocotools.coco")

TRUTH = str(FIXTURES / "truth.json")
RESULTS = json.loads((FIXTURES / "results.json").read_text())
BOTH = ((copra.COCO, copra.COCOeval), (pycocotools.COCO, reference.COCOeval))
# Of these everything is compared, and pycocotools' loops take long.
FEW = [CASES[0], CASES[1], CASES[2], CASES[3], CASES[4], CASES[5], CASES[8], CASES[10]]
BOXES = CASES[0]


def chosen(case: Case) -> list[dict[str, Any]]:
    fields = ("image_id", "category_id", "score", *case.fields)
    return [{name: copy.deepcopy(each[name]) for name in fields} for each in RESULTS]


def finished(judge: Any) -> Any:
    judge.accumulate()
    judge.summarize()
    return judge


def same(judge: Any, peer: Any, images: bool = True) -> None:
    """The figures have the same bits, and what matched what is the same."""
    for name in ("precision", "recall", "scores"):
        found, expected = (np.ascontiguousarray(each.eval[name]) for each in (judge, peer))
        assert found.shape == expected.shape
        assert (found.view("u8") == expected.view("u8")).all(), name
    assert judge.stats.tolist() == peer.stats.tolist()
    if not images:
        return
    assert len(judge.evalImgs) == len(peer.evalImgs)
    for found, expected in zip(judge.evalImgs, peer.evalImgs):
        assert (found is None) == (expected is None)
        for name in expected or ():
            assert np.array_equal(np.asarray(found[name]), np.asarray(expected[name])), name


def compared(work: Callable[[Any, Any], Any], images: bool = True) -> None:
    """The same work with both."""
    same(*(work(*classes) for classes in BOTH), images)


@pytest.mark.parametrize("case", FEW, ids=lambda case: case.name)
def test_a_step_of_their_own(case: Case) -> None:
    def work(coco: Any, judge: Any) -> Any:
        class Own(judge):  # type: ignore[misc]
            def computeIoU(self, image: Any, category: Any) -> Any:
                return super().computeIoU(image, category)

        truth = coco(TRUTH)
        own = Own(truth, truth.loadRes(chosen(case)), case.kind)
        set_params(own.params, case)
        own.evaluate()
        return finished(own)

    compared(work)


@pytest.mark.parametrize("case", FEW[:2], ids=lambda case: case.name)
def test_steps_one_by_one(case: Case) -> None:
    """As the evaluators of DETR and its kin do, an image at a time."""

    def work(coco: Any, judge: Any) -> Any:
        truth = coco(TRUTH)
        own, parts, images = judge(truth, iouType=case.kind), [], truth.getImgIds()
        for image in images:
            records = [each for each in chosen(case) if each["image_id"] == image]
            own.cocoDt = truth.loadRes(records) if records else coco()
            own.params.imgIds = [image]
            own._prepare()
            categories, areas = own.params.catIds, own.params.areaRng
            own.ious = {(image, each): own.computeIoU(image, each) for each in categories}
            parts.append(
                np.asarray(
                    [own.evaluateImg(image, one, area, 100) for one in categories for area in areas]
                ).reshape(len(categories), len(areas), 1)
            )
        own.evalImgs = np.concatenate(parts, 2).flatten().tolist()
        own.params.imgIds = images
        own._paramsEval = copy.deepcopy(own.params)
        return finished(own)

    compared(work)


def test_accumulation_of_their_own() -> None:
    """As detectron2's does, which leaves the summary to pycocotools."""

    def work(coco: Any, judge: Any) -> Any:
        class Own(judge):  # type: ignore[misc]
            def accumulate(self) -> None:
                shape = (10, 101, len(self.params.catIds), 4, 3)
                table = np.random.default_rng(4).random(shape) - 0.1
                table[table < 0] = -1
                self.eval = {"precision": table, "recall": table[:, 0], "scores": table}

        truth = coco(TRUTH)
        own = Own(truth, truth.loadRes(chosen(BOXES)), "bbox")
        own.evaluate()
        return finished(own)

    compared(work)


def made(coco: Any, records: Any) -> Any:
    """A dataset of dictionaries."""
    dataset = json.loads((FIXTURES / "truth.json").read_text())
    own = coco()
    own.dataset = dataset if records is None else {**dataset, "annotations": records}
    own.createIndex()
    return own


def completed(records: list[dict[str, Any]], first: int) -> list[dict[str, Any]]:
    """Results with what an evaluation needs, which `loadRes` would add."""
    for number, record in enumerate(records, first):
        width, height = record["bbox"][2:]
        record.update(id=number, iscrowd=0, area=width * height)
    return records


@pytest.mark.parametrize("factor", [1, 0.5])
@pytest.mark.parametrize("first", [1, 700, 0, -3])
def test_detections_without_load_res(first: int, factor: float) -> None:
    """With ids and areas of their own; 0 and less are none to pycocotools."""

    def work(coco: Any, judge: Any) -> Any:
        records = completed(chosen(BOXES), first)
        for record in records:
            record["area"] *= factor
        own = judge(made(coco, None), made(coco, records), "bbox")
        own.evaluate()
        return finished(own)

    compared(work)


@pytest.mark.parametrize("kind", ["bbox", "segm"])
def test_areas_that_change_after_the_index(kind: str) -> None:
    """As torchmetrics changes them, from those of boxes to those of masks."""

    def work(coco: Any, judge: Any) -> Any:
        records = completed(chosen(CASES[4]), 1)
        detections = made(coco, records)
        for record in detections.dataset["annotations"]:
            if kind == "segm":
                record["area"] = copra.mask.area(record["segmentation"])
        own = judge(made(coco, None), detections, kind)
        own.evaluate()
        return finished(own)

    compared(work)


def test_truths_and_results_that_change_after_the_index() -> None:
    def work(coco: Any, judge: Any) -> Any:
        truth = coco(TRUTH)
        results = truth.loadRes(chosen(BOXES))
        for each in (truth, results):
            for record in each.dataset["annotations"]:
                record["category_id"] = 7
            each.createIndex()
        for record in truth.anns.values():
            record["area"] /= 3
        own = judge(truth, results, "bbox")
        own.evaluate()
        return finished(own)

    compared(work)


@pytest.mark.parametrize("case", CASES[:10], ids=lambda case: case.name)
def test_dictionaries_that_were_only_looked_at(case: Case) -> None:
    def work(coco: Any, judge: Any) -> Any:
        truth = coco(TRUTH)
        results = truth.loadRes(chosen(case))
        assert truth.anns and len(results.anns) == len(RESULTS)
        own = judge(truth, results, case.kind)
        set_params(own.params, case)
        own.evaluate()
        return finished(own)

    compared(work)


def test_an_index_of_their_own() -> None:
    """As torchvision's reference made it at first, which put its parts there."""

    def indexed(coco: Any, records: list[dict[str, Any]]) -> Any:
        own = coco()
        own.dataset["images"] = made(coco, None).dataset["images"]
        own.dataset["annotations"] = completed(records, 1)
        by_image = defaultdict(list)
        for record in records:
            by_image[record["image_id"]].append(record)
        own.anns = {record["id"]: record for record in records}
        own.imgToAnns = by_image
        own.imgs = {each["id"]: each for each in own.dataset["images"]}
        return own

    def work(coco: Any, judge: Any) -> Any:
        own = judge(coco(TRUTH), indexed(coco, chosen(BOXES)), "bbox")
        own.evaluate()
        return finished(own)

    compared(work)


class Renamed(copra.COCO):
    """As MMDetection's classes do."""

    def __init__(self, annotation_file: Any = None) -> None:
        super().__init__(annotation_file)
        self.img_ann_map = self.imgToAnns

    def createIndex(self) -> None:
        super().createIndex()
        self.count = len(self.anns)


def test_datasets_of_a_class_of_their_own() -> None:
    truth = Renamed(TRUTH)
    assert truth.count == len(truth.anns) > 0
    for other in (copy.deepcopy(truth), pickle.loads(pickle.dumps(truth))):
        assert other.count == truth.count and other.img_ann_map == truth.img_ann_map
        assert next(iter(other.anns.values())) is next(iter(other.dataset["annotations"]))


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda own: pickle.loads(pickle.dumps(own))])
@pytest.mark.parametrize("case", [BOXES, CASES[5]], ids=lambda case: case.name)
def test_evaluations_that_are_copied(case: Case, copied: Callable[[Any], Any]) -> None:
    def work(coco: Any, judge: Any) -> Any:
        truth = coco(TRUTH)
        own = judge(truth, truth.loadRes(chosen(case)), case.kind)
        own.evaluate()
        return finished(copied(own))

    compared(work)


def test_pictures_are_pycocotools() -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")

    def picture(coco: Any) -> Any:
        truth = coco(TRUTH)
        for category in truth.cats.values():
            category["skeleton"] = [[1, 2], [3, 4]]
        np.random.seed(5)
        figure = pyplot.figure()
        pyplot.imshow(np.zeros((60, 60, 3)))
        truth.showAnns(list(truth.anns.values())[:40], draw_bbox=True)
        figure.canvas.draw()
        return np.asarray(figure.canvas.buffer_rgba()).copy()

    ours, theirs = picture(copra.COCO), picture(pycocotools.COCO)
    assert (ours == theirs).all() and len(np.unique(ours)) > 10


def test_boxes_with_an_angle() -> None:
    """As detectron2 has them, with an overlap of its own."""

    def work(coco: Any, judge: Any) -> Any:
        class Turned(judge):  # type: ignore[misc]
            def computeIoU(self, image: Any, category: Any) -> Any:
                truths, found = self._gts[image, category], self._dts[image, category]
                order = np.argsort([-each["score"] for each in found], kind="mergesort")
                boxes = [np.array(found[place]["bbox"]) for place in order[:100]]
                return np.array([[self.near(one, each) for each in truths] for one in boxes])

            def near(self, box: Any, truth: Any) -> float:
                return float(np.exp(-np.abs(box - truth["bbox"]).sum() / 50))

        truth = coco(TRUTH)
        for record in truth.anns.values():
            record["bbox"] = [*record["bbox"], 30.0]
        results = [{**each, "bbox": [*each["bbox"], 40.0]} for each in chosen(BOXES)]
        own = Turned(truth, truth.loadRes(results), "bbox")
        own.evaluate()
        return finished(own)

    compared(work)


def test_annotations_with_one_id() -> None:
    """pycocotools finds the last of them in the place of each."""

    def work(coco: Any, judge: Any) -> Any:
        truth = made(coco, None)
        annotations = truth.dataset["annotations"]
        annotations[3]["id"] = annotations[1]["id"]
        truth.createIndex()
        own = judge(truth, truth.loadRes(chosen(BOXES)), "bbox")
        own.evaluate()
        return finished(own)

    compared(work, images=False)


@pytest.mark.filterwarnings("error::UserWarning")
def test_categories_without_names() -> None:
    """As torchvision makes of a dataset that is not COCO's."""

    def work(coco: Any, judge: Any) -> Any:
        truth = made(coco, None)
        truth.dataset["categories"] = [{"id": each["id"]} for each in truth.dataset["categories"]]
        for image in truth.dataset["images"]:
            del image["file_name"]
        truth.createIndex()
        own = judge(truth, truth.loadRes(chosen(BOXES)), "bbox")
        own.evaluate()
        return finished(own)

    compared(work)


@pytest.mark.filterwarnings("error::UserWarning")
@pytest.mark.parametrize("kind", ["bbox", "keypoints"])
def test_images_without_a_record(kind: str) -> None:
    case = CASES[0] if kind == "bbox" else CASES[6]

    def work(coco: Any, judge: Any) -> Any:
        truth = made(coco, None)
        results = truth.loadRes(chosen(case))
        assert results.anns
        ids = truth.getImgIds()
        truth.dataset["images"] = truth.dataset["images"][::3]
        truth.createIndex()
        own = judge(truth, results, kind)
        own.params.imgIds = ids
        own.evaluate()
        return finished(own)

    compared(work)
