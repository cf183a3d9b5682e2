"""COCO's evaluation, as pycocotools' `COCOeval` gives it, to the last bit."""

from __future__ import annotations

import copy
import ctypes
import datetime
import warnings
from typing import Any

import numpy as np

from copra import _library as library
from copra import dictionaries
from copra.coco import COCO, Truth
from copra.detections import Detections
from copra.evaluated_images import EvaluatedImages, restore
from copra.findings import Findings
from copra.steps import STEPS, Steps
from copra.summary import summary

_IOU_TYPES = {"bbox": 0, "segm": 1, "keypoints": 2}
# How records are found; a class that does it otherwise is evaluated step by step.
_LOOKS = ("getAnnIds", "loadAnns", "annToRLE")
_SIGMAS = (26, 25, 25, 35, 35, 79, 79, 72, 72, 62, 62, 107, 107, 87, 87, 89, 89)


class Params:
    """How detections are judged; every attribute can be set before `evaluate()`."""

    def __init__(self, iouType: str = "segm") -> None:
        if iouType not in _IOU_TYPES:
            raise ValueError(f"iouType: expected bbox, segm or keypoints, found {iouType}")
        self.iouType = iouType
        self.useSegm: bool | None = None
        self.imgIds: list[int] = []
        self.catIds: list[int] = []
        self.useCats = 1
        self.iouThrs = np.linspace(0.5, 0.95, 10)
        self.recThrs = np.linspace(0, 1, 101)
        small, medium = [[0.0, 32.0**2]], [[32.0**2, 96.0**2]]
        self.areaRng = [[0.0, 1e5**2], *small, *medium, [96.0**2, 1e5**2]]
        self.areaRngLbl = ["all", "small", "medium", "large"]
        self.maxDets = [1, 10, 100]
        if iouType == "keypoints":
            del self.areaRng[1], self.areaRngLbl[1]
            self.maxDets = [20]
            self.kpt_oks_sigmas = np.array(_SIGMAS) / 100 / 10.0


class Settings:
    """`Params` as the library takes them; keeps the arrays that they point to."""

    def __init__(self, params: Params) -> None:
        thresholds = library.doubles(params.iouThrs).ravel()
        self.recalls = library.doubles(params.recThrs).ravel()
        ranges = library.doubles(params.areaRng).reshape(-1, 2)
        limits = library.integers(params.maxDets).ravel()
        sigmas = library.doubles(getattr(params, "kpt_oks_sigmas", [])).ravel()
        images = library.integers(params.imgIds).ravel()
        categories = library.integers(params.catIds).ravel()
        labels = [str(each) for each in params.areaRngLbl]
        if len(labels) != len(ranges):
            raise library.CopraError(
                f"areaRngLbl: expected {len(ranges)} names, found {len(labels)}"
            )
        names = library.names(labels)
        places = (len(categories) if params.useCats else 1, len(ranges), len(limits))
        self.shape = (len(thresholds), len(self.recalls), *places)
        self._kept = (thresholds, ranges, limits, sigmas, images, categories, names)
        self.structure = library.Settings(
            _IOU_TYPES[params.iouType],
            1 if params.useCats else 0,
            *(thresholds.ctypes.data, len(thresholds)),
            *(self.recalls.ctypes.data, len(self.recalls)),
            *(ranges.ctypes.data, names, len(ranges)),
            *(limits.ctypes.data, len(limits)),
            *(sigmas.ctypes.data, len(sigmas)),
            *(images.ctypes.data, len(images)),
            *(categories.ctypes.data, len(categories)),
        )


class Evaluation(library.Handle):
    """Matches in the library's memory."""

    def __init__(self, make: str, *arguments: object) -> None:
        super().__init__("evaluation", make, *arguments)

    def accumulate(self, settings: Settings) -> dict[str, library.Array]:
        """Precision, recall and scores in pycocotools' shapes."""
        lent = {name: library.new_array() for name in ("precision", "recall", "scores")}
        library.call(
            "copra_evaluation_accumulate",
            self,
            library.pointer(settings.recalls),
            library.count(len(settings.recalls)),
            *map(ctypes.byref, lent.values()),
        )
        shape = settings.shape
        arrays = {name: self.borrowed(array) for name, array in lent.items()}
        arrays["recall"] = arrays["recall"].reshape(shape[:1] + shape[2:])
        for name in ("precision", "scores"):
            arrays[name] = arrays[name].reshape(shape)
        return arrays

    def findings(self) -> Findings:
        """What is wrong with the records."""
        return Findings("copra_evaluation_findings", self)


