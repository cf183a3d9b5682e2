"""From a scene to its picture and to what is true of every object on it."""

from dataclasses import dataclass
from random import Random

import numpy as np

from .canvas import Canvas
from .objects import KINDS
from .scenery import paint_gull, paint_scenery, paint_shadow

# An object of which more than this part is hidden by nearer ones is called occluded.
OCCLUDED = 0.05


@dataclass
class Object:
    """An object as it can be seen. The box holds its visible pixels, as edges x0, y0, x1, y1."""

    category: str
    mask: np.ndarray
    box: tuple
    pose: str
    difficult: bool
    truncated: bool
    occluded: bool


@dataclass
class Picture:
    """A drawn scene; `pixels` and masks are upright, whatever the orientation of its file."""

    name: str
    split: str
    pixels: np.ndarray
    orientation: int
    objects: list

    @property
    def stem(self):
        return self.name.rsplit(".", 1)[0]

    @property
    def height(self):
        return self.pixels.shape[0]

    @property
    def width(self):
        return self.pixels.shape[1]


def draw(scene, name, seed):
    """Draws a scene. The same seed gives the same picture."""
    random = Random(seed)
    canvas = Canvas(*scene.size)
    paint_scenery(
        canvas, random, scene.hour, scene.horizon, scene.shore, scene.sun, scene.clouds, scene.hills
    )
    for gull in scene.gulls:
        paint_gull(canvas, *gull)
    for number, thing in enumerate(scene.things, start=1):
        canvas.begin_object(0)
        if not _hangs(thing, scene):
            paint_shadow(canvas, thing.kind, thing.x, thing.y, thing.size)
        canvas.begin_object(number)
        KINDS[thing.kind](canvas, random, thing.x, thing.y, thing.size, **thing.look)
    pixels = canvas.pixels()
    if scene.grey:
        pixels = np.round(pixels @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)
    return Picture(name, scene.split, pixels, scene.orientation, list(_objects(scene, canvas)))


def _hangs(thing, scene):
    return thing.kind == "coconut" and scene.shore is not None and thing.y < scene.shore


def _objects(scene, canvas):
    owners = canvas.owners()
    for number, thing in enumerate(scene.things, start=1):
        mask = owners == number
        if not mask.any():
            continue
        whole = canvas.whole(number)
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
        cut = whole[0].any() or whole[-1].any() or whole[:, 0].any() or whole[:, -1].any()
        hidden = 1 - mask.sum() / whole.sum()
        yield Object(
            thing.kind, mask, box, thing.pose, thing.difficult, bool(cut), hidden > OCCLUDED
        )
