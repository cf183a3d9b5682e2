#!/usr/bin/env python3
"""Draws copra's sample pictures and writes their annotations in every format that copra reads.

Every run gives the same bytes (the pictures' as long as Pillow's encoder stays the same; see
requirements.txt). The broken samples are made by break.py.

    python3 samples/draw.py
    python3 samples/draw.py --sheet sheet.png   # also all pictures with their boxes, on one sheet
"""

import argparse
from pathlib import Path

from PIL import Image, ImageDraw

from drawing import formats, truth
from drawing.scenes import SCENES

HERE = Path(__file__).resolve().parent
SEED = 20


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, default=HERE, help="default: beside this file")
    parser.add_argument("--sheet", type=Path, help="a contact sheet to write (PNG)")
    options = parser.parse_args()

    pictures = [
        truth.draw(scene, f"scene{number}.jpg", SEED + number)
        for number, scene in enumerate(SCENES, start=1)
    ]
    names = sorted({item.category for picture in pictures for item in picture.objects})
    formats.write_voc(options.output / "voc", pictures)
    formats.write_yolo(options.output / "yolo", pictures, names)
    formats.write_csv(options.output / "csv", pictures)
    formats.write_masks(options.output / "masks", pictures)
    formats.write_coco(options.output / "expected.json", pictures, names)
    if options.sheet:
        sheet(pictures, names).save(options.sheet)
    for name in names:
        print(name, sum(item.category == name for picture in pictures for item in picture.objects))


def sheet(pictures, names, columns=4, cell=(420, 350)):
    """All pictures with the boxes of their objects."""
    colours = dict(zip(names, ["#ff3bd4", "#ffe600", "#00e5ff", "#ff7a00"]))
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (columns * cell[0], rows * cell[1]), "#f4f1ea")
    for index, picture in enumerate(pictures):
        image = Image.fromarray(picture.pixels).convert("RGB")
        pen = ImageDraw.Draw(image)
        for item in picture.objects:
            x0, y0, x1, y1 = item.box
            pen.rectangle((x0, y0, x1 - 1, y1 - 1), outline=colours[item.category])
        place = (index % columns * cell[0] + 10, index // columns * cell[1] + 22)
        page.paste(image, place)
        ImageDraw.Draw(page).text((place[0], place[1] - 14), picture.name, fill="black")
    return page


if __name__ == "__main__":
    main()
