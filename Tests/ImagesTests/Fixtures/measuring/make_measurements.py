#!/usr/bin/env python3
"""Writes the pictures beside this script, and what Pillow, numpy and mmh3 make of them.

Run with Pillow, numpy and mmh3 (made with 13.0, 2.4 and 5.3):  python3 make_measurements.py
measurements.tsv  file, hash of its bytes, mean, 1st and 99th percentile, entropy, sharpness,
                  difference hash of the picture as shown, least contrast between its cells
"""

from pathlib import Path

import mmh3
import numpy as np
from PIL import Image, ImageFilter, ImageOps

HERE = Path(__file__).resolve().parent
WORKING_SIDE = 80
lines = []


def shares(source, target):
    """[target, source]: how much of each source cell lies in each target cell, rows adding up to 1."""
    edges = np.arange(target + 1) * source / target
    cells = np.arange(source)
    low = np.maximum(edges[:-1, None], cells)
    high = np.minimum(edges[1:, None], cells + 1)
    return np.maximum(high - low, 0) * target / source


def averaged(luma, width, height):
    return shares(luma.shape[0], height) @ luma @ shares(luma.shape[1], width).T


def working(luma):
    """The picture at the size at which all but its hash is measured."""
    height, width = luma.shape
    longer = max(width, height)
    if longer <= WORKING_SIDE:
        return luma
    size = [max(1, int(side * WORKING_SIDE / longer + 0.5)) for side in (width, height)]
    return np.floor(averaged(luma, *size) + 0.5)


def sharpness(luma):
    inner = luma[1:-1, 1:-1]
    around = luma[:-2, 1:-1] + luma[2:, 1:-1] + luma[1:-1, :-2] + luma[1:-1, 2:]
    steps = (np.diff(luma, axis=0) ** 2).mean() + (np.diff(luma, axis=1) ** 2).mean()
    return (around - 4 * inner).var() / (1 + steps)


def luma_of(picture):
    """As the decoder has it: JPEG's own luma where it stores one, at a half, quarter or eighth of its size
    where that has the working side; the upper half of 16 bits."""
    if picture.format == "JPEG":
        share = max(s for s in (1, 2, 4, 8) if s == 1 or max(picture.size) >= WORKING_SIDE * s)
        mode = "L" if picture.mode == "RGB" else picture.mode
        picture.draft(mode, tuple(max(side // share, 1) for side in picture.size))
    if picture.mode.startswith("I"):
        return np.asarray(picture, np.uint16) >> 8
    if picture.mode in ("P", "CMYK"):
        picture = picture.convert("RGB")
    if picture.mode == "LA":
        picture = picture.getchannel("L")
    return np.asarray(picture.convert("RGB").convert("L") if picture.mode == "RGBA" else picture.convert("L"))


def note(name):
    with Image.open(HERE / name) as picture:
        luma = luma_of(picture).astype(float)
        shown = Image.fromarray(luma.astype(np.uint8))
        shown.getexif()[274] = picture.getexif().get(274, 1)
        shown = np.asarray(ImageOps.exif_transpose(shown)).astype(float)
    luma = working(luma)
    counts = np.bincount(luma.astype(int).ravel(), minlength=256) / luma.size
    entropy = -sum(p * np.log2(p) for p in counts if p)
    low, high = np.percentile(luma, [1, 99], method="inverted_cdf")
    steps = np.diff(averaged(shown, 9, 8), axis=1)
    bits = int("".join("1" if step > 1e-9 else "0" for step in steps.ravel()), 2)
    halves = mmh3.hash64((HERE / name).read_bytes(), signed=False)
    lines.append((
        name, "".join(f"{half:016x}" for half in halves), repr(float(luma.mean())), int(low), int(high),
        repr(abs(float(entropy))), repr(float(sharpness(luma))), f"{bits:016x}",
        f"{np.abs(steps).min():.4f}"))


def scene(width, height, seed):
    """Something like a photograph: soft blobs of colour and some grain."""
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (7, 9, 3), dtype=np.uint8)
    picture = Image.fromarray(small).resize((width, height), Image.BICUBIC)
    grain = random.normal(0, 6, (height, width, 1))
    return Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))


def turned(orientation):
    exif = Image.Exif()
    exif[274] = orientation
    return exif


def save(name, picture, **options):
    picture.save(HERE / name, **options)
    note(name)


def main():
    picture = scene(90, 71, 1)
    save("plain.jpg", picture, quality=80)
    save("progressive.jpg", picture, quality=80, progressive=True)
    save("restarts.jpg", picture, quality=80, restart_marker_blocks=3)
    save("full-chroma.jpg", picture, quality=80, subsampling=0)
    save("stored-rgb.jpg", picture, quality=80, keep_rgb=True)
    save("cmyk.jpg", picture.convert("CMYK"), quality=80)
    save("grey.jpg", picture.convert("L"), quality=80)
    save("blurred.jpg", picture.filter(ImageFilter.GaussianBlur(3)), quality=80)
    for orientation in range(1, 9):
        save(f"orientation{orientation}.jpg", scene(53, 37, 2), quality=60, exif=turned(orientation))
    save("wide.jpg", scene(700, 300, 3), quality=40)
    save("tall.jpg", scene(301, 601, 4), quality=40)
    save("large.jpg", scene(1201, 900, 11), quality=10, progressive=True)
    save("large-turned.jpg", scene(600, 1030, 12), quality=10, exif=turned(6))
    save("rgb.png", scene(41, 33, 5))
    save("rgba.png", scene(41, 33, 6).convert("RGBA"))
    save("palette.png", scene(41, 33, 7).convert("P", palette=Image.ADAPTIVE, colors=40))
    save("grey-alpha.png", scene(41, 33, 8).convert("LA"))
    save("black-and-white.png", scene(41, 33, 9).convert("1"))
    deep = np.asarray(scene(41, 33, 10).convert("L"), np.uint16) * 256 + 255
    save("grey16.png", Image.fromarray(deep))
    save("one-tone.png", Image.new("L", (20, 20), 77))
    (HERE / "measurements.tsv").write_text(
        "".join("\t".join(str(field) for field in line) + "\n" for line in lines))


main()
