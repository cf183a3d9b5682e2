"""COCO: each file is a set of its own; the picture beach.png is shared."""

import json

from .. import formats
from ..pictures import impossible_png, tiny
from .samples import ANNOTATION, CLEAN, WRITTEN


def coco(annotations=None, images=None, categories=None, **more):
    """The text of a file with two good objects; a list given replaces the one that would stand
    there, except that `annotations` (a function) changes the second annotation."""
    picture = tiny("beach")
    records = []
    for number, item in enumerate(picture.objects, start=1):
        x0, y0, x1, y1 = item.box
        box = [x0, y0, x1 - x0, y1 - y0]
        records.append(
            {
                "id": number,
                "image_id": 1,
                "category_id": number,
                "bbox": box,
                "area": box[2] * box[3],
                "iscrowd": 0,
            }
        )
    records[1].update((annotations or (lambda record: {}))(records[1]))
    return formats.json_by_line(
        {
            "info": {"description": "copra samples"},
            "licenses": [],
            "images": images or [beach(1)],
            "annotations": records,
            "categories": categories or [category(1, "coconut"), category(2, "crab")],
            **more,
        }
    )


def beach(number, file_name="beach.png"):
    return {"id": number, "file_name": file_name, "width": 32, "height": 24}


def category(number, name):
    return {"id": number, "name": name, "supercategory": ""}


def add_all(samples):
    samples.files["coco/beach.png"] = formats.png(tiny("beach"))
    samples.files["coco/inlet.png"] = formats.png(tiny("inlet"))
    samples.files["coco/claims-too-much.png"] = impossible_png(2**31, 2**31)
    whole = coco()
    nested = json.loads("[" * 200 + "]" * 200)
    categories = [category(1, "coconut"), category(2, "crab"), category(2, "boat")]
    for stem, content, fault, rule, outcome in [
        (
            "cut-in-the-middle",
            whole[: whole.rindex('"bbox"') + 12],
            "the file ends within a box, before its categories, which are therefore named by their ids",
            "malformed-file",
            ANNOTATION,
        ),
        (
            "box-of-three-numbers",
            coco(lambda record: {"bbox": record["bbox"][:3]}),
            "`bbox` of three numbers",
            "malformed-value",
            ANNOTATION,
        ),
        (
            "nan-literal",
            coco(lambda record: {"bbox": [float("nan"), *record["bbox"][1:]]}),
            "`NaN` in a `bbox`, as Python writes it",
            "non-finite-box",
            ANNOTATION,
        ),
        (
            "duplicate-image-id",
            coco(images=[beach(1), beach(1, "inlet.png")]),
            "two images with the id 1",
            "duplicate-image-id",
            WRITTEN,
        ),
        (
            "duplicate-annotation-id",
            coco(lambda record: {"id": 1}),
            "two annotations with the id 1",
            "duplicate-annotation-id",
            WRITTEN,
        ),
        (
            "duplicate-category-id",
            coco(categories=categories),
            "`crab` and `boat` with the id 2",
            "duplicate-category-id",
            WRITTEN,
        ),
        (
            "unknown-image-id",
            coco(lambda record: {"image_id": 9}),
            "`image_id` 9",
            "unknown-image",
            ANNOTATION,
        ),
        (
            "unknown-category-id",
            coco(lambda record: {"category_id": 9}),
            "`category_id` 9",
            "unknown-category",
            ANNOTATION,
        ),
        (
            "nested-200-deep",
            coco(notes=nested),
            "none: an unknown key holds 200 nested lists",
            None,
            CLEAN,
        ),
        (
            "picture-claims-too-much",
            coco(images=[beach(1, "claims-too-much.png")]),
            "the PNG's header says 2³¹ × 2³¹, more than PNG can; no memory may be allocated for it",
            "unreadable-image",
            WRITTEN,
        ),
    ]:
        samples.add(f"coco/{stem}.json", content, fault, rule, outcome)
