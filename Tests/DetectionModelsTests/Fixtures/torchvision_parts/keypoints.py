"""torchvision's `keypoints_to_heatmap` and `heatmaps_to_keypoints`."""

from __future__ import annotations

import torch
from torchvision.models.detection.roi_heads import heatmaps_to_keypoints, keypoints_to_heatmap

from torchvision_parts.random_boxes import random_boxes, seeded

SIDE = 6
# Larger and smaller than a heatmap, of fractions, and thinner than a pixel both ways.
BOXES = [
    [2, 3, 41, 30],
    [3.25, 1.75, 9.5, 8.625],
    [0, 0, 4, 3],
    [5.5, 2, 5.75, 19],
    [1, 7.25, 30.5, 7.5],
]
# On each edge, beyond it, in the middle, and there but not labelled.
PLACES = [
    [2, 3, 2],
    [41, 30, 1],
    [41, 10, 2],
    [20, 30, 2],
    [1.9, 10, 2],
    [20, 30.5, 2],
    [21.5, 16.5, 1],
    [20, 20, 0],
]


def fixtures() -> dict:
    """By the file's name."""
    generator = seeded(41)
    boxes = torch.tensor(BOXES)
    maps = torch.rand(len(BOXES), 3, SIDE, SIDE, generator=generator)
    # Several highest points, of which the first counts.
    maps[0, 0] = 0
    keypoints, scores = heatmaps_to_keypoints(maps, boxes)
    rois = torch.cat([boxes[:1], random_boxes(3, 40, generator)])
    points = torch.tensor(PLACES)[None].expand(len(rois), -1, -1)
    indices, valid = keypoints_to_heatmap(points, rois, SIDE)
    return {
        "heatmap_keypoints": {
            "side": SIDE,
            "boxes": boxes,
            "maps": maps.flatten(1),
            "keypoints": keypoints.flatten(1),
            "scores": scores,
        },
        "keypoint_places": {
            "side": SIDE,
            "boxes": rois,
            "keypoints": torch.tensor(PLACES),
            "indices": indices,
            "valid": valid,
        },
    }
