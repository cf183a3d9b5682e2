"""Compares `copra-engine forward` with torchvision's detectors: detections, losses and gradients.

    /usr/bin/python3 Benchmarks/real/detector_parity.py --engine PATH [NAME…]

torchvision builds each detector from a seed and writes its state as a `.pth` checkpoint, which the
engine loads; both compute in float64 with that. The weights are conditioned so that scores and
variances differ as trained ones do: without that nothing would be certain enough to be a detection.
Each detector is compared twice: as it is without trained weights, where all of it is trained; and as
torchvision makes it for its published weights, with a file under the published name and with the
keys of the published file. Compared are the detections of two pictures that are resized to one size;
the losses and all gradients of both, one with three objects and one with none, after a seed from
which the samplers draw; and without trained weights the losses where no picture has an object. That
the detections do not hang on rounding torchvision says itself: it has to find the same once more
when the numbers of its heads move by as much. Runs in Debian's Python, which has torchvision.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import torch
from torchvision.models import _api, detection
from torchvision.ops import FrozenBatchNorm2d

import rounding
import safetensors_file
import tensor_parity
from tensor_parity import Difference, Failed, Tensors, largest_difference, median_norm

PUBLISHED = {
    "fasterrcnn_resnet50_fpn": detection.FasterRCNN_ResNet50_FPN_Weights,
    "fasterrcnn_resnet50_fpn_v2": detection.FasterRCNN_ResNet50_FPN_V2_Weights,
    "fasterrcnn_mobilenet_v3_large_fpn": detection.FasterRCNN_MobileNet_V3_Large_FPN_Weights,
    "fasterrcnn_mobilenet_v3_large_320_fpn": detection.FasterRCNN_MobileNet_V3_Large_320_FPN_Weights,
    "retinanet_resnet50_fpn": detection.RetinaNet_ResNet50_FPN_Weights,
    "retinanet_resnet50_fpn_v2": detection.RetinaNet_ResNet50_FPN_V2_Weights,
    "maskrcnn_resnet50_fpn": detection.MaskRCNN_ResNet50_FPN_Weights,
    "maskrcnn_resnet50_fpn_v2": detection.MaskRCNN_ResNet50_FPN_V2_Weights,
    "fcos_resnet50_fpn": detection.FCOS_ResNet50_FPN_Weights,
    "ssd300_vgg16": detection.SSD300_VGG16_Weights,
    "ssdlite320_mobilenet_v3_large": detection.SSDLite320_MobileNet_V3_Large_Weights,
    "keypointrcnn_resnet50_fpn": detection.KeypointRCNN_ResNet50_FPN_Weights,
}
# Keys of the published files of the first generation.
OLD_KEYS = (
    (r"^(rpn\.head\.conv)\.0\.0\.", r"\1."),
    (r"(\.fpn\.(?:inner|layer)_blocks\.\d)\.0\.", r"\1."),
    (r"mask_head\.(\d)\.0\.", lambda match: f"mask_head.mask_fcn{int(match[1]) + 1}."),
    (r"(_head\.conv)\.(\d)\.0\.", lambda match: f"{match[1]}.{2 * int(match[2])}."),
)
# By a part of the name, the first that fits.
VARIANCES = {
    "ssdlite": 0.02,
    "ssd300": 1.0,
    "mobilenet": 0.2,
    "retinanet": 1.0,
    "fcos": 1.0,
    "rcnn": 1.5,
}
# Of what tells classes and places apart, so that scores and boxes differ.
FACTORS = (
    (r"box_predictor\.cls_score\.weight", 30),
    # Certainties that all round to 1 would be in any order.
    (r"rpn\.head\.cls_logits\.weight", 5),
    (r"rpn\.head\.bbox_pred\.weight", 5),
    (r"classification_head\.cls_logits\.weight", 10),
    (r"regression_head\.bbox_reg\.weight", 5),
    (r"regression_head\.bbox_ctrness\.weight", 5),
)
# What widths and heights of proposals are raised by, as a logarithm. Boxes in a corner that are
# smaller than a place of the map are pooled alike: other boxes with scores that tie.
PROPOSAL_GROWTH = 1.0
# What the score of the only class is raised by, which would else hardly be above the background's.
LONE_CLASS_BIAS = 5.0
SIZES = ((64, 96), (32, 48))
BOXES = [[10.0, 12.0, 60.0, 50.0], [40.5, 8.0, 90.0, 60.25], [5.0, 30.0, 25.0, 62.0]]
LABELS = [1, 17, 90]
KEYPOINTS = 17
SEED = 5
DETECTION_TOLERANCE = 1e-9
LOSS_TOLERANCE = 1e-9
GRADIENT_TOLERANCE = 1e-7


def condition(model: torch.nn.Module, variance: float) -> None:
    """Makes variances unlike, some of them as small as an epsilon, and scores certain.

    The variance is about that of the features, which neither vanish nor grow then.
    """
    for module in model.modules():
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.8 * variance, 1.2 * variance)
            # What is divided by a small deviation gets a small weight.
            module.running_mean[::4] *= 0.01
            module.running_var[::4] *= 1e-4
            with torch.no_grad():
                module.weight[::4] *= 0.01
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            for pattern, factor in FACTORS:
                if re.search(pattern, key):
                    parameter *= factor
            if key == "rpn.head.bbox_pred.bias":
                parameter.view(-1, 4)[:, 2:] += PROPOSAL_GROWTH
            if key.endswith("box_predictor.cls_score.bias") and len(parameter) == 2:
                parameter[1] += LONE_CLASS_BIAS


def resizing(name: str) -> dict[str, int]:
    """To what size a detector brings the pictures, but for SSD's, which have one of their own.

    The maps of MobileNetV3 that boxes are pooled from have a 32nd of a picture's height: they need
    more rows than two, as all boxes beyond the last one are pooled alike.
    """
    if name.startswith("ssd"):
        return {}
    short = 128 if "mobilenet" in name else 64
    return {"min_size": short, "max_size": short * 3 // 2}


def classes(name: str) -> int:
    """The classes of a detector's published weights, the background included."""
    return len(PUBLISHED[name].COCO_V1.meta["categories"])


