"""Makes model_tester.json: what torchvision's own test of its detectors asks of them.

    /usr/bin/python3 make_model_tester.py [NAME...]   # needs torch 1.13.1 and torchvision 0.14.1

torchvision keeps its expectations as binary files; these are the same questions answered anew: a seed of
0, the detector with drawn weights, then one picture, drawn too or, where torchvision takes a photograph,
smooth. Its options are torchvision's. Of what is found it looks at every n-th row so that some twenty
are left, and of rows of more than thirty numbers at mean and standard deviation; a hundredth is the
tolerance, absolute or relative.
"""

from __future__ import annotations

import sys
from pathlib import Path

import fixture_file
import torch
from torchvision.models import detection

FILE = Path(__file__).resolve().parent / "model_tester.json"
SMALL = {"min_size": 224, "max_size": 224}
OPTIONS = {
    "fasterrcnn_resnet50_fpn": (20, SMALL),
    "fasterrcnn_resnet50_fpn_v2": (20, SMALL),
    "fasterrcnn_mobilenet_v3_large_fpn": (50, {"box_score_thresh": 0.02076}),
    "fasterrcnn_mobilenet_v3_large_320_fpn": (
        50,
        {
            "box_score_thresh": 0.02076,
            "rpn_pre_nms_top_n_test": 1000,
            "rpn_post_nms_top_n_test": 1000,
        },
    ),
    "maskrcnn_resnet50_fpn": (10, SMALL),
    "maskrcnn_resnet50_fpn_v2": (10, SMALL),
    "retinanet_resnet50_fpn": (20, {"score_thresh": 0.01, **SMALL}),
    "retinanet_resnet50_fpn_v2": (20, {"score_thresh": 0.01, **SMALL}),
    "keypointrcnn_resnet50_fpn": (2, {"box_score_thresh": 0.17, **SMALL}),
    "fcos_resnet50_fpn": (2, {"score_thresh": 0.05, **SMALL}),
    "ssd300_vgg16": (50, {}),
    "ssdlite320_mobilenet_v3_large": (50, {}),
}


def picture(side: int) -> torch.Tensor:
    """A smooth one of 224 pixels, else noise."""
    if side != 224:
        return torch.rand(3, side, side)
    coarse = torch.rand(1, 3, 8, 8)
    return torch.nn.functional.interpolate(coarse, size=(side, side), mode="bilinear")[0]


def compact(found: torch.Tensor) -> dict:
    """What is compared of a tensor."""
    rows = found.shape[0]
    numbers = found.double()
    if rows and numbers[0].numel() > 30:
        return {"rows": rows, "mean": numbers.mean().item(), "deviation": numbers.std().item()}
    step = rows // 20
    chosen = numbers if rows <= 20 else numbers[step - 1 :: step]
    return {"rows": rows, "numbers": chosen.flatten().tolist()}


def case(name: str) -> dict:
    """A detector's options and what it finds."""
    classes, options = OPTIONS[name]
    side = 224 if "min_size" in options else 300
    torch.manual_seed(0)
    model = getattr(detection, name)(
        weights=None, weights_backbone=None, num_classes=classes, **options
    ).eval()
    with torch.no_grad():
        found = model([picture(side)])[0]
    kept = ("boxes", "labels", "scores", "masks")
    return {
        "name": name,
        "classes": classes,
        "side": side,
        "options": [[key, str(value)] for key, value in options.items()],
        "found": [[key, compact(found[key])] for key in kept if key in found],
    }


def main() -> None:
    """Writes all, or prints those that are named."""
    names = sys.argv[1:]
    cases = []
    for name in names or OPTIONS:
        cases.append(case(name))
        print(name, cases[-1]["found"][0][1]["rows"], flush=True)
    if not names:
        fixture_file.write(FILE, cases)


if __name__ == "__main__":
    main()
