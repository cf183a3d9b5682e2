"""The same annotations in every format that copra reads."""

import csv
import io
import json
import shutil
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from PIL import Image as PILImage

QUALITY = 82
ORIENTATION_TAG = 0x0112
# Stored pixels that a viewer has to turn by 90 degrees clockwise (6) to show them upright.
STORED = {1: lambda pixels: pixels, 6: lambda pixels: np.rot90(pixels, 1)}
# Enough for boxes to come back exact to a millionth of a pixel.
DECIMALS = 10


def jpeg(picture):
    """The bytes of a picture's file."""
    image = PILImage.fromarray(np.ascontiguousarray(STORED[picture.orientation](picture.pixels)))
    options = {}
    if picture.orientation != 1:
        exif = PILImage.Exif()
        exif[ORIENTATION_TAG] = picture.orientation
        options["exif"] = exif
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY, optimize=True, **options)
    return buffer.getvalue()


def png(picture):
    """The bytes of a picture as PNG."""
    return _encoded(PILImage.fromarray(picture.pixels))


def _encoded(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def write(path, content):
    """Writes text (UTF-8, unix line ends) or bytes, making the folders on the way."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def fresh(folder):
    """Empties a folder, so that no file of an earlier run stays."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(folder)


def write_voc(folder, pictures):
    folder = fresh(folder)
    for picture in pictures:
        write(folder / "JPEGImages" / picture.name, jpeg(picture))
        write(folder / "Annotations" / f"{picture.stem}.xml", _voc_xml(picture))
    for split in ("train", "val"):
        stems = "".join(f"{each.stem}\n" for each in pictures if each.split == split)
        write(folder / "ImageSets" / "Main" / f"{split}.txt", stems)


def _voc_xml(picture):
    depth = 1 if picture.pixels.ndim == 2 else 3
    lines = [
        "<annotation>",
        "\t<folder>JPEGImages</folder>",
        f"\t<filename>{escape(picture.name)}</filename>",
        "\t<source>",
        "\t\t<database>copra samples</database>",
        "\t</source>",
        "\t<size>",
        f"\t\t<width>{picture.width}</width>",
        f"\t\t<height>{picture.height}</height>",
        f"\t\t<depth>{depth}</depth>",
        "\t</size>",
        "\t<segmented>0</segmented>",
    ]
    for item in picture.objects:
        lines += [
            "\t<object>",
            f"\t\t<name>{escape(item.category)}</name>",
            f"\t\t<pose>{item.pose}</pose>",
            f"\t\t<truncated>{int(item.truncated)}</truncated>",
            f"\t\t<occluded>{int(item.occluded)}</occluded>",
            f"\t\t<difficult>{int(item.difficult)}</difficult>",
            "\t\t<bndbox>",
            *(
                f"\t\t\t<{key}>{value}</{key}>"
                for key, value in zip(("xmin", "ymin", "xmax", "ymax"), item.box)
            ),
            "\t\t</bndbox>",
            "\t</object>",
        ]
    return "\n".join([*lines, "</annotation>", ""])


def write_yolo(folder, pictures, names):
    folder = fresh(folder)
    for picture in pictures:
        write(folder / "images" / picture.split / picture.name, jpeg(picture))
        rows = (yolo_row(picture, item, names) for item in picture.objects)
        write(folder / "labels" / picture.split / f"{picture.stem}.txt", "".join(rows))
    listed = "".join(f"  {index}: {name}\n" for index, name in enumerate(names))
    write(folder / "data.yaml", f"train: images/train\nval: images/val\n\nnames:\n{listed}")


def yolo_row(picture, item, names, decimals=DECIMALS):
    x0, y0, x1, y1 = item.box
    values = (
        (x0 + x1) / 2 / picture.width,
        (y0 + y1) / 2 / picture.height,
        (x1 - x0) / picture.width,
        (y1 - y0) / picture.height,
    )
    return (
        " ".join([str(names.index(item.category)), *(f"{each:.{decimals}f}" for each in values)])
        + "\n"
    )


def write_csv(folder, pictures):
    """TensorFlow's columns. A picture without objects has no row, and so no file here."""
    folder = fresh(folder)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow("filename,width,height,class,xmin,ymin,xmax,ymax".split(","))
    for picture in pictures:
        if picture.objects:
            write(folder / picture.name, jpeg(picture))
        for item in picture.objects:
            table.writerow([picture.name, picture.width, picture.height, item.category, *item.box])
    write(folder / "annotations.csv", text.getvalue())


def write_masks(folder, pictures):
    """PennFudan's way: a PNG a picture, 0 for the background, 1, 2 … for the objects.

    The values are indices of a palette, so that they can be told apart by eye; those of a grey
    picture are plain 8-bit grey, which is as common.
    """
    folder = fresh(folder)
    for picture in pictures:
        values = np.zeros((picture.height, picture.width), np.uint8)
        for number, item in enumerate(picture.objects, start=1):
            values[item.mask] = number
        image = PILImage.fromarray(values)
        if picture.pixels.ndim == 3:
            image = image.convert("P")
            image.putdata(values.ravel().tolist())
            image.putpalette(_palette(len(picture.objects) + 1))
        write(folder / "images" / picture.name, jpeg(picture))
        write(folder / "masks" / f"{picture.stem}.png", _encoded(image))


def _palette(count):
    colours = [0, 0, 0]
    for number in range(1, count):
        turn = number * 0.61803
        colours += [round(155 + 100 * np.cos(2 * np.pi * (turn + third / 3))) for third in range(3)]
    return colours


def write_coco(path, pictures, names):
    """The truth: boxes, and areas and run lengths from the masks."""
    annotations = []
    for image_id, picture in enumerate(pictures, start=1):
        for item in picture.objects:
            x0, y0, x1, y1 = item.box
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": image_id,
                    "category_id": names.index(item.category) + 1,
                    "bbox": [x0, y0, x1 - x0, y1 - y0],
                    "area": int(item.mask.sum()),
                    "iscrowd": 0,
                    "segmentation": {
                        "size": [picture.height, picture.width],
                        "counts": _packed(_runs(item.mask)),
                    },
                }
            )
    parts = {
        "info": {"description": "copra samples"},
        "licenses": [],
        "images": [
            {"id": index, "file_name": each.name, "width": each.width, "height": each.height}
            for index, each in enumerate(pictures, start=1)
        ],
        "annotations": annotations,
        "categories": [
            {"id": index, "name": name, "supercategory": ""}
            for index, name in enumerate(names, start=1)
        ],
    }
    write(path, json_by_line(parts))


def json_by_line(parts):
    """JSON with one record a line, so that changes can be read in a diff."""
    text = []
    for key, value in parts.items():
        if isinstance(value, list) and value:
            records = ",\n".join("    " + json.dumps(record) for record in value)
            text.append(f'  "{key}": [\n{records}\n  ]')
        else:
            text.append(f'  "{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(text) + "\n}\n"


def _runs(mask):
    """Lengths of the runs of a mask, down the columns, beginning with the background's."""
    flat = mask.ravel(order="F").astype(np.int8)
    changes = np.flatnonzero(np.diff(np.concatenate([[0], flat]))).tolist()
    edges = [0, *changes, len(flat)]
    return [last - first for first, last in zip(edges, edges[1:])]


def _packed(runs):
    """COCO's text for run lengths: differences to the run before the last one, five bits a
    character from the lowest on, the sixth bit telling that more follow, counted from "0"."""
    text = ""
    for index, run in enumerate(runs):
        value = run - runs[index - 2] if index > 2 else run
        while True:
            bits, value = value & 31, value >> 5
            done = value == (-1 if bits & 16 else 0)
            text += chr(48 + bits + (0 if done else 32))
            if done:
                break
    return text
