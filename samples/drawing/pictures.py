"""Tiny pictures for the broken samples, and ways to break them."""

import struct
import zlib
from functools import cache
from random import Random

from .formats import jpeg, png
from .scenes import Scene, Thing
from .truth import draw

SIZE = (32, 24)


@cache
def tiny(stem):
    """A beach of 32 × 24 with a coconut and a crab, another one for every stem."""
    random = Random(stem)
    swap = random.random() < 0.5
    horizon = random.uniform(3, 10)
    scene = Scene(
        SIZE,
        random.choice(["noon", "morning", "sunset", "dawn", "night"]),
        horizon,
        horizon + random.uniform(2, 5),
        None,
        clouds=0,
        things=[
            Thing("coconut", 24 if swap else 8, random.randint(18, 22), random.randint(9, 12)),
            Thing("crab", 9 if swap else 22, random.randint(18, 22), random.randint(14, 17)),
        ],
    )
    return draw(scene, f"{stem}.jpg", random.random())


def not_a_picture(picture):
    return b"This is no picture.\n"


def damaged_png(picture):
    """A PNG with a good header whose compressed pixels have been written over."""
    data = bytearray(png(picture))
    start = data.index(b"IDAT") + 4
    middle = start + (len(data) - start) // 3
    data[middle : middle + 40] = b"coconut " * 5
    return bytes(data)


def cut(picture):
    """A JPEG that ends half way through its pixels."""
    data = jpeg(picture)
    start = data.index(b"\xff\xda")
    return data[: start + (len(data) - start) // 2]


def impossible_png(width, height):
    """A PNG without pixels that claims this size."""

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
