"""VOC: a good coconut first, then a crab with the fault."""

from .. import formats
from ..pictures import cut, damaged_png, not_a_picture, tiny
from .samples import ANNOTATION, CLEAN, FILE, UNSEEN, WRITTEN


def add_all(samples):
    add_values(samples)
    add_files(samples)
    add_pictures(samples)


def annotation(stem, crab=None, filename=None, size=True, width=None):
    """An annotation file of the picture `stem`. `crab` replaces parts of the second object; a
    part that is None is left out."""
    picture = tiny(stem)
    lines = ["<annotation>", f"\t<filename>{filename or stem + '.jpg'}</filename>"]
    if size:
        lines += [
            "\t<size>",
            f"\t\t<width>{width or picture.width}</width>",
            f"\t\t<height>{picture.height}</height>",
            "\t\t<depth>3</depth>",
            "\t</size>",
        ]
    for item, changes in zip(picture.objects, ({}, crab or {})):
        box = dict(zip(("xmin", "ymin", "xmax", "ymax"), item.box))
        parts = {"name": item.category, **box, **changes}
        lines.append("\t<object>")
        if parts["name"] is not None:
            lines.append(f"\t\t<name>{parts['name']}</name>")
        if parts.get("bndbox", True):
            lines.append("\t\t<bndbox>")
            lines += [f"\t\t\t<{key}>{parts[key]}</{key}>" for key in box if parts[key] is not None]
            lines.append("\t\t</bndbox>")
        lines.append("\t</object>")
    return "\n".join([*lines, "</annotation>", ""])


def add(samples, stem, content, fault, rule, outcome, picture=True):
    if picture:
        samples.files[f"voc/JPEGImages/{stem}.jpg"] = formats.jpeg(tiny(stem))
    samples.add(f"voc/Annotations/{stem}.xml", content, fault, rule, outcome)


def add_values(samples):
    left, _, right, _ = tiny("inverted-corners").objects[1].box
    for stem, crab, fault, rule, outcome in [
        ("missing-coordinate", {"ymax": None}, "no `<ymax>`", "missing-field", ANNOTATION),
        ("missing-box", {"bndbox": False}, "no `<bndbox>`", "missing-field", ANNOTATION),
        ("missing-name", {"name": None}, "no `<name>`", "missing-field", ANNOTATION),
        ("empty-name", {"name": ""}, "`<name></name>`", "empty-name", ANNOTATION),
        (
            "blank-padded-name",
            {"name": " crab "},
            "`<name> crab </name>`",
            "blank-padded-name",
            WRITTEN,
        ),
        ("comma-in-coordinate", {"xmin": "5,5"}, "`5,5` as `xmin`", "malformed-value", ANNOTATION),
        ("text-coordinate", {"xmin": "left"}, "`left` as `xmin`", "malformed-value", ANNOTATION),
        ("nan-coordinate", {"xmin": "NaN"}, "`NaN` as `xmin`", "non-finite-box", ANNOTATION),
        (
            "overflowing-coordinate",
            {"xmax": "1e400"},
            "`1e400` as `xmax`, beyond any number",
            "non-finite-box",
            ANNOTATION,
        ),
        (
            "inverted-corners",
            {"xmin": right, "xmax": left},
            "`xmax` left of `xmin`",
            "inverted-box",
            ANNOTATION,
        ),
        (
            "zero-area-box",
            {"xmax": tiny("zero-area-box").objects[1].box[0]},
            "`xmax` equal to `xmin`",
            "zero-area-box",
            WRITTEN,
        ),
        (
            "box-outside-picture",
            {"xmin": 40, "xmax": 52},
            "the box lies entirely to the right of the image",
            "box-outside-image",
            WRITTEN,
        ),
        ("box-past-edge", {"xmax": 36}, "`xmax` 36 on an image 32 pixels wide", "box-past-edge", WRITTEN),
    ]:
        add(samples, stem, annotation(stem, crab), fault, rule, outcome)


