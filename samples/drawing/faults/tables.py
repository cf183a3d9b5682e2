"""CSV: each table is a set of its own, with a picture of the same name."""

from .. import formats
from ..pictures import tiny
from .samples import ANNOTATION, CLEAN, NOTHING, WRITTEN

HEADER = "filename,width,height,class,xmin,ymin,xmax,ymax"


def table(stem, header=HEADER, crab=None):
    picture = tiny(stem)
    rows = [
        [f"{stem}.jpg", picture.width, picture.height, item.category, *item.box]
        for item in picture.objects
    ]
    rows[1] = crab(rows[1]) if crab else rows[1]
    lines = [",".join(map(str, row)) for row in rows]
    return "\n".join([header, *lines, ""] if header else [*lines, ""])


def add_all(samples):
    for stem, content, fault, rule, outcome in [
        (
            "row-cut-short",
            table("row-cut-short", crab=lambda row: row[:5]),
            "the last row ends after `xmin`",
            "missing-field",
            ANNOTATION,
        ),
        (
            "empty-coordinate",
            table("empty-coordinate", crab=lambda row: [*row[:6], "", row[7]]),
            "an empty `xmax`",
            "missing-field",
            ANNOTATION,
        ),
        (
            "text-coordinate",
            table("text-coordinate", crab=lambda row: [*row[:6], "12px", row[7]]),
            "`12px` as `xmax`",
            "malformed-value",
            ANNOTATION,
        ),
        (
            "nan-coordinate",
            table("nan-coordinate", crab=lambda row: [*row[:6], "NaN", row[7]]),
            "`NaN` as `xmax`",
            "non-finite-box",
            ANNOTATION,
        ),
        (
            "conflicting-sizes",
            table("conflicting-sizes", crab=lambda row: [row[0], 64, 48, *row[3:]]),
            "32 × 24 in one row, 64 × 48 in the next",
            "image-size-mismatch",
            WRITTEN,
        ),
        (
            "quote-never-closed",
            table("quote-never-closed", crab=lambda row: [*row[:3], '"crab', *row[4:]]),
            "the last row opens a quote and never closes it",
            "malformed-file",
            ANNOTATION,
        ),
        (
            "no-header",
            table("no-header", header=None),
            "TensorFlow's columns without their names",
            "missing-field",
            NOTHING,
        ),
        (
            "unknown-columns",
            table("unknown-columns", header="a,b,c,d,e,f,g,h"),
            "columns `a` to `h`",
            "missing-field",
            NOTHING,
        ),
        (
            "utf-16",
            b"\xff\xfe" + table("utf-16").encode("utf-16-le"),
            "none: UTF-16 with a byte order mark",
            None,
            CLEAN,
        ),
    ]:
        samples.files[f"csv/{stem}.jpg"] = formats.jpeg(tiny(stem))
        samples.add(f"csv/{stem}.csv", content, fault, rule, outcome)
