#!/usr/bin/env python3
"""Writes the pictures beside this script, and what Pillow makes of them.

Run with Pillow (made with 13.0):  python3 make_fixtures.py
headers.tsv  file, format, width, height, channels, bit depth, colour model, alpha, orientation
bitmaps.tsv  file, channels, bit depth, samples in hex (16-bit ones with the high byte first)
labels.tsv   file, kind, palette in hex, values in hex separated by commas
"""

import struct
import zlib
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 7, 5
headers, bitmaps, labels = [], [], []


def colours():
    """A picture whose pixels all differ, smooth enough for JPEG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    picture.putdata([(30 * x, 40 * y, 200 - 10 * x - 15 * y) for y in range(HEIGHT) for x in range(WIDTH)])
    return picture


def exif(orientation, order):
    """An EXIF block of one tag."""
    mark = b"II" if order == "<" else b"MM"
    entry = struct.pack(order + "HHIHH", 274, 3, 1, orientation, 0)
    return mark + struct.pack(order + "HIH", 42, 8, 1) + entry + struct.pack(order + "I", 0)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(samples, depth):
    """One row's filter byte and samples of `depth` bits."""
    bits = "".join(format(sample, f"0{depth}b") for sample in samples)
    bits += "0" * (-len(bits) % 8)
    return b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(name, rows, channels, depth, colour_type, interlaced=False, extra=b""):
    """A PNG of `rows` of pixels, each a tuple of samples; Pillow writes too few kinds."""
    passes = ADAM7 if interlaced else [(0, 0, 1, 1)]
    data = b""
    for x0, y0, dx, dy in passes:
        for row in rows[y0::dy]:
            samples = [sample for pixel in row[x0::dx] for sample in pixel]
            if samples:
                data += packed(samples, depth)
    size = struct.pack(">IIBBBBB", len(rows[0]), len(rows), depth, colour_type, 0, 0, interlaced)
    (HERE / name).write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + extra + chunk(b"IDAT", zlib.compress(data, 9))
        + chunk(b"IEND", b""))
    return [sample for row in rows for pixel in row for sample in pixel]


def note(name, channels, depth, model, alpha=False):
    """Pillow's word on size and orientation; the rest is what was written."""
    with Image.open(HERE / name) as picture:
        width, height = picture.size
        orientation = picture.getexif().get(274, 1)
        kind = picture.format.lower()
    if kind == "tiff" and orientation >= 5:
        width, height = height, width  # Pillow gives TIFF's upright size
    headers.append((name, kind, width, height, channels, depth, model, int(bool(alpha)), orientation))


def note_bitmap(name, mode):
    """Pillow's pixels."""
    with Image.open(HERE / name) as picture:
        data = picture.convert(mode).tobytes()
    bitmaps.append((name, len(mode), 8, data.hex()))


def note_labels(name, kind, values, palette=b""):
    labels.append((name, kind, palette.hex(), ",".join(format(value, "x") for value in values)))


def make_jpegs():
    picture = colours()
    kinds = {"rgb": (picture, {}), "grey": (picture.convert("L"), {}),
             "progressive": (picture, {"progressive": True}), "cmyk": (picture.convert("CMYK"), {}),
             "restarts": (picture, {"restart_marker_blocks": 1})}
    for kind, (image, options) in kinds.items():
        name = f"{kind}.jpg"
        image.save(HERE / name, quality=90, **options)
        model = {"grey": "grey", "cmyk": "cmyk"}.get(kind, "rgb")
        note(name, len(image.getbands()), 8, model)
        note_bitmap(name, "L" if kind == "grey" else "RGB")
    for order, suffix in (("<", "ii"), (">", "mm")):
        for orientation in range(1, 9):
            name = f"orientation{orientation}-{suffix}.jpg"
            block = b"Exif\0\0" + exif(orientation, order)
            picture.convert("L").save(HERE / name, quality=50, optimize=True, exif=block)
            note(name, 1, 8, "grey")


def grid(sample):
    return [[sample(x, y) for x in range(WIDTH)] for y in range(HEIGHT)]


def make_grey_pngs():
    for depth in (1, 2, 4, 8, 16):
        for interlaced in (False, True):
            name = f"grey{depth}{'-interlaced' if interlaced else ''}.png"
            top = 2**depth
            values = png(name, grid(lambda x, y: ((x * 1237 + y * 7919) % top,)), 1, depth, 0, interlaced)
            note(name, 1, depth, "grey")
            note_labels(name, "grey", values)
            if depth == 16:
                bitmaps.append((name, 1, 16, struct.pack(f">{len(values)}H", *values).hex()))
            else:
                note_bitmap(name, "L")


