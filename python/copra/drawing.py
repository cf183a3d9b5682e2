"""Annotations on matplotlib's axes, for `COCO.showAnns`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from copra.coco import COCO, Record

_ALPHA = 0.4
_CROWD_COLOUR = np.array([2.0, 166.0, 101.0]) / 255


def show(coco: COCO, annotations: Sequence[Record], draws_boxes: bool) -> None:
    """Draws outlines, masks, keypoints and, if asked, boxes; prints captions.

    Colours come from NumPy's own generator: after the same seed they are pycocotools'.
    """
    if not annotations:
        return
    if "caption" in annotations[0]:
        for annotation in annotations:
            print(annotation["caption"])
        return
    from matplotlib import pyplot
    from matplotlib.collections import PatchCollection

    axes = pyplot.gca()
    axes.set_autoscale_on(False)
    patches: list[Any] = []
    colours: list[list[float]] = []
    for annotation in annotations:
        colour = _random_colour(0.6, 0.4)
        found = _draw(coco, annotation, axes, colour, draws_boxes)
        patches += found
        colours += [colour] * len(found)
    axes.add_collection(PatchCollection(patches, facecolor=colours, linewidths=0, alpha=_ALPHA))
    axes.add_collection(
        PatchCollection(patches, facecolor="none", edgecolors=colours, linewidths=2)
    )


def _random_colour(range_: float, least: float) -> list[float]:
    colour: list[float] = (np.random.random(3) * range_ + least).tolist()
    return colour


def _draw(
    coco: COCO, annotation: Record, axes: Any, colour: list[float], draws_box: bool
) -> list[Any]:
    """Draws a mask and keypoints; the polygons to draw after all of these."""
    from matplotlib.patches import Polygon

    rings: list[Any] = []
    outline = annotation.get("segmentation")
    if isinstance(outline, list):
        rings += [np.asarray(ring, dtype=float).reshape(-1, 2) for ring in outline]
    elif outline is not None:
        pixels = coco.annToMask(annotation)
        shade = _CROWD_COLOUR if annotation.get("iscrowd") else _random_colour(1, 0)
        axes.imshow(np.dstack([np.full((*pixels.shape, 3), shade), pixels * 0.5]))
    if isinstance(annotation.get("keypoints"), list):
        _draw_keypoints(coco, annotation, axes, colour)
    if draws_box:
        x, y, width, height = annotation["bbox"]
        right, bottom = x + width, y + height
        rings.append(np.array([[x, y], [x, bottom], [right, bottom], [right, y]]))
    return [Polygon(ring) for ring in rings]


def _draw_keypoints(coco: COCO, annotation: Record, axes: Any, colour: Any) -> None:
    points = np.asarray(annotation["keypoints"], dtype=float).reshape(-1, 3)
    for bone in coco.cats[annotation["category_id"]].get("skeleton", []):
        ends = points[np.asarray(bone) - 1]
        if (ends[:, 2] > 0).all():
            axes.plot(ends[:, 0], ends[:, 1], linewidth=3, color=colour)
    for labelled, edge in ((points[:, 2] > 0, "k"), (points[:, 2] > 1, colour)):
        axes.plot(
            *points[labelled, :2].T,
            "o",
            markersize=8,
            markerfacecolor=colour,
            markeredgecolor=edge,
            markeredgewidth=2,
        )
