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
    """Draws outlines, masks, keypoints and, if asked, boxes; prints captions."""
    if not annotations:
        return
    if "caption" in annotations[0]:
        for annotation in annotations:
            print(annotation["caption"])
        return
    from matplotlib import pyplot

    axes = pyplot.gca()
    axes.set_autoscale_on(False)
    random = np.random.default_rng()
    for annotation in annotations:
        colour = random.random(3) * 0.6 + 0.4
        _draw(coco, annotation, axes, colour, draws_boxes)


def _draw(coco: COCO, annotation: Record, axes: Any, colour: Any, draws_box: bool) -> None:
    from matplotlib.patches import Polygon, Rectangle

    outline = annotation.get("segmentation")
    if isinstance(outline, list):
        for ring in outline:
            corners = np.asarray(ring, dtype=float).reshape(-1, 2)
            axes.add_patch(Polygon(corners, facecolor=colour, alpha=_ALPHA, linewidth=0))
            axes.add_patch(Polygon(corners, facecolor="none", edgecolor=colour, linewidth=2))
    elif outline is not None:
        pixels = coco.annToMask(annotation)
        shade = _CROWD_COLOUR if annotation.get("iscrowd") else colour
        axes.imshow(np.dstack([*(pixels * part for part in shade), pixels * 0.5]))
    if isinstance(annotation.get("keypoints"), list):
        _draw_keypoints(coco, annotation, axes, colour)
    if draws_box:
        x, y, width, height = annotation["bbox"]
        axes.add_patch(
            Rectangle((x, y), width, height, facecolor="none", edgecolor=colour, linewidth=2)
        )


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
