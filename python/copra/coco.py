"""COCO's annotations, as pycocotools' `COCO` gives them.

A file is read by the library at once; the dictionaries of its records are made when they are first
touched. From then on an evaluation sees what they hold; what was added to the dataset or taken away
counts from the next `createIndex()`, as in pycocotools.
"""

from __future__ import annotations

import copy
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from copra import _library as library
from copra import mask as masks
from copra.detections import Detections, as_json

Record = dict[str, Any]

_IMAGE_ID, _CATEGORY_ID, _HAS_TEXT_IDS = 0, 20, 40


class Truth(library.Handle):
    """A ground truth in the library's memory."""

    def __init__(self, make: str, *arguments: object) -> None:
        super().__init__("dataset", make, *arguments)

    @classmethod
    def made(cls, dataset: Record) -> Truth:
        """The ground truth of dictionaries."""
        text = as_json(dataset)
        return cls("copra_truth_parse", text, library.count(len(text)))


def _indexed(name: str, doc: str) -> Any:
    """A part of the index, which other code may put there too."""

    def read(coco: COCO) -> Any:
        return getattr(coco.index, name)

    def write(coco: COCO, value: Any) -> None:
        setattr(coco.index, name, value)

    return property(read, write, doc=doc)


class COCO:
    """A dataset in COCO's format, or, from `loadRes`, the results of a detector on one."""

    def __init__(self, annotation_file: str | os.PathLike[str] | None = None) -> None:
        """Reads a file; without one it is for you to set `dataset` and call `createIndex()`."""
        self._path = None if annotation_file is None else os.fspath(annotation_file)
        self._dataset: Record | None = None if self._path else {}
        self._index: _Index | None = None
        self._truth: Truth | None = None
        self._results: _Results | None = None
        if self._path:
            os.stat(self._path)
            self._truth = self._read()
            if type(self).createIndex is not COCO.createIndex:
                self.createIndex()

    def _read(self) -> Truth:
        if self._dataset is None and self._path:
            return Truth("copra_truth_open", os.fsencode(self._path))
        names = ("images", "categories")
        ids = {name: [{"id": each["id"]} for each in self.dataset.get(name, [])] for name in names}
        return Truth.made({**ids, "annotations": []})

    @property
    def truth(self) -> Truth:
        """What was read of a file; of dictionaries the ids of images and categories alone."""
        if self._truth is None:
            self._truth = self._read()
        return self._truth

    @property
    def is_untouched(self) -> bool:
        """Whether nothing can have changed what the library has read: there are no dictionaries."""
        return self._dataset is None

    @property
    def results(self) -> Detections | None:
        """The detections of `loadRes`."""
        return None if self._results is None else self._results.detections

    @property
    def dataset(self) -> Record:
        """The file's contents."""
        if self._dataset is None:
            if self._results is not None:
                self._dataset = self._results.dataset()
            else:
                with open(str(self._path), encoding="utf-8") as file:
                    self._dataset = json.load(file)
        return self._dataset

    @dataset.setter
    def dataset(self, dataset: Record) -> None:
        self._dataset = dataset
        self._forget()

    def createIndex(self) -> None:
        """Looks the records up anew, after `dataset` was set or changed."""
        self._dataset = self.dataset
        self._forget()
        _ = self.index

    def _forget(self) -> None:
        self._index = None
        self._truth = None
        self._results = None
        self._path = None

    @property
    def index(self) -> _Index:
        """The records by their ids."""
        if self._index is None:
            self._index = _Index(self.dataset)
        return self._index

    anns = _indexed("anns", "Annotations by id.")
    imgs = _indexed("imgs", "Images by id.")
    cats = _indexed("cats", "Categories by id.")
    imgToAnns = _indexed("imgToAnns", "Annotations by image.")
    catToImgs = _indexed("catToImgs", "Image ids by category.")

    def info(self) -> None:
        """Prints what the dataset says of itself."""
        for key, value in self.dataset["info"].items():
            print(f"{key}: {value}")

    def getAnnIds(
        self, imgIds: Any = (), catIds: Any = (), areaRng: Any = (), iscrowd: bool | None = None
    ) -> list[int]:
        """Ids of annotations; an empty filter lets everything through."""
        images, categories = _listed(imgIds), set(_listed(catIds))
        if images:
            lists = (self.imgToAnns[each] for each in images if each in self.imgToAnns)
            found: Iterable[Record] = (each for some in lists for each in some)
        else:
            found = self.dataset["annotations"]
        if categories:
            found = (each for each in found if each["category_id"] in categories)
        if len(areaRng):
            found = (each for each in found if areaRng[0] < each["area"] < areaRng[1])
        if iscrowd is not None:
            found = (each for each in found if each["iscrowd"] == iscrowd)
        return [each["id"] for each in found]

    def getCatIds(self, catNms: Any = (), supNms: Any = (), catIds: Any = ()) -> list[int]:
        """Ids of categories; an empty filter lets everything through."""
        names, parents, ids = _listed(catNms), _listed(supNms), _listed(catIds)
        if not (names or parents or ids) and self._dataset is None and not self.has_text_ids:
            return self._ids(_CATEGORY_ID)
        found = self.dataset["categories"]
        if names:
            found = [each for each in found if each["name"] in names]
        if parents:
            found = [each for each in found if each["supercategory"] in parents]
        if ids:
            found = [each for each in found if each["id"] in ids]
        return [each["id"] for each in found]

    def getImgIds(self, imgIds: Any = (), catIds: Any = ()) -> list[int]:
        """Ids of images that are among `imgIds` and show all of `catIds`, as far as given."""
        images, categories = _listed(imgIds), _listed(catIds)
        if not images and not categories:
            if self._dataset is None and not self.has_text_ids:
                return self._ids(_IMAGE_ID)
            return list(self.imgs)
        ids = set(images)
        for place, category in enumerate(categories):
            showing = set(self.catToImgs[category])
            ids = showing if place == 0 and not ids else ids & showing
        return list(ids)

    def _ids(self, column: int) -> list[int]:
        """Each id once, in the order of the file, without the dictionaries."""
        handle = self._results.truth if self._results is not None else self.truth
        return list(dict.fromkeys(handle.column(column).tolist()))

    @property
    def has_text_ids(self) -> bool:
        """Whether ids are texts, which the library knows by numbers of its own."""
        handle = self._results.truth if self._results is not None else self.truth
        return bool(handle.column(_HAS_TEXT_IDS)[0])

    def loadAnns(self, ids: Any = ()) -> list[Record]:
        """The annotations with these ids."""
        return [self.anns[each] for each in _listed(ids)]

    def loadCats(self, ids: Any = ()) -> list[Record]:
        """The categories with these ids."""
        return [self.cats[each] for each in _listed(ids)]

    def loadImgs(self, ids: Any = ()) -> list[Record]:
        """The images with these ids."""
        return [self.imgs[each] for each in _listed(ids)]

    def loadRes(self, resFile: Any) -> COCO:
        """The results in a file, in a list of dictionaries, or in an array [N, 7]."""
        if isinstance(resFile, (str, os.PathLike)):
            path = os.fspath(resFile)
            os.stat(path)
            arguments = (os.fsencode(path), self.truth)
            detections = Detections("copra_detections_open", *arguments)
            resFile = path
        elif isinstance(resFile, np.ndarray):
            detections = Detections.array(resFile)
        else:
            assert isinstance(resFile, list), "results in not an array of objects"
            detections = Detections.records(resFile, self.truth)
        if not self.has_text_ids:
            _, unknown = detections.count(self.truth)
            assert unknown == 0, "Results do not correspond to current coco set"
        results = COCO()
        results._dataset = None
        results._results = _Results(self, detections, resFile)
        return results

    def loadNumpyAnnotations(self, data: library.Array) -> list[Record]:
        """The records of an array [N, 7]: image, x, y, width, height, score, category."""
        assert isinstance(data, np.ndarray) and data.shape[1] == 7
        return array_records(data)

    def annToRLE(self, ann: Record) -> masks.RLE:
        """The mask of an annotation in the size of its image."""
        image = self.imgs[ann["image_id"]]
        segmentation = ann["segmentation"]
        if isinstance(segmentation, list):
            drawn = masks.frPyObjects(segmentation, image["height"], image["width"])
            return masks.merge(drawn)
        if isinstance(segmentation["counts"], list):
            drawn = masks.frPyObjects(segmentation, image["height"], image["width"])
            return dict(drawn)
        return dict(segmentation)

    def annToMask(self, ann: Record) -> library.Array:
        """The mask of an annotation as uint8 [height, width]."""
        return masks.decode(self.annToRLE(ann))

    def showAnns(self, anns: Sequence[Record], draw_bbox: bool = False) -> None:
        """Draws annotations on matplotlib's current axes; prints captions."""
        from copra.drawing import show

        show(self, anns, draw_bbox)

    def download(self, tarDir: str | None = None, imgIds: Any = ()) -> None:
        """Is not done here: a reader of annotations reaches for no network."""
        raise NotImplementedError("copra does not download pictures")

    def __getstate__(self) -> dict[str, Any]:
        """Without what is in the library's memory: another process reads it again."""
        _ = self._results is None or self.dataset
        return {**self.__dict__, "_truth": None, "_results": None}

    def __deepcopy__(self, memo: dict[int, Any]) -> COCO:
        """A copy of the dictionaries; what is in the library's memory never changes."""
        other = COCO.__new__(type(self))
        memo[id(self)] = other
        for name, value in self.__dict__.items():
            is_shared = name in ("_truth", "_results")
            other.__dict__[name] = value if is_shared else copy.deepcopy(value, memo)
        return other


