"""torchvision's `GeneralizedRCNNTransform`: the sizes it gives, and a batch in full."""

from __future__ import annotations

import math
import random

import torch
from torchvision.models.detection.transform import GeneralizedRCNNTransform, _resize_image_and_masks

LIMITS = [(800, 1333), (320, 640)]
COMMON = [
    (480, 640), (640, 480), (427, 640), (375, 500), (500, 375), (333, 500), (600, 800), (612, 612),
    (720, 1280), (1080, 1920), (1200, 1600), (1536, 2048), (768, 1024), (800, 1333), (320, 320),
    (320, 640), (100, 1000), (1000, 100), (64, 64), (1, 1), (1, 500), (17, 31), (799, 1333),
    (801, 1334), (350, 349), (1333, 800), (426, 640), (425, 640), (640, 640), (360, 640),
]
"""Heights and widths that pictures have, and odd ones."""
DRAWN = 20
DIFFERING = 10


def size(height: int, width: int, low: int, high: int) -> list[int]:
    """With the scale in float64, as from torchvision 0.28 on."""
    scale = min(low / min(height, width), high / max(height, width))
    return [math.floor(height * scale), math.floor(width * scale)]


def size_in_float32(height: int, width: int, low: int, high: int) -> list[int]:
    """As torchvision 0.14.1 resizes."""
    image, _ = _resize_image_and_masks(torch.zeros(1, height, width), float(low), float(high))
    return list(image.shape[-2:])


def may_differ(height: int, width: int, low: int, high: int) -> bool:
    """Whether a scale rounded to float32 gives another size: quick, to find candidates by."""
    exact = min(low / min(height, width), high / max(height, width))
    scale = torch.tensor(exact, dtype=torch.float32).item()
    return size(height, width, low, high) != [math.floor(side * scale) for side in (height, width)]


def pairs(low: int, high: int) -> list[tuple[int, int]]:
    """Common ones, drawn ones, and drawn ones on which the versions are likely to disagree."""
    draw = random.Random(low)
    drawn = [(draw.randint(30, 2000), draw.randint(30, 2000)) for _ in range(DRAWN)]
    disagreed: list[tuple[int, int]] = []
    while len(disagreed) < DIFFERING:
        pair = (draw.randint(30, 1200), draw.randint(30, 1200))
        if may_differ(*pair, low, high):
            disagreed.append(pair)
    return COMMON + drawn + disagreed


def size_case(low: int, high: int) -> dict:
    """Rows of height and width before and after; where 0.14.1 differs, what that gives follows."""
    rows = []
    for height, width in pairs(low, high):
        after, before = size(height, width, low, high), size_in_float32(height, width, low, high)
        rows.append([height, width, *after, *(before if before != after else [])])
    return {"minSize": low, "maxSize": high, "rows": rows}


def batch_case() -> dict:
    """Two pictures with boxes and masks in evaluation: normalised, resized, padded to 32."""
    torch.manual_seed(16)
    transform = GeneralizedRCNNTransform(12, 20, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    images = [(torch.rand(3, *shape) * 255).round() / 256 for shape in ((8, 10), (12, 6))]
    boxes = [torch.tensor([[1.0, 2, 7, 7.5], [0, 0, 10, 8]]), torch.tensor([[2.5, 3, 5, 9.25]])]
    shapes = [(len(b), *i.shape[1:]) for b, i in zip(boxes, images, strict=True)]
    masks = [(torch.rand(shape) > 0.5).byte() for shape in shapes]
    targets = [{"boxes": b, "masks": m} for b, m in zip(boxes, masks, strict=True)]
    made, resized = transform.eval()(images, targets)
    sizes = [list(image.shape[1:]) for image in images]
    for image, given in zip(made.image_sizes, sizes, strict=True):
        if list(image) != size(*given, 12, 20):
            raise ValueError(f"expected a size that both versions give, found {image} of {given}")
    found = [{"boxes": target["boxes"] + 0.5, "labels": None} for target in resized]
    back = transform.postprocess(found, made.image_sizes, [tuple(given) for given in sizes])
    return {
        "minSize": 12,
        "maxSize": 20,
        "images": [{"size": s, "values": i.flatten()} for s, i in zip(sizes, images, strict=True)],
        "boxes": boxes,
        "masks": [mask.flatten() for mask in masks],
        "batchShape": list(made.tensors.shape),
        "batch": made.tensors.flatten(),
        "imageSizes": made.image_sizes,
        "resizedBoxes": [target["boxes"] for target in resized],
        "resizedMasks": [target["masks"].flatten() for target in resized],
        "found": [detection["boxes"] for detection in found],
        "scaledBack": [detection["boxes"] for detection in back],
    }


def fixtures() -> dict:
    """By the file's name."""
    return {
        "resized_sizes": {"cases": [size_case(*limits) for limits in LIMITS]},
        "transform": batch_case(),
    }
