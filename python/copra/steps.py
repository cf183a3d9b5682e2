"""pycocotools' evaluation in steps, for classes that are built on them.

The library evaluates everything at once. A class that derives from `COCOeval` may replace a step
or call them one by one, as detectron2, MMDetection and the DETR family do; then these are what it
meets. They keep pycocotools' data, records as dictionaries, and its order of operations in floating
point.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from copra import mask as masks

if TYPE_CHECKING:
    from copra.coco import Record
    from copra.evaluation import Params

    Groups = defaultdict[tuple[Any, Any], list[Record]]

STEPS = ("_prepare", "computeIoU", "computeOks", "evaluateImg")
_FIELDS = {"segm": "segmentation", "bbox": "bbox"}


class Steps:
    """The steps, which share `_gts`, `_dts` and `ious`."""

    cocoGt: Any
    cocoDt: Any
    params: Params
    eval: dict[str, Any]
    evalImgs: Any
    ious: Any

    def __init__(self) -> None:
        self._gts: Groups = defaultdict(list)
        self._dts: Groups = defaultdict(list)

    def _prepare(self) -> None:
        """Groups the records by image and category, masks as run lengths."""
        params = self.params
        chosen: dict[str, Any] = {"imgIds": params.imgIds}
        if params.useCats:
            chosen["catIds"] = params.catIds
        truths, detections = (
            coco.loadAnns(coco.getAnnIds(**chosen)) for coco in (self.cocoGt, self.cocoDt)
        )
        if params.iouType == "segm":
            for coco, records in ((self.cocoGt, truths), (self.cocoDt, detections)):
                for record in records:
                    record["segmentation"] = coco.annToRLE(record)
        for truth in truths:
            truth["ignore"] = truth.get("iscrowd", False)
            if params.iouType == "keypoints":
                truth["ignore"] = truth["num_keypoints"] == 0 or truth["ignore"]
        self._gts, self._dts = _grouped(truths), _grouped(detections)
        self.evalImgs = defaultdict(list)
        self.eval = {}

    def computeIoU(self, imgId: Any, catId: Any) -> Any:
        """The overlaps of boxes or masks, [detections, truths]; an empty list for none."""
        truths, detections = self._pair(imgId, catId)
        if not truths and not detections:
            return []
        if self.params.iouType not in _FIELDS:
            raise ValueError(f"iouType: expected bbox or segm, found {self.params.iouType}")
        field = _FIELDS[self.params.iouType]
        crowds = [int(truth["iscrowd"]) for truth in truths]
        best = [each[field] for each in _best(detections, self.params.maxDets[-1])]
        return masks.iou(best, [truth[field] for truth in truths], crowds)

    def computeOks(self, imgId: Any, catId: Any) -> Any:
        """The similarities of keypoints, [detections, truths]."""
        truths = self._gts[imgId, catId]
        detections = _best(self._dts[imgId, catId], self.params.maxDets[-1])
        if not truths or not detections:
            return []
        similarities = np.zeros((len(detections), len(truths)))
        variances = (self.params.kpt_oks_sigmas * 2) ** 2
        for column, truth in enumerate(truths):
            for row, detection in enumerate(detections):
                similarities[row, column] = _similarity(truth, detection, variances)
        return similarities

    def evaluateImg(self, imgId: Any, catId: Any, aRng: Any, maxDet: int) -> Record | None:
        """What matches what in an image, of a category and a range of areas; None for nothing."""
        truths, detections = self._pair(imgId, catId)
        if not truths and not detections:
            return None
        for truth in truths:
            truth["_ignore"] = 1 if truth["ignore"] or _is_outside(truth["area"], aRng) else 0
        order = np.argsort([truth["_ignore"] for truth in truths], kind="mergesort")
        truths = [truths[place] for place in order]
        detections = _best(detections, maxDet)
        overlaps = self.ious[imgId, catId]
        if len(overlaps):
            overlaps = overlaps[:, order]
        ignored = np.array([truth["_ignore"] for truth in truths])
        table = _Matches(truths, detections, ignored, len(self.params.iouThrs))
        if len(overlaps):
            for place, threshold in enumerate(self.params.iouThrs):
                table.match(place, threshold, overlaps)
        outside = np.array([_is_outside(each["area"], aRng) for each in detections], dtype=bool)
        return {
            "image_id": imgId,
            "category_id": catId,
            "aRng": aRng,
            "maxDet": maxDet,
            "dtIds": [each["id"] for each in detections],
            "gtIds": [each["id"] for each in truths],
            "dtMatches": table.of_detections,
            "gtMatches": table.of_truths,
            "dtScores": [each["score"] for each in detections],
            "gtIgnore": ignored,
            "dtIgnore": (table.ignored != 0) | ((table.of_detections == 0) & outside),
        }

    def _all_steps(self) -> None:
        """Takes all steps, in pycocotools' order."""
        params = self.params
        self._prepare()
        categories = params.catIds if params.useCats else [-1]
        compute = self.computeOks if params.iouType == "keypoints" else self.computeIoU
        self.ious = {
            (image, category): compute(image, category)
            for image in params.imgIds
            for category in categories
        }
        self.evalImgs = [
            self.evaluateImg(image, category, area, params.maxDets[-1])
            for category in categories
            for area in params.areaRng
            for image in params.imgIds
        ]

    def _pair(self, image: Any, category: Any) -> tuple[list[Record], list[Record]]:
        """The true objects and the detections, of all categories where they are taken for one."""
        categories = [category] if self.params.useCats else self.params.catIds
        truths = [each for one in categories for each in self._gts[image, one]]
        return truths, [each for one in categories for each in self._dts[image, one]]


