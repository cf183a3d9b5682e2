"""Draws masks, boxes and labels of a COCO file with supervision's annotators.

    peer.py COCO.json PICTURES OUTPUT
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import supervision as sv


def mask(annotation: dict, width: int, height: int) -> np.ndarray:
    """The pixels of an annotation's polygons or run lengths."""
    outline = annotation["segmentation"]
    if isinstance(outline, dict):
        return sv.rle_to_mask(outline["counts"], (width, height)).astype(bool)
    pixels = np.zeros((height, width), bool)
    for ring in outline:
        corners = np.array(ring).reshape(-1, 2).round().astype(np.int32)
        pixels |= sv.polygon_to_mask(corners, (width, height)).astype(bool)
    return pixels


def main() -> None:
    """Draws every picture, one after the other; OpenCV takes what threads it likes."""
    truth, pictures, output = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2]), Path(sys.argv[3])
    output.mkdir(parents=True)
    names = {category["id"]: category["name"] for category in truth["categories"]}
    by_image = defaultdict(list)
    for annotation in truth["annotations"]:
        by_image[annotation["image_id"]].append(annotation)
    annotators = [sv.MaskAnnotator(), sv.BoxAnnotator()]
    labels = sv.LabelAnnotator()
    for image in truth["images"]:
        scene = cv2.imread(str(pictures / image["file_name"]))
        found = by_image[image["id"]]
        if found:
            boxes = np.array([annotation["bbox"] for annotation in found], float)
            boxes[:, 2:] += boxes[:, :2]
            detections = sv.Detections(
                xyxy=boxes,
                mask=np.array([mask(each, image["width"], image["height"]) for each in found]),
                class_id=np.array([each["category_id"] for each in found]),
            )
            for annotator in annotators:
                scene = annotator.annotate(scene, detections)
            texts = [names[each["category_id"]] for each in found]
            scene = labels.annotate(scene, detections, texts)
        path = output / Path(image["file_name"]).with_suffix(".jpg").name
        cv2.imwrite(str(path), scene, [cv2.IMWRITE_JPEG_QUALITY, 90])


main()