class COCOeval(Steps):
    """Judges the detections `cocoDt` by the ground truth `cocoGt`.

    >>> judge = COCOeval(truth, truth.loadRes(results), "bbox")
    >>> judge.evaluate()
    >>> judge.accumulate()
    >>> judge.summarize()
    >>> judge.stats[0]
    """

    def __init__(
        self, cocoGt: Any = None, cocoDt: Any = None, iouType: str | None = "segm"
    ) -> None:
        super().__init__()
        self.cocoGt = cocoGt
        self.cocoDt = cocoDt
        self.params = Params(iouType or "segm")
        self._paramsEval = Params(iouType or "segm")
        self.eval: dict[str, Any] = {}
        self.stats: Any = []
        self._evaluation: Evaluation | None = None
        self._images: EvaluatedImages | None = None
        self._given: Any = None
        self._overlaps: Any = None
        self._ids: list[int] | None = None
        if cocoGt is not None:
            self.params.imgIds = sorted(cocoGt.getImgIds())
            self.params.catIds = sorted(cocoGt.getCatIds())

    def evaluate(self) -> None:
        """Matches detections with true objects, image by image."""
        params = self.params
        if params.useSegm is not None:
            params.iouType = "segm" if params.useSegm == 1 else "bbox"
        params.imgIds = list(np.unique(params.imgIds))
        if params.useCats:
            params.catIds = list(np.unique(params.catIds))
        params.maxDets = sorted(params.maxDets)
        truth, found = _coco(self.cocoGt), _coco(self.cocoDt)
        if truth.has_text_ids:
            raise library.CopraError("ids that are text are evaluated by `copra evaluate` alone")
        settings = Settings(params)
        known = None if self._has_own_steps() else _known(truth, found, params)
        if known is None:
            self._all_steps()
        else:
            (objects, (detections, ids)) = known
            self._evaluation = Evaluation(
                "copra_evaluate", objects, detections, ctypes.byref(settings.structure)
            )
            self._ids = ids
            self._images = self._given = self._overlaps = None
            self._warn()
        self._paramsEval = _copied(params)

    def _has_own_steps(self) -> bool:
        """Whether a class or a program has put a step of its own in the place of one of ours."""
        return any(
            getattr(getattr(self, name), "__func__", None) is not getattr(Steps, name)
            for name in STEPS
        )

    def _warn(self) -> None:
        """Says what is so wrong with records that they were left out."""
        findings = self.findings
        _, errors = findings.counts()
        if errors:
            first = next(each for each in findings.all() if each.severity == "error")
            further = f" (and {errors - 1} more: see `findings`)" if errors > 1 else ""
            warnings.warn(f"copra: {first.message}{further}", stacklevel=3)

    @property
    def findings(self) -> Findings:
        """What is wrong with the records that were evaluated."""
        if self._evaluation is None:
            raise library.CopraError("expected an evaluation: call evaluate() first")
        return self._evaluation.findings()

    @property
    def evalImgs(self) -> Any:
        """What matched what, of each category, range of areas and image; made when asked for."""
        if self._given is None:
            self._given = self._matched().dictionaries() if self._evaluation else []
        return self._given

    @evalImgs.setter
    def evalImgs(self, images: Any) -> None:
        self._given = images
        self._evaluation = None

    @property
    def ious(self) -> Any:
        """The overlaps of each image and category; made when they are asked for."""
        if self._overlaps is None:
            self._overlaps = self._matched().overlaps() if self._evaluation else {}
        return self._overlaps

    @ious.setter
    def ious(self, overlaps: Any) -> None:
        self._overlaps = overlaps

    def _matched(self) -> EvaluatedImages:
        if self._images is None:
            assert self._evaluation is not None
            self._images = EvaluatedImages(self._evaluation, self._paramsEval, self._ids)
        return self._images

    def accumulate(self, p: Params | None = None) -> None:
        """Works precision, recall and scores out, into `eval`."""
        params = p or self.params
        if self._evaluation is None and not self._given:
            print("Please run evaluate() first")
        if not params.useCats:
            params.catIds = [-1]
        settings = Settings(params)
        evaluation = self._evaluation
        if evaluation is None or not _are_alike(params, self._paramsEval):
            matches = restore(self.evalImgs, params, self._paramsEval, settings)
            evaluation = Evaluation("copra_evaluation_restore", *matches)
        arrays = evaluation.accumulate(settings)
        self.eval = {
            "params": params,
            "counts": list(settings.shape),
            "date": datetime.datetime.now().strftime("%Y-%m-%d %H:%M:%S"),
            **arrays,
        }

    def summarize(self) -> None:
        """Prints COCO's figures, and keeps them in `stats`."""
        if not self.eval:
            raise RuntimeError("Please run accumulate() first")
        self.stats, lines = summary(self.eval.get("params", self.params), self.eval)
        print("\n".join(lines))

    def __str__(self) -> str:
        self.summarize()
        return ""

    def __getstate__(self) -> dict[str, Any]:
        """With what the library's memory holds as arrays and dictionaries."""
        kept = {"_given": self.evalImgs, "_overlaps": self.ious}
        return {**self.__dict__, **kept, "_evaluation": None, "_images": None}


def _coco(given: Any) -> COCO:
    """A dataset of this package, made of another one's where it is such."""
    if isinstance(given, COCO):
        return given
    made = COCO()
    made.dataset = {} if given is None else given.dataset
    return made


def _known(
    truth: COCO, found: COCO, params: Params
) -> tuple[Truth, tuple[Detections, list[int] | None]] | None:
    """What the library evaluates; None where it would not see what the dictionaries hold."""
    for coco in (truth, found):
        if any(getattr(type(coco), name) is not getattr(COCO, name) for name in _LOOKS):
            return None
    is_file = truth.is_untouched and truth.results is None
    objects = truth.truth if is_file else dictionaries.truth_of(truth, params)
    if found.is_untouched and found.results is not None:
        return objects, (found.results, None)
    detections = dictionaries.detections_of(found, params, objects)
    return None if detections is None else (objects, detections)


def _copied(params: Params) -> Params:
    """A copy as `deepcopy` makes it, but for the ids, thousands of numbers that never change."""
    memo = {id(each): list(each) for each in (params.imgIds, params.catIds) if type(each) is list}
    return copy.deepcopy(params, memo)


def _are_alike(params: Params, evaluated: Params) -> bool:
    """Whether parameters ask for the matches that were made."""
    names = ["imgIds", "iouThrs", "areaRng", "maxDets"]
    if params.useCats:
        names.append("catIds")
    return bool(params.useCats) == bool(evaluated.useCats) and all(
        np.array_equal(getattr(params, name), getattr(evaluated, name)) for name in names
    )
