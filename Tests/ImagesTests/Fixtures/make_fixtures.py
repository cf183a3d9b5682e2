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

import gif_files

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
        kind = {"ppm": "netpbm"}.get(picture.format.lower(), picture.format.lower())
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


def make_turned_jpeg():
    """Whole blocks in both directions, so that it turns without loss; its orientation is 6."""
    picture = Image.new("L", (32, 16))
    picture.putdata([(7 * x + 3 * y * y) % 256 for y in range(16) for x in range(32)])
    block = b"Exif\0\0" + exif(6, ">")
    (HERE / "turning").mkdir(exist_ok=True)
    picture.save(HERE / "turning" / "blocks.jpg", quality=92, exif=block)


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
    note_bitmap("palette.gif", "RGB")
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
    for name in ("rgb.bmp", "top-down.bmp", "core.bmp", "palette.bmp", "rgb.tif", "cmyk.tif"):
        note_bitmap(name, "RGB")
    note_bitmap("big.tif", "L")
    bitmaps.append(("grey16-mm.tif", 1, 16, bytes(2 * WIDTH * HEIGHT).hex()))


def tiled_tiff(name, picture, extra):
    """A TIFF of one tile of 16 by 16 pixels, whose fourth sample is of the kind `extra`."""
    rows = [picture.crop((0, y, WIDTH, y + 1)).tobytes() for y in range(HEIGHT)]
    tile = b"".join(row.ljust(64, b"\0") for row in rows).ljust(1024, b"\0")
    fields = [(256, WIDTH), (257, HEIGHT), (258, 146), (259, 1), (262, 2), (277, 4), (322, 16), (323, 16),
              (324, 154), (325, 1024), (338, extra)]
    entries = b"".join(struct.pack("<HHII", tag, 3, 4 if tag == 258 else 1, value) for tag, value in fields)
    directory = struct.pack("<2sHIH", b"II", 42, 8, len(fields)) + entries + bytes(4)
    (HERE / name).write_bytes(directory + struct.pack("<4H", 8, 8, 8, 8) + tile)


def make_tiffs():
    picture = colours()
    for kind in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        name = kind.removeprefix("tiff_").replace("_", "-") + ".tif"
        picture.save(HERE / name, compression=kind)
        note(name, 3, 8, "rgb")
        note_bitmap(name, "RGB")
    picture.convert("P", palette=Image.ADAPTIVE, colors=8).save(HERE / "palette.tif")
    note("palette.tif", 1, 8, "palette")
    note_bitmap("palette.tif", "RGB")
    picture.convert("1").save(HERE / "fax.tif", compression="group4")
    note("fax.tif", 1, 1, "grey")
    note_bitmap("fax.tif", "L")
    alpha = picture.convert("RGBA")
    alpha.putalpha(100)
    alpha.save(HERE / "rgba.tif")
    note("rgba.tif", 4, 8, "rgb", True)
    note_bitmap("rgba.tif", "RGBA")
    stored = (HERE / "rgba.tif").read_bytes()
    alone = struct.pack("<HHI", 338, 3, 1)
    (HERE / "multiplied.tif").write_bytes(stored.replace(alone + b"\2", alone + b"\1"))
    note("multiplied.tif", 4, 8, "rgb", True)
    note_bitmap("multiplied.tif", "RGBA")
    for name, extra in (("tiled.tif", 2), ("tiled-multiplied.tif", 1)):
        tiled_tiff(name, alpha, extra)
        note(name, 4, 8, "rgb", True)
        note_bitmap(name, "RGB")
    values = [x * 1237 + y * 7919 for y in range(HEIGHT) for x in range(WIDTH)]
    Image.frombytes("I;16", (WIDTH, HEIGHT), struct.pack(f"<{len(values)}H", *values)).save(HERE / "grey16.tif")
    note("grey16.tif", 1, 16, "grey")
    bitmaps.append(("grey16.tif", 1, 16, struct.pack(f">{len(values)}H", *values).hex()))


def bmp(name, size, bits, compression, tail, data, height=HEIGHT):
    """A BMP file whose header is filled up with `tail` to `size` bytes, the palette or masks behind it."""
    head = struct.pack("<IiiHHIIiiII", size, WIDTH, height, 1, bits, compression, len(data), 0, 0, 0, 0)
    body = head + tail
    (HERE / name).write_bytes(struct.pack("<2sIHHI", b"BM", 14 + len(body) + len(data), 0, 0, 14 + len(body)) + body + data)


