"""A canvas that knows whose every pixel is.

Shapes are signed distances in pixels, negative inside, so that outlines and smooth edges cost
nothing extra and the result depends on arithmetic alone, not on a drawing library.
"""

from typing import Callable, NamedTuple

import numpy as np

# Samples a pixel along each axis. Odd, so that the middle one is the pixel's centre.
SAMPLES = 3


class Shape(NamedTuple):
    """An area: the box that holds it, and the distance of points to its edge."""

    bounds: tuple[float, float, float, float]
    distance: Callable[[np.ndarray, np.ndarray], np.ndarray]


def ellipse(x, y, radius_x, radius_y=None, angle=0.0):
    """An ellipse around (x, y), turned by `angle` radians."""
    radius_y = radius_x if radius_y is None else radius_y
    reach = max(radius_x, radius_y)
    cosine, sine = np.cos(angle), np.sin(angle)

    def distance(px, py):
        u = ((px - x) * cosine + (py - y) * sine) / radius_x
        v = ((py - y) * cosine - (px - x) * sine) / radius_y
        return (np.hypot(u, v) - 1) * min(radius_x, radius_y)

    return Shape((x - reach, y - reach, x + reach, y + reach), distance)


def polygon(points):
    """A filled polygon; where it crosses itself, the even-odd rule decides."""
    points = np.asarray(points, float)
    edges = list(zip(points, np.roll(points, -1, axis=0)))

    def distance(px, py):
        nearest = np.full(np.broadcast(px, py).shape, np.inf)
        inside = np.zeros(nearest.shape, bool)
        for (ax, ay), (bx, by) in edges:
            nearest = np.minimum(nearest, _to_segment(px, py, ax, ay, bx, by)[0])
            if ay != by:
                crosses = (py < ay) != (py < by)
                inside ^= crosses & (px < ax + (py - ay) / (by - ay) * (bx - ax))
        return np.where(inside, -nearest, nearest)

    return Shape((*points.min(axis=0), *points.max(axis=0)), distance)


def stroke(points, start_width, end_width=None):
    """A line with round ends through `points`, tapering from one width to the other."""
    points = np.asarray(points, float)
    end_width = start_width if end_width is None else end_width
    radii = np.linspace(start_width, end_width, len(points)) / 2

    def distance(px, py):
        nearest = np.full(np.broadcast(px, py).shape, np.inf)
        for index in range(len(points) - 1):
            (ax, ay), (bx, by) = points[index : index + 2]
            length, along = _to_segment(px, py, ax, ay, bx, by)
            radius = radii[index] + along * (radii[index + 1] - radii[index])
            nearest = np.minimum(nearest, length - radius)
        return nearest

    low, high = points.min(axis=0) - radii.max(), points.max(axis=0) + radii.max()
    return Shape((*low, *high), distance)


def bend(points, steps=16):
    """The points of a Bézier curve with these control points."""
    points = [np.asarray(point, float) for point in points]
    along = np.linspace(0, 1, steps)[:, None]
    levels = [point[None, :] for point in points]
    while len(levels) > 1:
        levels = [a + (b - a) * along for a, b in zip(levels, levels[1:])]
    return levels[0]


def _to_segment(px, py, ax, ay, bx, by):
    """The distance to a segment, and how far along it the nearest point lies (0 to 1)."""
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    along = np.clip(((px - ax) * dx + (py - ay) * dy) / square, 0, 1) if square else 0 * px
    return np.hypot(px - ax - along * dx, py - ay - along * dy), along


class Canvas:
    """A picture in the making: a colour and an owner for every sample."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        rows, columns = height * SAMPLES, width * SAMPLES
        self.x = ((np.arange(columns) + 0.5) / SAMPLES)[None, :]
        self.y = ((np.arange(rows) + 0.5) / SAMPLES)[:, None]
        self.colour = np.zeros((rows, columns, 3))
        self.light = np.ones(3)
        self._owner = np.zeros((rows, columns), int)
        self._whole = {}
        self._current = 0

    def begin_object(self, number):
        """All that is painted from now on belongs to this object; 0 is the background."""
        self._current = number
        if number:
            self._whole[number] = np.zeros(self._owner.shape, bool)

    def paint(self, shape, colour, alpha=1.0, outline=None, outline_width=1.0, soft=0.0):
        """Lays a shape over what is there.

        `colour` is three numbers from 0 to 1, or a function of (x, y) that gives them. An
        outline lies outside the shape. `soft` blurs the edge over that many pixels.
        """
        if outline is not None:
            self._lay(shape, outline, alpha, outline_width, soft)
        self._lay(shape, colour, alpha, 0.0, soft)

    def _lay(self, shape, colour, alpha, grown, soft):
        rows, columns = self._window(shape.bounds, grown + soft + 1)
        x, y = self.x[:, columns], self.y[rows]
        if x.size == 0 or y.size == 0:
            return
        distance = shape.distance(x, y) - grown
        edge = max(1 / SAMPLES, soft)
        cover = (np.clip(0.5 - distance / edge, 0, 1) * alpha)[..., None]
        fill = colour(x, y) if callable(colour) else np.asarray(colour, float)
        if self._current:
            fill = fill * self.light
            inside = distance < 0
            self._owner[rows, columns][inside] = self._current
            self._whole[self._current][rows, columns] |= inside
        under = self.colour[rows, columns]
        self.colour[rows, columns] = under + (np.clip(fill, 0, 1) - under) * cover

    def _window(self, bounds, margin):
        def span(low, high, size):
            first = int(np.floor((low - margin) * SAMPLES))
            last = int(np.ceil((high + margin) * SAMPLES))
            return slice(min(max(first, 0), size), min(max(last, 0), size))

        x0, y0, x1, y1 = bounds
        rows, columns = self._owner.shape
        return span(y0, y1, rows), span(x0, x1, columns)

    def pixels(self):
        """The picture, as bytes."""
        shape = (self.height, SAMPLES, self.width, SAMPLES, 3)
        return np.round(self.colour.reshape(shape).mean(axis=(1, 3)) * 255).astype(np.uint8)

    def owners(self):
        """For each pixel the number of the object seen at its centre."""
        return self._owner[SAMPLES // 2 :: SAMPLES, SAMPLES // 2 :: SAMPLES]

    def whole(self, number):
        """The pixels of an object as if nothing stood before it."""
        return self._whole[number][SAMPLES // 2 :: SAMPLES, SAMPLES // 2 :: SAMPLES]
