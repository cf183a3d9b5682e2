"""Trains on each annotation of a COCO file alone: torchvision_training.py FILE; refused ids as JSON.

A detector as small as can be, on empty pictures: what counts is which boxes torchvision refuses to
train on. Runs in Debian's Python, which has torchvision but none of the claims' packages.
"""

import json
import sys

import torch
import torchvision
from torchvision.models.detection import FasterRCNN
from torchvision.models.detection.anchor_utils import AnchorGenerator


def detector(width: int, height: int) -> FasterRCNN:
    """One convolution under torchvision's own heads; pictures keep their size."""
    backbone = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3, padding=1))
    backbone.out_channels = 8
    return FasterRCNN(
        backbone,
        num_classes=3,
        min_size=min(width, height),
        max_size=max(width, height),
        rpn_anchor_generator=AnchorGenerator(((16,),), ((1.0,),)),
        box_roi_pool=torchvision.ops.MultiScaleRoIAlign(["0"], 2, 2),
        box_detections_per_img=4,
    )


def is_refused(model: FasterRCNN, annotation: dict, width: int, height: int) -> bool:
    """Whether training on it raises."""
    x, y, box_width, box_height = annotation["bbox"]
    target = {
        "boxes": torch.tensor([[x, y, x + box_width, y + box_height]], dtype=torch.float32),
        "labels": torch.tensor([annotation["category_id"]]),
    }
    try:
        model([torch.zeros(3, height, width)], [target])
    except (AssertionError, ValueError):
        return True
    return False


def main() -> None:
    """Prints the ids and the version."""
    with open(sys.argv[1]) as file:
        data = json.load(file)
    torch.manual_seed(1)
    width, height = data["images"][0]["width"], data["images"][0]["height"]
    model = detector(width, height).train()
    refused = [
        note["id"] for note in data["annotations"] if is_refused(model, note, width, height)
    ]
    print(json.dumps({"refused": refused, "version": torchvision.__version__}))


if __name__ == "__main__":
    main()