def make_bmps():
    pixels = list(colours().getdata())
    rows = [pixels[y * WIDTH:(y + 1) * WIDTH] for y in reversed(range(HEIGHT))]
    palette = bytes(v for i in range(16) for v in (i * 16, i * 9, 255 - i * 13, 0))
    spread = [v for i in range(16) for v in (255 - i * 13, i * 9, i * 16)]

    def expected(name, values):
        """Of runs, which Pillow reads otherwise past a delta."""
        bitmaps.append((name, 3, 8, bytes(c for v in values for c in spread[3 * v:3 * v + 3]).hex()))

    half = b"".join(struct.pack("<8H", *((r >> 3 << 11 | g >> 2 << 5 | b >> 3) for r, g, b in row), 0) for row in rows)
    bmp("565.bmp", 40, 16, 3, struct.pack("<III", 0xF800, 0x07E0, 0x001F), half)
    note("565.bmp", 3, 5, "rgb")
    note_bitmap("565.bmp", "RGB")
    whole = b"".join(struct.pack("<I", r << 16 | g << 8 | b | 100 << 24) for row in rows for r, g, b in row)
    bmp("masks.bmp", 124, 32, 3, struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + bytes(68), whole)
    note("masks.bmp", 4, 8, "rgb", True)
    note_bitmap("masks.bmp", "RGBA")
    bmp("filled.bmp", 108, 32, 0, bytes(68), whole)
    note("filled.bmp", 3, 8, "rgb")
    note_bitmap("filled.bmp", "RGB")
    runs = bytes((3, 5, 0, 4, 1, 2, 3, 4, 0, 0)) + bytes((0, 2, 2, 1)) + bytes((2, 7, 0, 3, 9, 8, 7, 0, 0, 0)) + bytes((7, 15, 0, 1))
    lines = [[5, 5, 5, 1, 2, 3, 4], [0] * 7, [0, 0, 7, 7, 9, 8, 7], [15] * 7, [0] * 7]
    bmp("runs8.bmp", 40, 8, 1, palette + bytes(960), runs)
    note("runs8.bmp", 1, 8, "palette")
    expected("runs8.bmp", [v for line in reversed(lines) for v in line])
    packed_runs = bytes((5, 0x12, 0, 3, 0x34, 0x50, 0, 0, 7, 0xFF, 0, 1))
    bmp("runs4.bmp", 40, 4, 2, palette, packed_runs)
    note("runs4.bmp", 1, 4, "palette")
    lines = [[1, 2, 1, 2, 1, 3, 4], [15] * 7] + [[0] * 7] * 3
    expected("runs4.bmp", [v for line in reversed(lines) for v in line])
    for bits in (1, 4):
        values = [[(x + 2 * y) % 2**bits for x in range(WIDTH)] for y in range(HEIGHT)]
        data = b"".join((packed(row, bits)[1:] + bytes(4))[:4] for row in reversed(values))
        bmp(f"palette{bits}.bmp", 40, bits, 0, palette[:4 * 2**bits], data, HEIGHT)
        note(f"palette{bits}.bmp", 1, bits, "palette")
        note_bitmap(f"palette{bits}.bmp", "RGB")