def drawn_model(name: str) -> torch.nn.Module:
    """torchvision's detector without trained weights."""
    torch.manual_seed(0)
    builder = getattr(detection, name)
    model = builder(weights=None, weights_backbone=None, num_classes=classes(name), **resizing(name))
    condition(model, next(value for part, value in VARIANCES.items() if part in name))
    return model


def published_state(name: str, model: torch.nn.Module) -> dict[str, torch.Tensor]:
    """A model's state as the file of its published weights has it."""
    state = {}
    for key, tensor in model.state_dict().items():
        if not name.endswith("_v2"):
            for pattern, old in OLD_KEYS:
                key = re.sub(pattern, old, key)
        state[key] = tensor
    return state


def published_model(name: str, state: Mapping[str, torch.Tensor]) -> torch.nn.Module:
    """What torchvision makes of its published weights, were they this state."""
    fetch = _api.WeightsEnum.get_state_dict
    _api.WeightsEnum.get_state_dict = lambda self, progress: dict(state)
    try:
        return getattr(detection, name)(weights=PUBLISHED[name].COCO_V1, **resizing(name))
    finally:
        _api.WeightsEnum.get_state_dict = fetch


def images() -> list[torch.Tensor]:
    """Two pictures."""
    torch.manual_seed(1)
    return [torch.rand(3, *size).double() for size in SIZES]


def keypoints(boxes: list[list[float]]) -> torch.Tensor:
    """Of each box along its diagonal, from its corner to beyond it; every third is not labelled."""
    made = torch.zeros(len(boxes), KEYPOINTS, 3)
    for points, (x0, y0, x1, y1) in zip(made, boxes, strict=True):
        shares = torch.linspace(0, 1.125, KEYPOINTS)
        points[:, 0] = x0 + shares * (x1 - x0)
        points[:, 1] = y0 + shares * (y1 - y0)
        points[:, 2] = torch.arange(KEYPOINTS) % 3
    return made


def targets(*, empty: bool, classes: int) -> list[dict[str, torch.Tensor]]:
    """The first picture has three objects, or none; the second has none."""
    made = []
    for size, boxes in zip(SIZES, ([] if empty else BOXES, []), strict=True):
        masks = torch.zeros(len(boxes), *size, dtype=torch.uint8)
        for mask, (x0, y0, x1, y1) in zip(masks, boxes, strict=True):
            mask[int(y0) : int(y1), int(x0) : int((x0 + x1) / 2)] = 1
        made.append(
            {
                "boxes": torch.tensor(boxes, dtype=torch.float64).reshape(-1, 4),
                "labels": torch.tensor(LABELS[: len(boxes)], dtype=torch.int64).clamp(
                    max=classes - 1
                ),
                "masks": masks,
                "keypoints": keypoints(boxes),
            }
        )
    return made


