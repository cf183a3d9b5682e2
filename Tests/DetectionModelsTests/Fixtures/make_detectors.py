"""Makes detectors/*.json: what torchvision's detectors are and make, in digests.

    /usr/bin/python3 make_detectors.py [NAME...]    # needs torch 1.13.1 and torchvision 0.14.1

Each model is made after `torch.manual_seed(0)` with weights of none. Pictures are drawn after a seed;
their shorter side is the `min_size` of the model, so that they keep their size, but for SSD's. Detection scores are
near uniform with random weights, so the models are made with a score threshold that lets some through;
and features would vanish or grow from layer to layer, so that scores were all the same, but for the
running variances that they are given.
The losses are those of training after seed 2: the permutations of the samplers come from it. The
second picture has no object. Proposals are fewer than torchvision's, which costs most of the time. Training
is in float64, from the same float32 weights and numbers: in float32 a ReLU whose input is zero but for
rounding can switch, and moves gradients by percents.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from torchvision.models import detection, mobilenet_v2, mobilenet_v3_large
from torchvision.ops import FrozenBatchNorm2d, MultiScaleRoIAlign

import fixture_file

FOLDER = Path(__file__).resolve().parent / "detectors"
SIZE = (96, 128)
BOXES = [
    [
        [10.0, 20.0, 60.0, 90.0],
        [50.5, 8.0, 120.0, 90.25],
        [80.0, 40.0, 110.0, 80.0],
        [5.0, 5.0, 100.0, 92.0],
    ],
    [],
]
LABELS = [[1, 3, 2, 4], []]
CLASSES = 5
KEYPOINTS = 3
LIMIT = {"box_score_thresh": 0.21, "box_detections_per_img": 20}
LOWER = {**LIMIT, "box_score_thresh": 0.2}
FEWER = {
    "rpn_post_nms_top_n_train": 100,
    "rpn_post_nms_top_n_test": 100,
    "box_batch_size_per_image": 16,
}
RETINANET = {"score_thresh": 0.0105, "detections_per_img": 20}
FCOS = {"score_thresh": 0.0705, "detections_per_img": 20}
SSD = {"score_thresh": 0.2, "detections_per_img": 20}
# Pictures of one size have no least side.
RESIZED = {"ssd300_vgg16", "ssdlite320_mobilenet_v3_large"}
# Running variances in evaluation, where they are not 1.
VARIANCES = {
    "maskrcnn_resnet50_fpn": 1.5,
    "maskrcnn_resnet50_fpn_v2": 1.5,
    "keypointrcnn_resnet50_fpn": 1.5,
    "fasterrcnn_mobilenet_v3_large_320_fpn": 0.2,
    "tutorial": 0.2,
    "started": 0.2,
    "ssdlite320_mobilenet_v3_large": 0.02,
}
# The seed of the pictures where it is not 1: one whose proposals hang on no rounding.
SEEDS = {"maskrcnn_resnet50_fpn_v2": 3}


def tutorial(**options) -> torch.nn.Module:
    """A Faster R-CNN of a MobileNetV2's features with one map."""
    backbone = mobilenet_v2(weights=None).features
    backbone.out_channels = 1280
    return detection.FasterRCNN(
        backbone,
        rpn_anchor_generator=detection.rpn.AnchorGenerator(((32, 64, 128),), ((0.5, 1.0, 2.0),)),
        box_roi_pool=MultiScaleRoIAlign(["0"], 7, 2),
        **options,
    )


def started(**options) -> torch.nn.Module:
    """The same, of which the backbone starts from the weights of another MobileNetV2."""
    torch.manual_seed(7)
    network = mobilenet_v2(weights=None)
    torch.manual_seed(0)
    model = tutorial(**options)
    model.backbone.load_state_dict(network.features.state_dict())
    return model


def named(name: str):
    """torchvision's builder without any weights."""
    builder = getattr(detection, name)
    return lambda **options: builder(weights=None, weights_backbone=None, **options)


def frozen(**options) -> torch.nn.Module:
    """A Faster R-CNN of a MobileNetV3 whose norms stay as they are and three stages are trained."""
    backbone = mobilenet_v3_large(weights=None, norm_layer=FrozenBatchNorm2d)
    backbone = detection.backbone_utils._mobilenet_extractor(backbone, True, 3)
    sizes = ((32, 64, 128, 256, 512),) * 3
    anchors = detection.rpn.AnchorGenerator(sizes, ((0.5, 1.0, 2.0),) * 3)
    model = detection.FasterRCNN(backbone, rpn_anchor_generator=anchors, **options)
    for module in model.modules():
        if isinstance(module, FrozenBatchNorm2d):
            channels = len(module.weight)
            module.weight.copy_(torch.linspace(0.8, 1.2, channels))
            module.bias.copy_(torch.linspace(-0.2, 0.2, channels))
            module.running_mean.copy_(torch.linspace(-0.1, 0.1, channels))
            module.running_var.copy_(torch.linspace(0.15, 0.25, channels))
    return model