class _Index:
    """Records by their ids; of several with one id the last."""

    def __init__(self, dataset: Record) -> None:
        annotations = dataset.get("annotations", [])
        self.anns: dict[int, Record] = {each["id"]: each for each in annotations}
        self.imgs: dict[int, Record] = {each["id"]: each for each in dataset.get("images", [])}
        self.cats: dict[int, Record] = {each["id"]: each for each in dataset.get("categories", [])}
        self.imgToAnns: defaultdict[int, list[Record]] = defaultdict(list)
        self.catToImgs: defaultdict[int, list[int]] = defaultdict(list)
        for each in annotations:
            self.imgToAnns[each["image_id"]].append(each)
            if self.cats and "category_id" in each:
                self.catToImgs[each["category_id"]].append(each["image_id"])


class _Results:
    """The results of a detector, and where their dictionaries come from when they are touched."""

    def __init__(self, coco: COCO, detections: Detections, given: Any) -> None:
        self.coco = coco
        self.truth = coco.truth
        self.detections = detections
        self.given = given

    def dataset(self) -> Record:
        """The dataset that pycocotools makes of results."""
        truth = self.coco.dataset
        names = ("images", "categories", "info")
        dataset = {name: copy.copy(truth[name]) for name in names if name in truth}
        dataset["annotations"] = self._annotations()
        return dataset

    def _annotations(self) -> list[Record]:
        given = self.given
        if isinstance(given, str):
            with open(given, encoding="utf-8") as file:
                given = json.load(file)
        records = array_records(given) if isinstance(given, np.ndarray) else list(given)
        if not records or "caption" in records[0]:
            return [{**each, "id": place} for place, each in enumerate(records, 1)]
        first = records[0]
        form = next((each for each in ("bbox", "segmentation") if len(first.get(each, ()))), "")
        return [_completed(each, place, form) for place, each in enumerate(records, 1)]


