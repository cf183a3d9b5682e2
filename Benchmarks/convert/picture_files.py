"""JPEG pictures of 640 × 480: few contents, no two files equal, headers as cameras write them."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy
from PIL import Image, ImageCms

WIDTH, HEIGHT = 640, 480
CONTENTS = 40


def picture_name(number: int) -> str:
    """The file name of a picture, counted from 1."""
    return f"{number:06d}.jpg"


def smooth_content(generator: numpy.random.Generator) -> Image.Image:
    """Soft shapes of many colours with a little grain, so that a file has 10 to 30 KB."""
    cells = int(generator.integers(8, 22))
    coarse = generator.integers(0, 256, (cells * 3 // 4, cells, 3), dtype=numpy.uint8)
    soft = Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    grain = generator.normal(0, 1.2, (HEIGHT, WIDTH, 1))
    grained = numpy.clip(numpy.asarray(soft, dtype=numpy.float64) + grain, 0, 255)
    return Image.fromarray(grained.astype(numpy.uint8))


def camera_exif() -> bytes:
    """The EXIF block of an upright camera picture."""
    exif = Image.Exif()
    exif[0x010F] = "Bench"
    exif[0x0110] = "Bench One"
    exif[0x0112] = 1  # upright
    exif[0x0131] = "picture writer"
    exif[0x0132] = "2020:01:01 12:00:00"
    exif.get_ifd(0x8769)[0x927C] = bytes(6_000)  # cameras keep kilobytes of their own here
    return exif.tobytes()


def encoded(content: Image.Image, kind: int) -> bytes:
    """One content as JPEG: plain, with EXIF, with a colour profile, or progressive with both."""
    options: dict[str, object] = {"quality": 70, "optimize": kind == 3, "progressive": kind == 3}
    if kind in (1, 3):
        options["exif"] = camera_exif()
    if kind in (2, 3):
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        # Bytes 24 to 35 hold the date of creation, which would make every run's files differ.
        raw = bytearray(profile.tobytes())
        raw[24:36] = bytes(12)
        options["icc_profile"] = bytes(raw)
    buffer = io.BytesIO()
    content.save(buffer, "JPEG", **options)
    return buffer.getvalue()


def with_comment(jpeg: bytes, text: str) -> bytes:
    """The same picture with a comment after its first segment, so that no two files are equal."""
    after_first = 4 + struct.unpack(">H", jpeg[4:6])[0]
    body = text.encode()
    comment = b"\xff\xfe" + struct.pack(">H", len(body) + 2) + body
    return jpeg[:after_first] + comment + jpeg[after_first:]


def write(folder: Path, count: int, seed: int) -> None:
    """Writes `count` pictures into the folder."""
    generator = numpy.random.default_rng([seed, 1])
    contents = [encoded(smooth_content(generator), kind % 4) for kind in range(CONTENTS)]
    for number in range(1, count + 1):
        jpeg = with_comment(contents[number % CONTENTS], f"picture {number}")
        (folder / picture_name(number)).write_bytes(jpeg)