def make_palette_pngs():
    for depth in (1, 2, 4, 8):
        name = f"palette{depth}.png"
        count = min(2**depth, 21)
        palette = bytes((i * 37 + c * 101) % 256 for i in range(count) for c in range(3))
        values = png(name, grid(lambda x, y: ((x + 2 * y) % count,)), 1, depth, 3, depth == 4,
                     chunk(b"PLTE", palette))
        note(name, 1, depth, "palette")
        note_bitmap(name, "RGB")
        note_labels(name, "palette", values, palette)
    name = "palette-alpha.png"
    extra = chunk(b"PLTE", bytes(range(12))) + chunk(b"tRNS", b"\x00\x80")
    values = png(name, grid(lambda x, y: ((x + y) % 4,)), 1, 8, 3, False, extra)
    note(name, 1, 8, "palette", True)
    note_bitmap(name, "RGBA")
    note_labels(name, "palette", values, bytes(range(12)))


def make_colour_pngs():
    def pixel(x, y, channels, top):
        return tuple((x * 311 + y * 1013 + c * 5003) % top for c in range(channels))

    for name, channels, depth, kind in (
            ("rgb.png", 3, 8, 2), ("rgba.png", 4, 8, 6), ("grey-alpha.png", 2, 8, 4),
            ("rgb16.png", 3, 16, 2), ("rgba16-interlaced.png", 4, 16, 6)):
        rows = grid(lambda x, y: pixel(x, y, channels, 2**depth))
        values = png(name, rows, channels, depth, kind, "interlaced" in name)
        note(name, channels, depth, "grey" if kind == 4 else "rgb", kind & 4)
        if depth == 16:
            bitmaps.append((name, channels, 16, struct.pack(f">{len(values)}H", *values).hex()))
        else:
            note_bitmap(name, {2: "LA", 3: "RGB", 4: "RGBA"}[channels])
            if kind == 4:
                note_labels(name, "grey", values[::2])
            else:
                note_labels(name, "colour", [p[0] << 16 | p[1] << 8 | p[2] for row in rows for p in row])
    png("orientation6.png", grid(lambda x, y: (x,)), 1, 8, 0, False,
        chunk(b"tEXt", b"Comment\0a chunk to be skipped") + chunk(b"eXIf", exif(6, ">")))
    note("orientation6.png", 1, 8, "grey")


def make_others():
    picture = colours()
    picture.save(HERE / "rgb.bmp")
    note("rgb.bmp", 3, 8, "rgb")
    upwards = (HERE / "rgb.bmp").read_bytes()
    (HERE / "top-down.bmp").write_bytes(upwards[:22] + struct.pack("<i", -HEIGHT) + upwards[26:])
    note("top-down.bmp", 3, 8, "rgb")
    core = struct.pack("<2sIHHIIHHHH", b"BM", 26 + HEIGHT * 24, 0, 0, 26, 12, WIDTH, HEIGHT, 1, 24)
    (HERE / "core.bmp").write_bytes(core + bytes(HEIGHT * 24))
    note("core.bmp", 3, 8, "rgb")
    picture.convert("P", colors=8).save(HERE / "palette.bmp")
    note("palette.bmp", 1, 8, "palette")
    picture.convert("P").save(HERE / "palette.gif")
    note("palette.gif", 1, 8, "palette")
    picture.save(HERE / "rgb.tif")
    note("rgb.tif", 3, 8, "rgb")
    picture.convert("L").save(HERE / "orientation8.tif", tiffinfo={274: 8})
    note("orientation8.tif", 1, 8, "grey")
    picture.convert("CMYK").save(HERE / "cmyk.tif")
    note("cmyk.tif", 4, 8, "cmyk")
    picture.convert("L").save(HERE / "big.tif", big_tiff=True)
    note("big.tif", 1, 8, "grey")
    Image.new("I;16B", (WIDTH, HEIGHT)).save(HERE / "grey16-mm.tif")
    note("grey16-mm.tif", 1, 16, "grey")


def make_webps():
    picture = colours()
    alpha = picture.convert("RGBA")
    alpha.putalpha(100)
    picture.save(HERE / "lossy.webp", quality=50)
    note("lossy.webp", 3, 8, "rgb")
    picture.save(HERE / "lossless.webp", lossless=True)
    note("lossless.webp", 3, 8, "rgb")
    alpha.save(HERE / "lossless-alpha.webp", lossless=True)
    note("lossless-alpha.webp", 4, 8, "rgb", True)
    alpha.save(HERE / "extended.webp", quality=50, exif=exif(5, "<"))
    note("extended.webp", 4, 8, "rgb", True)


def main():
    for make in (make_jpegs, make_grey_pngs, make_palette_pngs, make_colour_pngs, make_others, make_webps):
        make()
    for name, table in (("headers.tsv", headers), ("bitmaps.tsv", bitmaps), ("labels.tsv", labels)):
        lines = ("\t".join(str(field) for field in row) for row in table)
        (HERE / name).write_text("".join(line + "\n" for line in lines))


main()
