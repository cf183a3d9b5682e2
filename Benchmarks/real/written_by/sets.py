"""What a set that a program wrote holds of the truth, and how that program rounds."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator

from boxes import Sides
from written_by import truth

Rounding = Callable[[Sides], Sides]
"""Makes of left, top, right and bottom what a program writes."""


def as_given(edges: Sides) -> Sides:
    """Nothing is rounded."""
    return edges


def cut(edges: Sides) -> Sides:
    """Whole pixels, by Python's int()."""
    left, top, right, bottom = map(math.floor, edges)
    return (left, top, right, bottom)


def nearest_from_one(edges: Sides) -> Sides:
    """Whole pixels by Python's round(), the upper left counted from 1."""
    left, top, right, bottom = edges
    return (round(left + 1), round(top + 1), round(right), round(bottom))


def pixels_from_one(edges: Sides) -> Sides:
    """The outermost pixels of a mask, counted from 1."""
    left, top, right, bottom = cut(edges)
    return (left + 1, top + 1, right + 1, bottom + 1)


@dataclasses.dataclass(frozen=True)
class Written:
    """A set of a program: how it rounds, what it leaves out, and which errors are its own."""

    program: str
    name: str
    rounding: Rounding = as_given
    tolerance: float = 1e-6
    """Of x, y, width and height in pixels, after `rounding`."""
    nested: bool = False
    splits: tuple[str, ...] = truth.SPLITS
    empty: bool = True
    """Whether it says which pictures are without objects."""
    lists_classes: bool = False
    """Whether it holds the classes in their order, and the one that no object has."""
    one_class: str = ""
    """What all objects are called in a format that has no classes."""
    outlines: bool = False
    """Whether outlines are written."""
    masks: bool = False
    """Whether each object has a mask."""
    without: tuple[str, ...] = ()
    """Pictures that are not given to the program."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Pictures that the program calls otherwise."""
    errors: tuple[str, ...] = ()
    """Rules whose errors are true."""

    def pictures(self) -> Iterator[truth.Picture]:
        """The pictures that it should give, under the names that they have in it."""
        names = dict(self.renamed)
        for picture in truth.pictures(nested=self.nested):
            is_told = self.empty or picture.things
            if picture.split in self.splits and picture.name not in self.without and is_told:
                things = tuple(self.as_written(thing) for thing in picture.things)
                name = names.get(picture.name, picture.name)
                yield dataclasses.replace(picture, name=name, things=things)

    def as_written(self, thing: truth.Thing) -> truth.Thing:
        """An object as the program rounds it."""
        left, top, right, bottom = self.rounding(thing.edges)
        sides = (left, top, right - left, bottom - top)
        category = self.one_class or thing.category
        return dataclasses.replace(thing, category=category, sides=sides)
