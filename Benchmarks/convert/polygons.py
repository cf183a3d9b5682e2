"""Polygons in hundredths of a pixel, with their exact boxes and areas."""

from __future__ import annotations

import dataclasses

import numpy


@dataclasses.dataclass(frozen=True)
class Polygons:
    """Polygons laid end to end, in hundredths of a pixel, with their boxes and areas."""

    points: numpy.ndarray  # [all corners, 2]
    corners: numpy.ndarray  # [polygons]
    boxes: numpy.ndarray  # [polygons, 4] as x, y, width, height
    areas: numpy.ndarray  # [polygons] in square pixels


def star_shaped(
    corners: numpy.ndarray, sizes: numpy.ndarray, generator: numpy.random.Generator
) -> Polygons:
    """Star-shaped polygons inside images of these sizes (pixels, [polygons, 2])."""
    count = len(corners)
    scale = 0.04 + 0.3 * generator.beta(1, 3, (count, 1))
    radii = sizes * scale * generator.uniform(0.7, 1.3, (count, 2))
    centres = radii + generator.random((count, 2)) * (sizes - 2 * radii)
    starts = numpy.cumsum(corners) - corners
    step = numpy.arange(corners.sum()) - numpy.repeat(starts, corners)
    jitter = generator.uniform(0, 0.8, len(step))
    angles = 2 * numpy.pi * (step + jitter) / numpy.repeat(corners, corners)
    directions = numpy.stack([numpy.cos(angles), numpy.sin(angles)], axis=1)
    reach = generator.uniform(0.6, 1, (len(step), 1)) * numpy.repeat(radii, corners, axis=0)
    spots = numpy.repeat(centres, corners, axis=0) + directions * reach
    points = numpy.rint(spots * 100).astype(numpy.int64)
    low = numpy.minimum.reduceat(points, starts)
    high = numpy.maximum.reduceat(points, starts)
    boxes = numpy.concatenate([low, high - low], axis=1)
    return Polygons(points, corners, boxes, shoelace(points, corners, starts))


def shoelace(points: numpy.ndarray, corners: numpy.ndarray, starts: numpy.ndarray) -> numpy.ndarray:
    """The area of every polygon in square pixels."""
    following = numpy.arange(1, len(points) + 1)
    following[starts + corners - 1] = starts
    x, y = points[:, 0], points[:, 1]
    crosses = x * y[following] - x[following] * y
    return numpy.abs(numpy.add.reduceat(crosses, starts)) / 2 / 10_000


def texts_of_hundredths(greatest: int) -> numpy.ndarray:
    """The JSON text of 0, 0.01 … up to so many hundredths, without needless zeros."""
    return numpy.array([repr(value / 100) for value in range(greatest + 1)], dtype=object)
