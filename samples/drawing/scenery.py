"""What stands behind the objects: sky, sea and sand. None of it is annotated."""

from typing import NamedTuple

import numpy as np

from .canvas import Shape, bend, ellipse, polygon, stroke
from .objects import fade


class Hour(NamedTuple):
    """The colours of an hour of the day."""

    zenith: tuple
    horizon: tuple
    disc: tuple
    cloud: tuple
    far_sea: tuple
    near_sea: tuple
    sand: tuple
    light: tuple


HOURS = {
    "noon": Hour(
        (0.20, 0.56, 0.92),
        (0.78, 0.93, 0.99),
        (1.0, 0.97, 0.72),
        (1, 1, 1),
        (0.10, 0.48, 0.74),
        (0.32, 0.80, 0.80),
        (0.96, 0.87, 0.66),
        (1, 1, 1),
    ),
    "morning": Hour(
        (0.42, 0.66, 0.90),
        (1.0, 0.89, 0.76),
        (1.0, 0.95, 0.80),
        (1.0, 0.97, 0.95),
        (0.28, 0.56, 0.72),
        (0.52, 0.80, 0.78),
        (0.93, 0.83, 0.68),
        (1.0, 0.97, 0.93),
    ),
    "sunset": Hour(
        (0.30, 0.22, 0.48),
        (1.0, 0.62, 0.30),
        (1.0, 0.90, 0.55),
        (1.0, 0.66, 0.56),
        (0.62, 0.34, 0.40),
        (0.30, 0.24, 0.44),
        (0.80, 0.58, 0.46),
        (0.98, 0.80, 0.72),
    ),
    "dawn": Hour(
        (0.36, 0.42, 0.70),
        (1.0, 0.76, 0.72),
        (1.0, 0.88, 0.76),
        (1.0, 0.84, 0.84),
        (0.58, 0.50, 0.66),
        (0.34, 0.48, 0.66),
        (0.84, 0.72, 0.68),
        (0.96, 0.88, 0.90),
    ),
    "night": Hour(
        (0.06, 0.09, 0.26),
        (0.26, 0.34, 0.56),
        (0.98, 0.97, 0.86),
        (0.34, 0.40, 0.58),
        (0.14, 0.22, 0.42),
        (0.10, 0.26, 0.42),
        (0.46, 0.46, 0.52),
        (0.66, 0.70, 0.86),
    ),
}


def paint_scenery(canvas, random, hour, horizon, shore, sun, clouds=3, hills=()):
    """Paints sky, sea and, below the line `shore` (None: sea only), sand.

    `horizon`, `shore`, `sun` and `hills` (x, width, height) are in pixels.
    """
    colours = HOURS[hour]
    canvas.light = np.asarray(colours.light)
    _sky(canvas, random, colours, horizon, sun, clouds, stars=hour == "night")
    for x, width, height in hills:
        _hill(canvas, colours, horizon, x, width, height)
    _sea(canvas, random, colours, horizon, shore, sun)
    if shore is not None:
        _sand(canvas, random, colours, shore)


def _band(canvas, top, bottom):
    corners = [(-9, top), (canvas.width + 9, top), (canvas.width + 9, bottom), (-9, bottom)]
    return polygon(corners)


def _sky(canvas, random, colours, horizon, sun, clouds, stars):
    canvas.paint(
        _band(canvas, -9, horizon + 1), fade((0, 0), (0, horizon), colours.zenith, colours.horizon)
    )
    for _ in range(40 if stars else 0):
        star = ellipse(
            random.uniform(0, canvas.width),
            random.uniform(0, horizon * 0.8),
            random.uniform(0.4, 0.9),
        )
        canvas.paint(star, (1, 1, 0.92), random.uniform(0.5, 1))
    if sun is not None:
        x, y, radius = sun
        for step in (2.6, 1.9, 1.4):
            canvas.paint(ellipse(x, y, radius * step), colours.disc, 0.16, soft=radius * 0.9)
        canvas.paint(ellipse(x, y, radius), colours.disc)
    for _ in range(clouds):
        _cloud(
            canvas,
            random,
            colours,
            random.uniform(0, canvas.width),
            random.uniform(0.12, 0.62) * horizon,
            random.uniform(0.10, 0.17) * canvas.width,
        )


def _cloud(canvas, random, colours, x, y, size):
    puffs = [(-0.75, 0.06, 0.34), (-0.25, -0.12, 0.46), (0.30, -0.06, 0.42), (0.80, 0.08, 0.28)]
    for along, up, radius in puffs:
        puff = ellipse(
            x + along * size,
            y + up * size,
            radius * size * random.uniform(0.9, 1.2),
            radius * size * 0.55,
        )
        canvas.paint(puff, colours.cloud, 0.72, soft=size * 0.07)


