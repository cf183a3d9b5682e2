"""What datumaro writes: Pascal VOC, YOLO, COCO, Open Images' tables, and masks."""

from __future__ import annotations

import functools
from pathlib import Path

import datumaro
import numpy
import PIL.Image
import PIL.ImageDraw

from written_by import truth
from written_by.writing import Writer, write_all


def dataset(pictures: Path, nested: bool, shape: str) -> datumaro.Dataset:
    """Both splits as datumaro holds them; a picture's id is its name without the ending."""
    layout = "nested" if nested else "flat"
    items = [
        datumaro.DatasetItem(
            id=picture.name.rpartition(".")[0],
            subset=picture.split,
            media=datumaro.Image.from_file(str(pictures / layout / picture.split / picture.name)),
            annotations=annotations(picture, shape),
        )
        for picture in truth.pictures(nested=nested)
    ]
    return datumaro.Dataset.from_iterable(items, categories=list(truth.CLASSES))


def annotations(picture: truth.Picture, shape: str) -> list[datumaro.Annotation]:
    """Boxes; polygons where there are outlines, if the shape is outlines; or boxes with masks."""
    listed = []
    for number, thing in enumerate(picture.things, start=1):
        if shape == "outlines" and thing.outline:
            listed.append(datumaro.Polygon(list(thing.outline), label=thing.number))
            continue
        listed.append(datumaro.Bbox(*thing.sides, label=thing.number, group=number))
        if shape == "masks":
            keys = {"label": thing.number, "group": number, "z_order": -number}
            listed.append(datumaro.Mask(filled(picture, thing), **keys))
    return listed


def filled(picture: truth.Picture, thing: truth.Thing) -> numpy.ndarray:
    """The mask of an object's outline."""
    canvas = PIL.Image.new("L", (picture.width, picture.height))
    PIL.ImageDraw.Draw(canvas).polygon(thing.corners, fill=1)
    return numpy.array(canvas, dtype=bool)


def export(
    pictures: Path,
    target: Path,
    form: str,
    nested: bool = True,
    shape: str = "boxes",
    **options: bool,
) -> None:
    """Writes a format with its pictures."""
    dataset(pictures, nested, shape).export(str(target), form, save_media=True, **options)


if __name__ == "__main__":
    writers: dict[str, Writer] = {
        form: functools.partial(export, form=form)
        for form in ("voc", "voc_detection", "yolo", "yolo_ultralytics", "open_images")
    }
    for form in ("voc_detection", "yolo", "open_images"):
        writers[f"{form} flat"] = functools.partial(export, form=form, nested=False)
    for form in ("coco", "coco_instances"):
        writers[form] = functools.partial(export, form=form, shape="outlines")
    form = "voc_instance_segmentation"
    writers[form] = functools.partial(export, form=form, shape="masks")
    writers[f"{form} in grey"] = functools.partial(writers[form], apply_colormap=False)
    write_all(writers)
