"""One CSV table with the columns of the TensorFlow object detection tutorials."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy

from picture_sets import CLASSES

HEADER = "filename,width,height,class,xmin,ymin,xmax,ymax\n"
SIZES = numpy.array([[640, 480], [480, 640], [640, 427], [500, 375], [1280, 720], [1920, 1080]])
ROWS_AT_A_TIME = 200_000


@dataclasses.dataclass(frozen=True)
class Table:
    """How many rows there are, over how many file names."""

    rows: int
    images: int
    seed: int


def write(path: Path, table: Table) -> None:
    """Writes the table, grouped by file name, every file name at least once."""
    generator = numpy.random.default_rng([table.seed, 5])
    image = numpy.concatenate(
        [numpy.arange(table.images), generator.integers(0, table.images, table.rows - table.images)]
    )
    image.sort()
    size_of_image = generator.integers(0, len(SIZES), table.images)
    with path.open("w") as file:
        file.write(HEADER)
        for start in range(0, table.rows, ROWS_AT_A_TIME):
            part = image[start : start + ROWS_AT_A_TIME]
            file.writelines(rows(part, SIZES[size_of_image[part]], generator))


def rows(image: numpy.ndarray, size: numpy.ndarray, generator: numpy.random.Generator) -> list[str]:
    """The rows of some boxes, whose image numbers and image sizes are given."""
    extent = 4 + (generator.beta(1.2, 4, size.shape) * (size - 8)).astype(int)
    low = (generator.random(size.shape) * (size - extent)).astype(int)
    label = generator.integers(0, len(CLASSES), len(image))
    columns = zip(
        (image + 1).tolist(), label.tolist(), size.tolist(), low.tolist(), (low + extent).tolist()
    )
    return [
        f"image_{number:06d}.jpg,{width},{height},{CLASSES[name]},{xmin},{ymin},{xmax},{ymax}\n"
        for number, name, (width, height), (xmin, ymin), (xmax, ymax) in columns
    ]
