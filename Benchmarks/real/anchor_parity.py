"""The anchor report of `copra check` against torchvision's own anchors, one by one.

For every box of tinycoco the greatest overlap with all anchors that torchvision's model makes for its
picture, by torchvision's `box_iou`: a slow exact reference. copra finds the same from the nearest places
alone. FCOS has places in place of anchors and is left out.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import torch
import torchvision
from torchvision.models import detection
from torchvision.models.detection.image_list import ImageList

MODELS = [
    "fasterrcnn_resnet50_fpn", "fasterrcnn_mobilenet_v3_large_fpn", "retinanet_resnet50_fpn",
    "ssd300_vgg16", "ssdlite320_mobilenet_v3_large",
]
# Both are of 32 bits.
TOLERANCE = 1e-5
DATASETS = Path(os.environ.get("COPRA_DATASETS", Path(__file__).parents[3] / "shared" / "datasets"))


def best_overlaps(name, dataset):
    model = getattr(detection, name)(weights=None, weights_backbone=None).eval()
    two_stages = hasattr(model, "rpn")
    generator = model.rpn.anchor_generator if two_stages else model.anchor_generator
    fixed = model.transform.fixed_size
    boxes = {}
    for annotation in dataset["annotations"]:
        if not annotation.get("iscrowd"):
            boxes.setdefault(annotation["image_id"], []).append(annotation)
    best, anchors_by_size = {}, {}
    for image in dataset["images"]:
        own = boxes.get(image["id"])
        if not own:
            continue
        width, height = image["width"], image["height"]
        scale = min(800 / min(width, height), 1333 / max(width, height))
        size = (int(height * scale), int(width * scale)) if fixed is None else tuple(reversed(fixed))
        padded = tuple(-(-side // 32) * 32 for side in size) if fixed is None else size
        if padded not in anchors_by_size:
            picture = torch.zeros(1, 3, *padded)
            with torch.no_grad():
                maps = list(model.backbone(picture).values())
            anchors_by_size[padded] = generator(ImageList(picture, [padded]), maps)[0]
        corners = torch.tensor([annotation["bbox"] for annotation in own], dtype=torch.float32)
        corners[:, 2:] += corners[:, :2]
        corners[:, 0::2].clamp_(0, width)
        corners[:, 1::2].clamp_(0, height)
        ratios = torch.tensor([size[1] / width, size[0] / height] * 2, dtype=torch.float32)
        overlaps = torchvision.ops.box_iou(corners * ratios, anchors_by_size[padded])
        for annotation, overlap in zip(own, overlaps.max(dim=1).values.tolist()):
            best[annotation["id"]] = overlap
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", default=".build/release/copra-engine")
    options = parser.parse_args()
    failed = False
    for split in ["train", "val"]:
        path = DATASETS / "tinycoco" / "annotations" / f"instances_{split}2017.json"
        dataset = json.loads(path.read_text())
        for name in MODELS:
            command = [options.engine, "check", str(path), "--model", name, "--budget", "0"]
            command += ["--skip", "validation,step", "--format", "json"]
            # 1 where the data has errors, of which the anchors do not know.
            output = subprocess.run(command, capture_output=True, check=False).stdout
            ours = dict(json.loads(output)["model"]["best_overlaps"])
            theirs = best_overlaps(name, dataset)
            largest = max(abs(ours[key] - theirs[key]) for key in ours)
            same = ours.keys() <= theirs.keys() and largest <= TOLERANCE
            failed = failed or not same
            print(
                f"{'passed' if same else 'FAILED'}  {split} {name}: {len(ours)} of {len(theirs)} boxes, "
                f"largest difference {largest:.1e}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
