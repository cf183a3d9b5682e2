"""COCO files of polygons, written by string formatting because a JSON encoder would take minutes.

Coordinates are whole hundredths of a pixel until they are written, so that a table of texts stands
in for formatting forty-five million numbers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import numpy

import polygons

ANNOTATIONS_AT_A_TIME = 50_000
LARGE_SIZES = numpy.array(
    [[640, 480], [480, 640], [640, 427], [427, 640], [640, 426], [500, 375], [375, 500], [612, 612]]
)
LARGE_SIZE_SHARES = [0.3, 0.1, 0.25, 0.08, 0.1, 0.08, 0.05, 0.04]


@dataclasses.dataclass(frozen=True)
class SmallFile:
    """Many annotations of few corners in small images: 133 MB."""

    images: int
    annotations: int
    seed: int
    corners: tuple[int, int] = (4, 5)
    share_of_more_corners: float = 0.04
    megabytes: int = 133


@dataclasses.dataclass(frozen=True)
class LargeFile:
    """As many images and annotations as COCO's `instances_train2017.json`, and about its size."""

    images: int
    annotations: int
    seed: int
    corners: tuple[int, int] = (20, 50)
    mean_further_corners: float = 6.9
    megabytes: int = 450


def annotation_texts(
    shapes: polygons.Polygons,
    identifiers: numpy.ndarray,
    image_identifiers: numpy.ndarray,
    category_identifiers: numpy.ndarray,
    texts: numpy.ndarray,
    area_decimals: int,
) -> Iterator[str]:
    """One JSON object an annotation."""
    coordinates = texts[shapes.points.reshape(-1)].tolist()
    ends = (2 * numpy.cumsum(shapes.corners)).tolist()
    start = 0
    for identifier, image, category, end, box, area in zip(
        identifiers.tolist(),
        image_identifiers.tolist(),
        category_identifiers.tolist(),
        ends,
        texts[shapes.boxes].tolist(),
        numpy.round(shapes.areas, area_decimals).tolist(),
    ):
        yield (
            f'{{"segmentation":[[{",".join(coordinates[start:end])}]],"area":{area},"iscrowd":0,'
            f'"image_id":{image},"bbox":[{",".join(box)}],"category_id":{category},"id":{identifier}}}'
        )
        start = end


def write_list(file: TextIO, objects: Iterator[str]) -> None:
    """Writes a JSON list without holding all of it."""
    file.write("[")
    separator = ""
    for text in objects:
        file.write(separator)
        file.write(text)
        separator = ","
    file.write("]")


def categories(identifiers: list[int]) -> str:
    """A list of categories under a dozen supercategories."""
    texts = (
        f'{{"supercategory":"group {index // 7 + 1}","id":{identifier},"name":"kind {index + 1}"}}'
        for index, identifier in enumerate(identifiers)
    )
    return "[" + ",".join(texts) + "]"


def blocks(total: int) -> Iterator[slice]:
    """Consecutive ranges that together cover 0 ..< total."""
    for start in range(0, total, ANNOTATIONS_AT_A_TIME):
        yield slice(start, min(start + ANNOTATIONS_AT_A_TIME, total))


def demand_size(path: Path, megabytes: int, tolerance: float) -> None:
    """Stops when the file is not as large as its case promises."""
    size = path.stat().st_size
    if abs(size - megabytes * 1e6) > tolerance * megabytes * 1e6:
        raise SystemExit(
            f"{path.name} has {size:,} bytes, expected {megabytes} MB ± {tolerance:.0%}"
        )