def add_files(samples):
    good = annotation("cut-in-the-middle")
    declared = '<?xml version="1.0" encoding="{}"?>\n'
    bomb = "".join(
        f'  <!ENTITY {name} "{f"&{inner};" * 10}">\n' for inner, name in zip("abcdefgh", "bcdefghi")
    )
    two = "two-files-one-picture"
    for stem, content, fault, rule, outcome in [
        (
            "cut-in-the-middle",
            good[: good.rindex("<xmax>")],
            "the file ends within the second object",
            "malformed-file",
            ANNOTATION,
        ),
        ("empty-file", "", "0 bytes", "malformed-file", FILE),
        (
            "bad-utf-8",
            annotation("bad-utf-8", {"name": "cr\udcffb"}).encode(errors="surrogateescape"),
            "a byte that is not UTF-8, in the second object; nothing after it can be read",
            "malformed-file",
            ANNOTATION,
        ),
        (
            "unknown-encoding",
            declared.format("x-coconut") + annotation("unknown-encoding"),
            "declares an encoding that does not exist",
            "unsupported-encoding",
            FILE,
        ),
        (
            "utf-16",
            b"\xff\xfe" + (declared.format("UTF-16") + annotation("utf-16")).encode("utf-16-le"),
            "none: UTF-16 with a byte order mark",
            None,
            CLEAN,
        ),
        (
            "entity-bomb",
            f'<!DOCTYPE annotation [\n  <!ENTITY a "crab">\n{bomb}]>\n'
            + annotation("entity-bomb", {"name": "&i;"}),
            "a DTD whose entities expand to 400 MB",
            "forbidden-markup",
            FILE,
        ),
        (
            "external-entity",
            '<!DOCTYPE annotation [\n  <!ENTITY outside SYSTEM "empty-file.xml">\n]>\n'
            + annotation("external-entity", {"name": "&outside;"}),
            "a DTD that includes another file",
            "forbidden-markup",
            FILE,
        ),
        (
            "size-missing",
            annotation("size-missing", size=False),
            "none: no `<size>`, which the image file gives",
            None,
            CLEAN,
        ),
        (
            "size-wrong",
            annotation("size-wrong", width=64),
            "`<width>` 64, but the image is 32 pixels wide",
            "image-size-mismatch",
            WRITTEN,
        ),
    ]:
        add(samples, stem, content, fault, rule, outcome)
    samples.files[f"voc/JPEGImages/{two}.jpg"] = formats.jpeg(tiny(two))
    samples.files[f"voc/Annotations/{two}.xml"] = annotation(two).encode()
    samples.add(
        f"voc/Annotations/again/{two}.xml",
        annotation(two),
        f"names the same image as `../{two}.xml`",
        "duplicate-file-name",
        WRITTEN,
    )


def add_pictures(samples):
    add(
        samples,
        "picture-missing",
        annotation("picture-missing"),
        "there is no `picture-missing.jpg`; the size is that of `<size>`",
        "missing-image-file",
        WRITTEN,
        picture=False,
    )
    stem = "filename-of-another-picture"
    add(
        samples,
        stem,
        annotation(stem, filename="another-picture.jpg"),
        "`<filename>` is not the XML's own name; that image exists",
        "filename-stem-mismatch",
        WRITTEN,
        picture=False,
    )
    samples.files["voc/JPEGImages/another-picture.jpg"] = formats.jpeg(tiny(stem))
    for stem, suffix, damage, fault, rule, outcome in [
        (
            "picture-unreadable",
            ".jpg",
            not_a_picture,
            "the image file is a line of text",
            "unreadable-image",
            WRITTEN,
        ),
        (
            "picture-corrupt",
            ".png",
            damaged_png,
            "the image's header is sound, its pixels are not",
            "corrupt-image",
            UNSEEN,
        ),
        ("picture-truncated", ".jpg", cut, "the image file ends half way", "truncated-image", UNSEEN),
    ]:
        add(
            samples,
            stem,
            annotation(stem, filename=stem + suffix),
            fault,
            rule,
            outcome,
            picture=False,
        )
        samples.files[f"voc/JPEGImages/{stem}{suffix}"] = damage(tiny(stem))
