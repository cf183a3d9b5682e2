"""YOLO: a good coconut first, then a crab with the fault."""

from .. import formats
from ..pictures import tiny
from .samples import ANNOTATION, CLEAN, FILE, NAMES, NOTHING, WRITTEN


def add_all(samples):
    add_rows(samples)
    add_names(samples)


def labels(stem, change=lambda row: row):
    coconut, crab = (
        formats.yolo_row(tiny(stem), item, NAMES, 6).split() for item in tiny(stem).objects
    )
    return "".join(" ".join(row) + "\n" for row in (coconut, change(crab)))


def add(samples, stem, content, fault, rule, outcome, folder="yolo"):
    samples.files[f"{folder}/images/train/{stem}.jpg"] = formats.jpeg(tiny(stem))
    samples.add(f"{folder}/labels/train/{stem}.txt", content, fault, rule, outcome)


def add_rows(samples):
    samples.files["yolo/data.yaml"] = data_yaml("names:\n  0: coconut\n  1: crab\n")
    for stem, change, fault, rule, outcome in [
        (
            "class-out-of-range",
            lambda row: ["7", *row[1:]],
            "class 7 of 2",
            "unknown-category",
            ANNOTATION,
        ),
        (
            "class-negative",
            lambda row: ["-1", *row[1:]],
            "class -1",
            "unknown-category",
            ANNOTATION,
        ),
        (
            "class-with-decimals",
            lambda row: ["1.0", *row[1:]],
            "none: class `1.0` is class 1",
            None,
            CLEAN,
        ),
        (
            "class-between",
            lambda row: ["0.5", *row[1:]],
            "class `0.5`",
            "malformed-value",
            ANNOTATION,
        ),
        (
            "class-as-text",
            lambda row: ["crab", *row[1:]],
            "class `crab`",
            "malformed-value",
            ANNOTATION,
        ),
        (
            "four-columns",
            lambda row: row[:4],
            "the height is missing",
            "unknown-field-count",
            ANNOTATION,
        ),
        ("six-columns", lambda row: [*row, "0.9"], "none: the sixth is a confidence", None, CLEAN),
        ("seven-columns", triangle, "none: a polygon of three points", None, CLEAN),
        (
            "eight-columns",
            lambda row: [*triangle(row), "0.5"],
            "a polygon whose last point has no y",
            "unknown-field-count",
            ANNOTATION,
        ),
        (
            "text-coordinate",
            lambda row: [row[0], "left", *row[2:]],
            "`left` as x",
            "malformed-value",
            ANNOTATION,
        ),
        (
            "nan-coordinate",
            lambda row: [row[0], "nan", *row[2:]],
            "`nan` as x",
            "non-finite-box",
            ANNOTATION,
        ),
        (
            "pixels-not-normalised",
            lambda row: ["1", "23", "17", "14", "8"],
            "pixels instead of fractions",
            "unnormalised-coordinates",
            WRITTEN,
        ),
    ]:
        add(samples, stem, labels(stem, change), fault, rule, outcome)
    stem = "bom-and-crlf"
    add(
        samples,
        stem,
        ("\ufeff" + labels(stem)).replace("\n", "\r\n"),
        "none: byte order mark and CRLF line endings",
        None,
        CLEAN,
    )
    samples.add(
        "yolo/labels/train/label-without-picture.txt",
        labels("label-without-picture"),
        "there is no image of this name, so its size is unknown",
        "label-without-image",
        FILE,
    )
    samples.add(
        "yolo/images/train/picture-without-label.jpg",
        formats.jpeg(tiny("picture-without-label")),
        "there is no label file of this name: a background",
        "image-without-label-file",
        WRITTEN,
    )


def triangle(row):
    """The lower left half of the box that the row holds."""
    x, y, width, height = map(float, row[1:])
    points = [(-0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]
    return [
        row[0],
        *(
            f"{value:.6f}"
            for right, down in points
            for value in (x + right * width, y + down * height)
        ),
    ]


def data_yaml(names):
    return f"train: images/train\n{names}".encode()


def add_names(samples):
    for folder, names, ids, fault, rule, outcome in [
        (
            "yolo-malformed-yaml",
            "names: [coconut, crab\nnc: 2\n",
            "01",
            "a bracket that never closes",
            "malformed-file",
            NOTHING,
        ),
        (
            "yolo-unsorted-names",
            "names:\n  1: crab\n  0: coconut\n",
            "01",
            "1 stands before 0: the numbers decide, not the order",
            "unsorted-names-map",
            WRITTEN,
        ),
        (
            "yolo-gappy-names",
            "names:\n  0: coconut\n  2: crab\n",
            "02",
            "there is no 1",
            "gappy-names-map",
            WRITTEN,
        ),
    ]:
        samples.add(f"{folder}/data.yaml", data_yaml(names), fault, rule, outcome)
        samples.files[f"{folder}/images/train/beach.jpg"] = formats.jpeg(tiny(folder))
        rows = labels(folder, lambda row, ids=ids: [ids[1], *row[1:]])
        samples.files[f"{folder}/labels/train/beach.txt"] = rows.encode()