class _Matches:
    """Matches of detections, best first, with true objects, ignored ones last."""

    def __init__(self, truths: Any, detections: Any, ignored: Any, thresholds: int) -> None:
        self.truths, self.detections = truths, detections
        self.is_ignored = ignored
        self.is_crowd = [int(truth["iscrowd"]) for truth in truths]
        self.of_truths = np.zeros((thresholds, len(truths)))
        self.of_detections = np.zeros((thresholds, len(detections)))
        self.ignored = np.zeros((thresholds, len(detections)))

    def match(self, place: int, threshold: float, overlaps: Any) -> None:
        """Gives each detection the free true object that it overlaps most, at one threshold."""
        for row, detection in enumerate(self.detections):
            found = self._found(place, min([threshold, 1 - 1e-10]), overlaps[row])
            if found >= 0:
                self.ignored[place, row] = self.is_ignored[found]
                self.of_detections[place, row] = self.truths[found]["id"]
                self.of_truths[place, found] = detection["id"]

    def _found(self, place: int, least: float, overlaps: Any) -> int:
        """The place of a detection's true object; an ignored one only where no other is."""
        found = -1
        for column in range(len(self.truths)):
            if self.of_truths[place, column] > 0 and not self.is_crowd[column]:
                continue
            if found >= 0 and self.is_ignored[found] == 0 and self.is_ignored[column] == 1:
                break
            if overlaps[column] < least:
                continue
            least, found = overlaps[column], column
        return found


def _grouped(records: list[Record]) -> Groups:
    groups: Groups = defaultdict(list)
    for record in records:
        groups[record["image_id"], record["category_id"]].append(record)
    return groups


def _best(detections: list[Record], limit: int) -> list[Record]:
    """The detections with the highest scores, in their order."""
    order = np.argsort([-each["score"] for each in detections], kind="mergesort")
    return [detections[place] for place in order[:limit]]


def _is_outside(area: float, limits: Any) -> bool:
    return bool(area < limits[0] or area > limits[1])


def _similarity(truth: Record, detection: Record, variances: Any) -> Any:
    """The similarity of labelled keypoints, or, without any, how near all are to the object."""
    points, found = np.array(truth["keypoints"]), np.array(detection["keypoints"])
    xs, ys, labelled = found[0::3], found[1::3], points[2::3] > 0
    if labelled.any():
        across, down = xs - points[0::3], ys - points[1::3]
    else:
        x, y, width, height = truth["bbox"]
        across = _beyond(xs, x - width, x + width * 2)
        down = _beyond(ys, y - height, y + height * 2)
    errors = (across**2 + down**2) / variances / (truth["area"] + np.spacing(1)) / 2
    if labelled.any():
        errors = errors[labelled]
    return np.sum(np.exp(-errors)) / errors.shape[0]


def _beyond(places: Any, first: float, last: float) -> Any:
    """How far places are outside a range."""
    return np.maximum(0, first - places) + np.maximum(0, places - last)