def numbered(values: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """`boxes.0`, `labels.0` … of all pictures."""
    return {f"{key}.{i}": tensor for i, value in enumerate(values) for key, tensor in value.items()}


class Comparison:
    """One detector with one file of weights in the engine and in torchvision."""

    def __init__(self, engine: Path, name: str, folder: Path, model: torch.nn.Module, file: Path):
        self.engine, self.name, self.folder = engine, name, folder
        self.model, self.file = model.double(), file

    def forward(self, given: list[dict[str, torch.Tensor]], *options: object) -> Tensors:
        """What the engine makes of the pictures."""
        sizes = [
            argument
            for name, size in resizing(self.name).items()
            for argument in ("--" + name.replace("_", "-"), size)
        ]
        pictures = {f"image.{index}": image for index, image in enumerate(images())}
        return tensor_parity.forward(
            self.engine,
            self.name,
            self.file,
            {**pictures, **numbered(given)},
            self.folder,
            *(*sizes, "--seed", SEED),
            *options,
        )

    def detections(self) -> tuple[int, Difference]:
        """How many torchvision finds, and how far the engine's are from them."""
        found = self.forward([])
        self.model.eval()
        with torch.no_grad():
            expected = numbered(self.model(images()))
            with rounding.heads_moved(self.model):
                again = numbered(self.model(images()))
        try:
            own = largest_difference(again, expected)
        except Failed as failure:
            raise Failed(f"torchvision's own detections hang on rounding: {failure}") from failure
        if own.relative > DETECTION_TOLERANCE:
            raise Failed(f"torchvision's own detections hang on rounding: {own}")
        count = sum(len(tensor) for key, tensor in expected.items() if key.startswith("scores"))
        return count, largest_difference(found, expected)

    def losses(self, *, empty: bool) -> tuple[Tensors, dict[str, torch.Tensor]]:
        """The engine's and torchvision's."""
        files = [] if empty else ["--gradients", self.folder / "g.safetensors"]
        given = targets(empty=empty, classes=classes(self.name))
        found = self.forward(given, "--train", "--force", *files)
        pictures = images()
        torch.manual_seed(SEED)
        return found, self.model.train()(pictures, given)

    def training(self) -> tuple[Difference, Difference]:
        """Of the losses and the gradients."""
        found, losses = self.losses(empty=False)
        sum(losses.values()).backward()
        gradients = {
            key: parameter.grad
            for key, parameter in self.model.named_parameters()
            if parameter.grad is not None
        }
        found_gradients = safetensors_file.read(self.folder / "g.safetensors")
        if surplus := sorted(set(found_gradients).difference(gradients)):
            raise Failed(f"expected no gradient of {surplus[0]} and {len(surplus) - 1} others")
        of_losses = {key: loss.detach() for key, loss in losses.items()}
        return (
            largest_difference(found, of_losses),
            largest_difference(found_gradients, gradients, median_norm(gradients)),
        )

    def without_objects(self) -> Difference:
        """Of the losses where no picture has an object."""
        found, losses = self.losses(empty=True)
        return largest_difference(found, {key: loss.detach() for key, loss in losses.items()})

    def verdict(self) -> tuple[bool, str]:
        """Whether differences are within the tolerances, and the largest."""
        count, detections = self.detections()
        losses, gradients = self.training()
        holds = (
            count > 0
            and detections.relative <= DETECTION_TOLERANCE
            and losses.relative <= LOSS_TOLERANCE
            and gradients.relative <= GRADIENT_TOLERANCE
        )
        return holds, f"{count} detections {detections}, losses {losses}, gradients {gradients}"


def verdict(engine: Path, name: str, folder: Path) -> tuple[bool, str]:
    """Of a detector without trained weights, and with what takes the published ones' place."""
    model = drawn_model(name)
    file = folder / "drawn.pth"
    torch.save(model.state_dict(), file)
    # Before the comparison, which changes the running statistics.
    state = published_state(name, model)
    published_file = folder / PUBLISHED[name].COCO_V1.url.rsplit("/", 1)[-1]
    torch.save(state, published_file)
    published = published_model(name, state)
    comparison = Comparison(engine, name, folder, model, file)
    drawn_holds, drawn = comparison.verdict()
    empty = comparison.without_objects()
    holds, figures = Comparison(engine, name, folder, published, published_file).verdict()
    frozen = sum(isinstance(module, FrozenBatchNorm2d) for module in published.modules())
    return drawn_holds and holds and empty.relative <= LOSS_TOLERANCE, (
        f"{drawn}, without objects {empty}; published, {frozen} frozen norms: {figures}"
    )


def main() -> int:
    """0 where all detectors agree, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", type=Path, required=True, help="the program copra-engine")
    parser.add_argument("names", metavar="NAME", nargs="*", help="default: all")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.names).difference(PUBLISHED)):
        parser.error(f"expected detectors of {', '.join(PUBLISHED)}, found {unknown}")
    return tensor_parity.run_all(
        arguments.names or list(PUBLISHED),
        lambda name, folder: verdict(arguments.engine, name, folder),
    )


if __name__ == "__main__":
    sys.exit(main())