MODELS = {
    "retinanet_resnet50_fpn": (named, RETINANET),
    "maskrcnn_resnet50_fpn": (named, {**LIMIT, **FEWER}),
    "retinanet_resnet50_fpn_v2": (named, RETINANET),
    "maskrcnn_resnet50_fpn_v2": (named, {**LIMIT, **FEWER}),
    "keypointrcnn_resnet50_fpn": (named, {**LIMIT, **FEWER, "num_keypoints": KEYPOINTS}),
    "fasterrcnn_mobilenet_v3_large_320_fpn": (named, {**LOWER, "box_batch_size_per_image": 16}),
    "frozen": (lambda _: frozen, {**LOWER, **FEWER, "rpn_score_thresh": 0.05}),
    "tutorial": (lambda _: tutorial, {**LOWER, **FEWER}),
    "started": (lambda _: started, {**LOWER, **FEWER}),
    "fcos_resnet50_fpn": (named, FCOS),
    "ssd300_vgg16": (named, SSD),
    "ssdlite320_mobilenet_v3_large": (named, SSD),
}


def keypoints(boxes: list[list[float]]) -> torch.Tensor:
    """Of each box: one inside, one in its lower right corner, and one that is not labelled."""
    made = [
        [[x0 + (x1 - x0) / 4, y0 + (y1 - y0) / 2, 2], [x1, y1, 1], [0, 0, 0]]
        for x0, y0, x1, y1 in boxes
    ]
    return torch.tensor(made, dtype=torch.float32).reshape(-1, KEYPOINTS, 3)


def targets(masked: bool, pointed: bool) -> list[dict[str, torch.Tensor]]:
    """Of both pictures; a mask is the left half of its box."""
    made = []
    for boxes, labels in zip(BOXES, LABELS, strict=True):
        target = {
            "boxes": torch.tensor(boxes).reshape(-1, 4),
            "labels": torch.tensor(labels, dtype=torch.int64),
        }
        if masked:
            masks = torch.zeros(len(boxes), *SIZE, dtype=torch.uint8)
            for mask, (x0, y0, x1, y1) in zip(masks, boxes, strict=True):
                mask[int(y0) : int(y1), int(x0) : int((x0 + x1) / 2)] = 1
            target["masks"] = masks
        if pointed:
            target["keypoints"] = keypoints(boxes)
        made.append(target)
    return made


def detections(model: torch.nn.Module, images: list[torch.Tensor]) -> list[dict]:
    """In evaluation: boxes, labels, scores and keypoints in full, masks in digests."""
    with torch.no_grad():
        found = model.eval()(images)
    return [
        {
            **{key: each[key] for key in ("boxes", "labels", "scores")},
            **({"masks": fixture_file.digest(each["masks"])} if "masks" in each else {}),
            **(
                {"keypoints": each["keypoints"], "keypointScores": each["keypoints_scores"]}
                if "keypoints" in each
                else {}
            ),
        }
        for each in found
    ]


def fixture(name: str) -> dict:
    """Keys with shapes, weights, detections, losses and gradients of one model."""
    maker, options = MODELS[name]
    torch.manual_seed(0)
    size = {} if name in RESIZED else {"min_size": SIZE[0]}
    model = maker(name)(num_classes=CLASSES, **size, **options)
    weights = [fixture_file.digest(tensor) for tensor in model.state_dict().values()]
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_var.fill_(VARIANCES.get(name, 1))
    seed = SEEDS.get(name, 1)
    torch.manual_seed(seed)
    images = [torch.rand(3, *SIZE) for _ in BOXES]
    found = detections(model, images)
    torch.manual_seed(2)
    exact = [{key: value.double() if key == "boxes" else value for key, value in each.items()}
             for each in targets("maskrcnn" in name, "keypoint" in name)]
    losses = model.double().train()([image.double() for image in images], exact)
    sum(losses.values()).backward()
    return {
        "imageSeed": seed,
        "variance": VARIANCES.get(name, 1),
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "keys": [[key, list(tensor.shape)] for key, tensor in model.state_dict().items()],
        "weights": weights,
        "detections": found,
        "losses": [[key, value.item()] for key, value in losses.items()],
        "gradients": [
            [key, fixture_file.digest(parameter.grad)]
            for key, parameter in model.named_parameters()
            if parameter.grad is not None
        ],
    }


def main() -> None:
    """Writes those of the names, or all."""
    torch.set_num_threads(2)
    for name in sys.argv[1:] or MODELS:
        value = fixture(name)
        fixture_file.write(FOLDER / f"{name}.json", value)
        found = [len(each["scores"]) for each in value["detections"]]
        print(name, value["parameters"], found, value["losses"], flush=True)


if __name__ == "__main__":
    main()