def make_netpbms():
    grey = [(x * 37 + y * 11) % 256 for y in range(HEIGHT) for x in range(WIDTH)]
    bits = [(x + y) % 2 for y in range(HEIGHT) for x in range(WIDTH)]
    rgb = [c for pixel in colours().getdata() for c in pixel]
    wide = [(x * 1237 + y * 7919) % 60001 for y in range(HEIGHT) for x in range(WIDTH)]
    size = f"{WIDTH} {HEIGHT}\n"
    words = {"bits": "".join(map(str, bits)), "grey": " ".join(map(str, grey)), "rgb": "\n".join(map(str, rgb))}
    files = {
        "text.pbm": (f"P1\n# drawn by a script\n{size}{words['bits']}\n".encode(), 1, 1, [255 - 255 * b for b in bits]),
        "text.pgm": (f"P2 # drawn\n# by a script\n{size}255\n{words['grey']}\n".encode(), 1, 8, grey),
        "text.ppm": (f"P3\n{size}255\n{words['rgb']}\n".encode(), 3, 8, rgb),
        "bytes.pbm": (f"P4\n{size}".encode() + b"".join(
            packed(bits[y * WIDTH:(y + 1) * WIDTH], 1)[1:] for y in range(HEIGHT)), 1, 1, [255 - 255 * b for b in bits]),
        "bytes.pgm": (f"P5\n#CREATOR: a script\n{WIDTH}\n{HEIGHT}\n255\n".encode() + bytes(grey), 1, 8, grey),
        "bytes.ppm": (f"P6 {WIDTH} {HEIGHT} 255 ".encode() + bytes(rgb), 3, 8, rgb),
        "fifteen.pgm": (f"P5\n{size}15\n".encode() + bytes(v % 16 for v in grey), 1, 8, [v % 16 * 17 for v in grey]),
        "wide.pgm": (f"P5\n{size}65535\n".encode() + struct.pack(f">{len(wide)}H", *wide), 1, 16, wide),
        "alpha.pam": (f"P7\nWIDTH {WIDTH}\nHEIGHT {HEIGHT}\nDEPTH 2\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n"
                      .encode() + bytes(c for v in grey for c in (v, 100)), 2, 8, [c for v in grey for c in (v, 100)]),
    }
    for name, (data, channels, depth, values) in files.items():
        (HERE / name).write_bytes(data)
        model = "rgb" if channels == 3 else "grey"
        headers.append((name, "netpbm", WIDTH, HEIGHT, channels, depth, model, int(channels == 2), 1))
        if depth == 16:
            bitmaps.append((name, channels, 16, struct.pack(f">{len(values)}H", *values).hex()))
        else:
            bitmaps.append((name, channels, 8, bytes(values).hex()))
        if name not in ("alpha.pam", "wide.pgm"):
            with Image.open(HERE / name) as picture:
                assert picture.size == (WIDTH, HEIGHT) and picture.convert("RGB" if channels == 3 else "L").tobytes() == bytes(values)


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
    for name in ("lossy.webp", "lossless.webp"):
        note_bitmap(name, "RGB")
    for name in ("lossless-alpha.webp", "extended.webp"):
        note_bitmap(name, "RGBA")


def make_gifs():
    size = (WIDTH, HEIGHT)
    colours4 = bytes(i * 37 % 256 for i in range(12))
    others4 = bytes(255 - i * 19 for i in range(12))
    steps = grid(lambda x, y: (x + 2 * y) // 3 % 4)
    part = [[(x + y) // 2 % 4 for x in range(4)] for y in range(3)]
    files = {
        "offset": gif_files.screen(size, colours4, 3) + gif_files.frame((2, 1), part, 2),
        "transparent": gif_files.screen(size, colours4) + b"!\xfe\5drawn\0" + gif_files.control(2)
                       + gif_files.frame((1, 2), part, 2) + gif_files.control(0) + gif_files.frame((0, 0), steps, 2),
        "interlaced": gif_files.screen(size, colours4) + gif_files.frame((0, 0), steps, 2, interlace=True),
        "interlaced-part": gif_files.screen(size, colours4) + gif_files.frame((3, 0), part, 2, interlace=True),
        "local": gif_files.screen(size, colours4) + gif_files.frame((0, 0), steps, 2, others4),
        "local-alone": gif_files.screen(size) + gif_files.frame((0, 2), part, 2, others4),
        "no-table": gif_files.screen(size) + gif_files.frame((1, 1), [[9, 200, 200, 31]] * 3, 8),
        "two-colours": gif_files.screen(size, colours4[:6]) + gif_files.frame((0, 0), grid(lambda x, y: (x * y) % 2), 2),
        "one-colour": gif_files.screen(size, colours4) + gif_files.frame((0, 0), grid(lambda x, y: 1), 2),
    }
    for kind, data in files.items():
        name = f"{kind}.gif"
        (HERE / name).write_bytes(data + b";")
        note(name, 1, 8, "palette")
        note_bitmap(name, "RGB")


def main():
    for make in (make_jpegs, make_turned_jpeg, make_grey_pngs, make_palette_pngs, make_colour_pngs, make_others,
                 make_webps, make_tiffs, make_bmps, make_netpbms, make_gifs):
        make()
    for name, table in (("headers.tsv", headers), ("bitmaps.tsv", bitmaps), ("labels.tsv", labels)):
        lines = ("\t".join(str(field) for field in row) for row in table)
        (HERE / name).write_text("".join(line + "\n" for line in lines))


main()