def write_small(path: Path, plan: SmallFile) -> None:
    """Writes the file of small polygons, its annotations in the order of their images."""
    generator = numpy.random.default_rng([plan.seed, 3])
    sizes = generator.integers([72, 64], [101, 90], (plan.images, 2))
    image = numpy.sort(generator.integers(0, plan.images, plan.annotations))
    category = generator.integers(1, 81, plan.annotations)
    more = generator.random(plan.annotations) < plan.share_of_more_corners
    corners = numpy.where(more, plan.corners[1], plan.corners[0])
    texts = polygons.texts_of_hundredths(100 * int(sizes.max()))

    def annotations() -> Iterator[str]:
        for block in blocks(plan.annotations):
            shapes = polygons.star_shaped(corners[block], sizes[image[block]], generator)
            numbers = numpy.arange(block.start, block.stop) + 1
            yield from annotation_texts(
                shapes, numbers, image[block] + 1, category[block], texts, 2
            )

    images = (
        f'{{"id":{number},"file_name":"{number:06d}.jpg","width":{width},"height":{height}}}'
        for number, (width, height) in enumerate(sizes.tolist(), start=1)
    )
    with path.open("w") as file:
        file.write('{"info":{"description":"benchmark, small polygons"},"licenses":[],"images":')
        write_list(file, images)
        file.write(',"annotations":')
        write_list(file, annotations())
        file.write(f',"categories":{categories(list(range(1, 81)))}}}')
    demand_size(path, plan.megabytes, 0.01)


def large_image_text(identifier: int, width: int, height: int, license_id: int) -> str:
    """An image record with the keys of COCO's own files."""
    name = f"{identifier:012d}.jpg"
    return (
        f'{{"license":{license_id},"file_name":"{name}",'
        f'"coco_url":"http://images.example.org/train2017/{name}","height":{height},"width":{width},'
        f'"date_captured":"2013-11-{identifier % 28 + 1:02d} 11:22:33",'
        f'"flickr_url":"http://farm{identifier % 9 + 1}.example.com/{identifier % 9000 + 1000}/'
        f'{identifier * 7919 % 10**10:010d}_{identifier * 2654435761 % 2**40:010x}_z.jpg",'
        f'"id":{identifier}}}'
    )


def write_large(path: Path, plan: LargeFile) -> None:
    """Writes the large file, its ids with gaps and its annotations in no order, as COCO's are."""
    generator = numpy.random.default_rng([plan.seed, 4])
    image_ids = generator.permutation(581_930)[: plan.images] + 1
    annotation_ids = generator.permutation(2_300_000)[: plan.annotations] + 1
    category_ids = sorted((generator.permutation(90)[:80] + 1).tolist())
    sizes = LARGE_SIZES[generator.choice(len(LARGE_SIZES), plan.images, p=LARGE_SIZE_SHARES)]
    licenses = generator.integers(1, 9, plan.images)
    image = generator.integers(0, plan.images, plan.annotations)
    category = numpy.array(category_ids)[generator.integers(0, 80, plan.annotations)]
    further = generator.exponential(plan.mean_further_corners, plan.annotations).astype(int)
    corners = numpy.minimum(plan.corners[0] + further, plan.corners[1])
    texts = polygons.texts_of_hundredths(100 * int(LARGE_SIZES.max()))

    def annotations() -> Iterator[str]:
        for block in blocks(plan.annotations):
            shapes = polygons.star_shaped(corners[block], sizes[image[block]], generator)
            yield from annotation_texts(
                shapes, annotation_ids[block], image_ids[image[block]], category[block], texts, 4
            )

    images = (
        large_image_text(identifier, width, height, license_id)
        for identifier, (width, height), license_id in zip(
            image_ids.tolist(), sizes.tolist(), licenses.tolist()
        )
    )
    license_texts = (
        f'{{"url":"http://licenses.example.org/{number}/","id":{number},"name":"License {number}"}}'
        for number in range(1, 9)
    )
    with path.open("w") as file:
        file.write('{"info":{"description":"benchmark, train2017-sized","year":2017},"licenses":')
        write_list(file, license_texts)
        file.write(',"images":')
        write_list(file, images)
        file.write(',"annotations":')
        write_list(file, annotations())
        file.write(f',"categories":{categories(category_ids)}}}')
    demand_size(path, plan.megabytes, 0.02)
