"""The pictures and objects that every program is given to write.

Nothing about them is easy: names with blanks, dots, umlauts, a comma, a hash and a percent sign,
classes that YAML or a file name would like to be something else, boxes with fractions and at every
edge, pictures without objects, and a class that no object has.
"""

from __future__ import annotations

import dataclasses

from boxes import Box, Sides

CLASSES = ("zebra", "big dog", "Brücke", "traffic.light", "no", "never seen")
SPLITS = ("train", "val")


@dataclasses.dataclass(frozen=True)
class Thing:
    """An object: x, y, width and height in pixels, and the outline if it has one."""

    category: str
    sides: Sides
    outline: tuple[float, ...] = ()

    @classmethod
    def outlined(cls, category: str, *outline: float) -> Thing:
        """An object whose box is that of its outline."""
        across, down = outline[::2], outline[1::2]
        left, top = min(across), min(down)
        return cls(category, (left, top, max(across) - left, max(down) - top), outline)

    @property
    def number(self) -> int:
        """Its class's place, from 0."""
        return CLASSES.index(self.category)

    @property
    def edges(self) -> Sides:
        """Left, top, right and bottom."""
        x, y, width, height = self.sides
        return (x, y, x + width, y + height)

    @property
    def corners(self) -> tuple[float, ...]:
        """The outline, or the box's corners clockwise from the upper left."""
        left, top, right, bottom = self.edges
        return self.outline or (left, top, right, top, right, bottom, left, bottom)


@dataclasses.dataclass(frozen=True)
class Picture:
    """A picture of a split; its name may hold folders."""

    split: str
    name: str
    width: int
    height: int
    things: tuple[Thing, ...] = ()


PICTURES = (
    Picture(
        *("train", "first look.v2.jpg", 317, 211),
        (
            Thing("zebra", (10.25, 20.5, 100.75, 60.125)),
            Thing("zebra", (14.5, 24.75, 100.25, 60.5)),
            Thing("no", (0.0, 0.0, 317.0, 211.0)),
        ),
    ),
    Picture(
        *("train", "Wörter, Übung.png", 640, 480),
        (
            Thing("Brücke", (600.3, 440.7, 39.7, 39.3)),
            Thing("traffic.light", (0.0, 100.0, 3.6, 9.1)),
            Thing.outlined("big dog", 100.5, 90, 220.25, 110.75, 180, 300.5, 90.125, 250),
        ),
    ),
    Picture("train", "nothing here.jpg", 120, 90),
    Picture("train", "50%20off.jpg", 97, 203, (Thing("big dog", (33.3, 44.4, 55.5, 66.6)),)),
    Picture(
        *("val", "no #7.jpg", 333, 250),
        (
            Thing.outlined("Brücke", 20, 30, 80, 30.5, 80, 95.75, 50.5, 60.25, 20, 95.75),
            Thing("zebra", (332.0 - 29.5, 0.0, 30.5, 30.5)),
        ),
    ),
    Picture("val", "überall.png", 51, 77, (Thing("no", (1.0, 1.0, 49.0, 75.0)),)),
    Picture("val", "1.jpg", 64, 48),
)
OVERLAPPING = "first look.v2.jpg"
"""The picture whose objects cover one another, which a mask of classes cannot hold."""
FOLDERS = {
    "first look.v2.jpg": "a b/first look.v2.jpg",
    "50%20off.jpg": "c.d/1.jpg",
    "no #7.jpg": "tief/er/no #7.jpg",
}
"""Where some pictures lie in a set with folders, in which two have one base name."""


def pictures(split: str = "", nested: bool = False) -> list[Picture]:
    """The pictures of a split or of all, with folders in their names or without."""
    listed = [picture for picture in PICTURES if split in ("", picture.split)]
    if not nested:
        return listed
    return [dataclasses.replace(p, name=FOLDERS.get(p.name, p.name)) for p in listed]


def boxes(listed: list[Picture]) -> list[Box]:
    """The boxes of pictures, by split and name."""
    return [Box(key(p.split, p.name), t.category, t.sides) for p in listed for t in p.things]


def key(split: str, name: str) -> str:
    """What a picture is called where splits are compared too."""
    return f"{split}: {name}"
