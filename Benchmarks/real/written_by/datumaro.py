"""What datumaro writes: Pascal VOC, YOLO, COCO, Open Images' tables, and masks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import datumaro

from written_by import truth
from written_by.writing import write_all


def dataset(pictures: Path, nested: bool, outlines: bool) -> datumaro.Dataset:
    """Both splits as datumaro holds them; a picture's id is its name without the ending."""
    layout = "nested" if nested else "flat"
    items = [
        datumaro.DatasetItem(
            id=picture.name.rpartition(".")[0],
            subset=picture.split,
            media=datumaro.Image.from_file(str(pictures / layout / picture.split / picture.name)),
            annotations=[annotation(thing, outlines) for thing in picture.things],
        )
        for picture in truth.pictures(nested=nested)
    ]
    return datumaro.Dataset.from_iterable(items, categories=list(truth.CLASSES))


def annotation(thing: truth.Thing, outlines: bool) -> datumaro.Annotation:
    """A box, or a polygon where the format has some and there is an outline."""
    if outlines and thing.outline:
        return datumaro.Polygon(list(thing.outline), label=thing.number)
    return datumaro.Bbox(*thing.sides, label=thing.number)


def exported(form: str, nested: bool) -> Callable[[Path, Path], None]:
    """Writes a format with its pictures."""

    def write(pictures: Path, target: Path) -> None:
        outlines = form.startswith("coco")
        dataset(pictures, nested, outlines).export(str(target), form, save_media=True)

    return write


if __name__ == "__main__":
    forms = ["coco", "coco_instances", "voc", "voc_detection", "voc_instance_segmentation"]
    forms += ["yolo", "yolo_ultralytics", "open_images"]
    listed = {form: exported(form, nested=True) for form in forms}
    listed |= {f"{form} flat": exported(form, nested=False) for form in forms}
    write_all(listed)
