"""Datasets of any format that copra reads, as NumPy columns."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from copra import _library as library
from copra.findings import Finding, Findings
from copra.mask import RLE, Masks

if TYPE_CHECKING:
    import pandas
    import torch

Integers = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]


class _Images:
    """Columns of one element an image."""

    def __init__(self, handle: library.Handle) -> None:
        self.id: Integers = handle.column(0)
        self.width: Integers = handle.column(1)
        self.height: Integers = handle.column(2)
        self.file_name: list[str] = handle.texts(3)
        self.split: Integers = handle.column(4)
        """The place of the image's split in `Dataset.splits`."""

    def __len__(self) -> int:
        return len(self.id)


class _Annotations:
    """Columns of one element an annotation."""

    def __init__(self, handle: library.Handle) -> None:
        self.id: Integers = handle.column(10)
        self.image_id: Integers = handle.column(11)
        self.image: Integers = handle.column(12)
        """The place of the annotation's image among the images; -1 where there is none."""
        self.category_id: Integers = handle.column(13)
        """-1 for a caption, which has no category."""
        self.bbox: Doubles = handle.column(14).reshape(-1, 4)
        """x, y, width and height in pixels; NaN where there is no box."""
        self.area: Doubles = handle.column(15)
        """Square pixels; NaN where the record says nothing of it."""
        self.iscrowd: Integers = handle.column(16)
        self.has_mask: npt.NDArray[np.bool_] = handle.column(17).view(np.bool_)

    def __len__(self) -> int:
        return len(self.id)


class _Categories:
    """Columns of one element a category."""

    def __init__(self, handle: library.Handle) -> None:
        self.id: Integers = handle.column(20)
        self.name: list[str] = handle.texts(21)
        self.supercategory: list[str] = handle.texts(22)

    def __len__(self) -> int:
        return len(self.id)


class Dataset:
    """A dataset with all its splits, whose arrays are made when touched."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self._handle = library.Handle("dataset", "copra_dataset_read", os.fsencode(self.path))

    @cached_property
    def images(self) -> _Images:
        """The images of all splits."""
        return _Images(self._handle)

    @cached_property
    def annotations(self) -> _Annotations:
        """The annotations of all splits."""
        return _Annotations(self._handle)

    @cached_property
    def categories(self) -> _Categories:
        """The categories, each id once."""
        return _Categories(self._handle)

    @cached_property
    def splits(self) -> list[str]:
        """The names of the splits; one empty name where there are none."""
        return self._handle.texts(30)

    @cached_property
    def findings(self) -> list[Finding]:
        """What was found wrong while the dataset was read; `validate` finds more."""
        return Findings("copra_dataset_findings", self._handle).all()

    def masks(self, annotations: Any) -> Masks:
        """The masks of the annotations at these places, in the size of their images."""
        places = library.integers(annotations).ravel()
        arguments = (library.pointer(places), library.count(len(places)))
        return Masks("copra_dataset_masks", self._handle, *arguments)

    def rles(self, annotations: Any) -> list[RLE]:
        """The same as pycocotools' dictionaries."""
        return self.masks(annotations).rles()

    def to_pandas(self) -> pandas.DataFrame:
        """A row for each annotation, with the image's file and the category's name."""
        frames = _imported("pandas")
        notes, images = self.annotations, self.images
        files = np.array([*images.file_name, None], dtype=object)
        splits = np.array([*(self.splits[each] for each in images.split.tolist()), None], object)
        names = dict(zip(self.categories.id.tolist(), self.categories.name))
        columns: dict[str, Any] = {
            "id": notes.id,
            "image_id": notes.image_id,
            "split": splits[notes.image],
            "file_name": files[notes.image],
            "category_id": notes.category_id,
            "category": [names.get(each) for each in notes.category_id.tolist()],
        }
        for place, name in enumerate(("x", "y", "width", "height")):
            columns[name] = notes.bbox[:, place]
        columns |= {"area": notes.area, "iscrowd": notes.iscrowd, "has_mask": notes.has_mask}
        frame: pandas.DataFrame = frames.DataFrame(columns)
        return frame

    def to_torch(self, masks: bool = True) -> list[dict[str, torch.Tensor]]:
        """torchvision's targets, one for each image in the order of `images`.

        `boxes` float32 [N, 4] x0 y0 x1 y1, `labels` int64 [N] from 1 in the order of the
        categories, 0 being the background, `image_id`, `area`, `iscrowd` uint8, and `masks` uint8
        [N, height, width] where all objects of the image have one. Objects without a box or
        category are left out.
        """
        torch = _imported("torch")
        return [_target(torch, self, *each, masks) for each in self._by_image()]

    def _by_image(self) -> Iterator[tuple[int, Integers, Integers]]:
        """Each image's place, with the places of its objects and their labels."""
        notes = self.annotations
        order = np.argsort(self.categories.id, kind="stable")
        ids = self.categories.id[order]
        found = np.searchsorted(ids, notes.category_id).clip(0, max(len(ids) - 1, 0))
        known = ids[found] == notes.category_id if len(ids) else np.zeros(len(notes), bool)
        labels = order[found] + 1 if len(ids) else np.zeros(len(notes), np.int64)
        usable = known & (notes.image >= 0) & np.isfinite(notes.bbox).all(axis=1)
        places = np.flatnonzero(usable)
        places = places[np.argsort(notes.image[places], kind="stable")]
        ends = np.searchsorted(notes.image[places], np.arange(len(self.images) + 1))
        for image in range(len(self.images)):
            of_image = places[ends[image] : ends[image + 1]]
            yield image, of_image, labels[of_image]


def _target(
    torch: Any, data: Dataset, image: int, places: Integers, labels: Integers, with_masks: bool
) -> dict[str, torch.Tensor]:
    notes = data.annotations
    boxes = notes.bbox[places].copy()
    areas = notes.area[places]
    areas = np.where(np.isnan(areas), boxes[:, 2] * boxes[:, 3], areas)
    boxes[:, 2:] += boxes[:, :2]
    target = {
        "boxes": torch.from_numpy(boxes.astype(np.float32)),
        "labels": torch.from_numpy(labels.astype(np.int64)),
        "image_id": torch.tensor(int(data.images.id[image])),
        "area": torch.from_numpy(areas.astype(np.float32)),
        "iscrowd": torch.from_numpy(notes.iscrowd[places].astype(np.uint8)),
    }
    if with_masks and len(places) and notes.has_mask[places].all():
        pixels = np.ascontiguousarray(data.masks(places).pixels().transpose(2, 0, 1))
        target["masks"] = torch.from_numpy(pixels)
    return target


def _imported(name: str) -> Any:
    """A package that is no requirement of this one."""
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportError(f"copra needs the package {name} for this: pip install {name}") from error


def read(path: str | os.PathLike[str]) -> Dataset:
    """Reads a dataset of any format that copra knows; the format is found."""
    return Dataset(path)