def _hill(canvas, colours, horizon, x, width, height):
    ridge = bend(
        [
            (x - width / 2, horizon + 1),
            (x - width * 0.2, horizon - height * 1.5),
            (x + width * 0.05, horizon - height * 0.5),
            (x + width * 0.25, horizon - height * 1.3),
            (x + width / 2, horizon + 1),
        ],
        24,
    )
    haze = np.asarray(colours.far_sea) * 0.55 + np.asarray(colours.horizon) * 0.30
    canvas.paint(
        polygon(ridge), fade((x, horizon - height), (x, horizon), haze * 0.95, haze * 1.15)
    )


def _sea(canvas, random, colours, horizon, shore, sun):
    end = canvas.height if shore is None else shore
    canvas.paint(
        _band(canvas, horizon, canvas.height + 9),
        fade((0, horizon), (0, end), colours.far_sea, colours.near_sea),
    )
    for _ in range(int(canvas.width * (end - horizon) / 500)):
        depth = random.uniform(0.03, 1)
        x, y = random.uniform(0, canvas.width), horizon + depth * (end - horizon)
        length = 3 + 13 * depth
        ripple = bend([(x - length, y), (x, y - 1.2 * depth - 0.6), (x + length, y)], 6)
        canvas.paint(stroke(ripple, 0.5 + 0.8 * depth), (1, 1, 1), random.uniform(0.14, 0.34))
    if sun is not None:
        for step in range(int((end - horizon) / 4)):
            y, spread = horizon + 2 + 4 * step, sun[2] * (0.5 + 0.05 * step)
            x = sun[0] + random.uniform(-0.4, 0.4) * spread
            canvas.paint(
                stroke([(x - spread, y), (x + spread, y)], 1.3), colours.disc, 0.42, soft=1
            )


def _sand(canvas, random, colours, shore):
    phase, swing = random.uniform(0, 6), canvas.height * 0.012

    def below(offset):
        def distance(px, py):
            line = shore + offset + swing * np.sin(px / canvas.width * 7 + phase)
            return line + 0.5 * swing * np.sin(px / canvas.width * 17 + 2 * phase) - py

        return Shape((0, shore + offset - 9, canvas.width, canvas.height), distance)

    sand = np.asarray(colours.sand)
    canvas.paint(below(-5), (1, 1, 1), 0.38)
    canvas.paint(below(-1.5), np.minimum(1, np.asarray(colours.light) * 1.05), 0.9)
    canvas.paint(below(1.5), sand * 0.80)
    canvas.paint(below(7), fade((0, shore), (0, canvas.height), sand, sand * 0.88), soft=4)
    for _ in range(int(canvas.width * (canvas.height - shore) / 330)):
        x = random.uniform(0, canvas.width)
        y = random.uniform(shore + 12, max(canvas.height, shore + 13))
        grain = ellipse(x, y, random.uniform(0.6, 1.5), 0.7)
        canvas.paint(grain, sand * (0.70 if random.random() < 0.6 else 1.10), 0.6)


def paint_shadow(canvas, kind, x, y, size):
    """The dark patch under a thing on the sand, or the mirror image's smear under a boat."""
    if kind == "boat":
        for step in range(5):
            line = [
                (x - size * (0.40 - 0.05 * step), y + 1 + step * size * 0.035),
                (x + size * (0.38 - 0.04 * step), y + 1 + step * size * 0.035),
            ]
            canvas.paint(stroke(line, size * 0.022), (0.05, 0.12, 0.22), 0.26)
        canvas.paint(
            stroke([(x - size * 0.42, y + 0.5), (x + size * 0.40, y + 0.5)], size * 0.02),
            (1, 1, 1),
            0.55,
        )
        return
    width = {"coconut": 0.56, "crab": 0.40, "palm": 0.13}[kind] * size
    shade = ellipse(x + width * 0.25, y - width * 0.04, width, width * 0.24)
    canvas.paint(shade, (0.14, 0.09, 0.16), 0.34, soft=width * 0.16)


def paint_gull(canvas, x, y, size):
    """A bird far away; not annotated."""
    wings = np.concatenate(
        [
            bend([(x - size, y), (x - size * 0.5, y - size * 0.7), (x, y)], 8),
            bend([(x, y), (x + size * 0.5, y - size * 0.7), (x + size, y)], 8),
        ]
    )
    canvas.paint(stroke(wings, size * 0.16), (0.20, 0.20, 0.28), 0.85)