def _completed(record: Record, number: int, form: str) -> Record:
    """A result with what pycocotools adds; `form` is the field that its area is taken from."""
    done = {**record, "id": number, "iscrowd": 0}
    if form == "bbox":
        # A rotated box has an angle, too.
        x, y, width, height = record["bbox"][:4]
        right, bottom = x + width, y + height
        done.setdefault("segmentation", [[x, y, x, bottom, right, bottom, right, y]])
        done["area"] = width * height
    elif form == "segmentation":
        done["area"] = masks.area(record["segmentation"])
        done.setdefault("bbox", masks.toBbox(record["segmentation"]))
    elif "keypoints" in record:
        xs, ys = record["keypoints"][0::3], record["keypoints"][1::3]
        left, top = min(xs), min(ys)
        done["area"] = (max(xs) - left) * (max(ys) - top)
        done["bbox"] = [left, top, max(xs) - left, max(ys) - top]
    return done


def array_records(data: library.Array) -> list[Record]:
    """The dictionaries of rows of image, x, y, width, height, score and category."""
    return [
        {
            "image_id": int(row[0]),
            "bbox": row[1:5],
            "score": row[5],
            "category_id": int(row[6]),
        }
        for row in data.astype(float).tolist()
    ]


def is_array_like(value: Any) -> bool:
    """Whether something has elements."""
    return hasattr(value, "__iter__") and hasattr(value, "__len__")


def _listed(value: Any) -> Sequence[Any]:
    """A list of one where one is given."""
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return [value]
    return list(value)
