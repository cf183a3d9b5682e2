"""Compares detectors of one's own that start from a classification network's weights with torchvision's.

    /usr/bin/python3 Benchmarks/real/backbone_parity.py --engine PATH [NAME…]

torchvision draws a classification network from a seed and writes its state as training programs do:
as it is, behind the `module.` of DataParallel, or under a checkpoint's `state_dict` behind Lightning's
`model.`. Both put it into the backbone of a detector of parts, whose other layers they draw from
another seed, and compute losses and gradients of one step in float64: one picture with three objects
and one with none. Parameters without a gradient must be the same too. Runs in Debian's Python, which
has torchvision.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable
from pathlib import Path

import torch
from torchvision import models
from torchvision.models import detection
from torchvision.models.detection.backbone_utils import _resnet_fpn_extractor
from torchvision.ops import MultiScaleRoIAlign
from torchvision.ops.feature_pyramid_network import LastLevelP6P7

import detector_parity
import safetensors_file
import tensor_parity
from tensor_parity import Failed, largest_difference, median_norm

CLASSES = 91
SIZES = {"min_size": 64, "max_size": 96}
SIZE_OPTIONS = ("--min-size", SIZES["min_size"], "--max-size", SIZES["max_size"])
NETWORK_SEED = 7
TOLERANCE = 1e-7


def tutorial(network: torch.nn.Module) -> torch.nn.Module:
    """The tutorial's: MobileNetV2's 1,280 channels as one map."""
    backbone = network.features
    backbone.out_channels = 1280
    return detection.FasterRCNN(
        backbone,
        CLASSES,
        rpn_anchor_generator=detection.rpn.AnchorGenerator(((16, 32, 64),), ((0.5, 1.0, 2.0),)),
        box_roi_pool=MultiScaleRoIAlign(["0"], 7, 2),
        **SIZES,
    )


def pyramid(network: torch.nn.Module) -> torch.nn.Module:
    """A Faster R-CNN with a pyramid, of whose backbone the last three stages are trained."""
    return detection.FasterRCNN(_resnet_fpn_extractor(network, 3), CLASSES, **SIZES)


def retinanet(network: torch.nn.Module) -> torch.nn.Module:
    """A RetinaNet that takes P6 from P5."""
    backbone = _resnet_fpn_extractor(
        network, 5, returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(256, 256)
    )
    return detection.RetinaNet(backbone, CLASSES, **SIZES)


def ssd(network: torch.nn.Module) -> torch.nn.Module:
    """SSD300, of whose blocks the last four are trained."""
    generator = detection.anchor_utils.DefaultBoxGenerator(
        [[2], [2, 3], [2, 3], [2, 3], [2], [2]],
        scales=[0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05],
        steps=[8, 16, 32, 64, 100, 300],
    )
    return detection.ssd.SSD(
        detection.ssd._vgg_extractor(network, False, 4),
        generator,
        (300, 300),
        CLASSES,
        image_mean=[0.48235, 0.45882, 0.40784],
        image_std=[1.0 / 255.0] * 3,
    )


@dataclasses.dataclass(frozen=True)
class Case:
    """A detector of parts, and in what its network's weights stand."""

    network: str
    build: Callable[[torch.nn.Module], torch.nn.Module]
    configuration: str
    wrapped: Callable[[dict], dict]


CASES = {
    "tutorial": Case(
        "mobilenet_v2",
        tutorial,
        "architecture: fasterrcnn\nbackbone: {name: mobilenet_v2, fpn: false}\n"
        "anchors: {sizes: [[16, 32, 64]], aspect_ratios: [[0.5, 1, 2]]}\n",
        dict,
    ),
    "pyramid": Case(
        "resnet18",
        pyramid,
        "architecture: fasterrcnn\nbackbone: {name: resnet18}\ntrainable_backbone_layers: 3\n",
        lambda state: {f"module.{key}": tensor for key, tensor in state.items()},
    ),
    "retinanet": Case(
        "resnet34",
        retinanet,
        "architecture: retinanet\nbackbone: {name: resnet34}\n",
        lambda state: {
            "epoch": 3,
            "state_dict": {f"model.{key}": tensor for key, tensor in state.items()},
        },
    ),
    "ssd": Case("vgg16", ssd, "model: ssd300_vgg16\n", dict),
}


def verdict(engine: Path, name: str, folder: Path) -> tuple[bool, str]:
    """Whether losses and gradients are torchvision's."""
    case = CASES[name]
    make = getattr(models, case.network)
    torch.manual_seed(NETWORK_SEED)
    state = make(weights=None).state_dict()
    torch.save(case.wrapped(state), folder / "network.pth")
    (folder / "model.yaml").write_text(case.configuration)
    torch.manual_seed(detector_parity.SEED)
    network = make(weights=None)
    network.load_state_dict(state)
    model = case.build(network).double().train()
    pictures = {f"image.{index}": image for index, image in enumerate(detector_parity.images())}
    targets = detector_parity.targets(empty=False, classes=CLASSES)
    gradient_file = folder / "gradients.safetensors"
    found = tensor_parity.forward(
        engine,
        str(folder / "model.yaml"),
        folder / "network.pth",
        {**pictures, **detector_parity.numbered(targets)},
        folder,
        *(() if name == "ssd" else SIZE_OPTIONS),
        *("--classes", CLASSES, "--seed", detector_parity.SEED, "--train"),
        *("--gradients", gradient_file),
    )
    torch.manual_seed(detector_parity.SEED)
    losses = model(list(pictures.values()), targets)
    sum(losses.values()).backward()
    gradients = {
        key: parameter.grad
        for key, parameter in model.named_parameters()
        if parameter.grad is not None
    }
    found_gradients = safetensors_file.read(gradient_file)
    if surplus := sorted(set(found_gradients).difference(gradients)):
        raise Failed(f"expected no gradient of {surplus[0]} and {len(surplus) - 1} others")
    of_losses = largest_difference(found, {key: loss.detach() for key, loss in losses.items()})
    of_gradients = largest_difference(found_gradients, gradients, median_norm(gradients))
    holds = max(of_losses.relative, of_gradients.relative) <= TOLERANCE
    values = ", ".join(f"{key} {loss.item():.6f}" for key, loss in losses.items())
    return holds, (
        f"{len(model.state_dict())} keys, {len(gradients)} gradients; {values}; "
        f"losses {of_losses}, gradients {of_gradients}"
    )


def main() -> int:
    """0 where all agree, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", type=Path, required=True, help="the program copra-engine")
    parser.add_argument("names", metavar="NAME", nargs="*", help=", ".join(CASES))
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.names).difference(CASES)):
        parser.error(f"expected {', '.join(CASES)}, found {unknown}")
    return tensor_parity.run_all(
        arguments.names or list(CASES),
        lambda name, folder: verdict(arguments.engine, name, folder),
    )


if __name__ == "__main__":
    sys.exit(main())
