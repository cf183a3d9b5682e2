"""The models of the zoo, and what a forward and a backward pass of one makes."""

from __future__ import annotations

import dataclasses

import torch
import torchvision.models
import torchvision.models.video

WEIGHTS_SEED = 0
DROPOUT_SEED = 2

SHAPES = {
    "vgg": [2, 3, 64, 64],
    "resnet": [2, 3, 64, 64],
    "resnext": [2, 3, 64, 64],
    "wide_resnet": [2, 3, 64, 64],
    "densenet": [2, 3, 64, 64],
    "mobilenet": [2, 3, 64, 64],
    "video": [2, 3, 4, 48, 48],
}
"""The input of each family, [N, C, H, W] or [N, C, T, H, W].

Batch norm over few values divides by a variance that is next to nothing and blows up rounding, so
no family's last map is a single pixel.
"""

FAMILIES = {
    "vgg": [f"vgg{depth}{norm}" for depth in (11, 13, 16, 19) for norm in ("", "_bn")],
    "resnet": [f"resnet{depth}" for depth in (18, 34, 50, 101, 152)],
    "resnext": ["resnext50_32x4d"],
    "wide_resnet": ["wide_resnet50_2"],
    "densenet": [f"densenet{depth}" for depth in (121, 161, 169, 201)],
    "mobilenet": ["mobilenet_v2", "mobilenet_v3_small", "mobilenet_v3_large"],
    "video": ["r3d_18", "mc3_18", "r2plus1d_18"],
}
INPUTS = {name: SHAPES[family] for family, names in FAMILIES.items() for name in names}
"""The shape of each model's input, by torchvision's name of the model."""

INPUT_SEEDS = {
    "resnet18": 2,
    "resnet34": 3,
    "r3d_18": 3,
    "mc3_18": 3,
    "densenet121": 5,
    "densenet201": 5,
    "vgg13": 3,
    "vgg16_bn": 2,
}
"""Of the inputs; 1 where there is none.

With these, no input of a ReLU is so close to zero that rounding takes it to the other side. One
that does changes gradients by a percent.
"""

TRAINED_IN_FLOAT64 = {
    "resnet50",
    "resnet101",
    "resnet152",
    "resnext50_32x4d",
    "wide_resnet50_2",
    "densenet161",
    "densenet169",
    "mobilenet_v2",
    "r2plus1d_18",
}
"""Where no seed was found that spares float32 such a change."""


def build(name: str) -> torch.nn.Module:
    """torchvision's model with the weights that its initialisers draw from the seed."""
    maker = getattr(torchvision.models, name, None) or getattr(torchvision.models.video, name)
    torch.manual_seed(WEIGHTS_SEED)
    return maker(weights=None)


def input_seed(name: str) -> int:
    """What the model's input is drawn from."""
    return INPUT_SEEDS.get(name, 1)


def training_type(name: str) -> torch.dtype:
    """In which arithmetic the fixture's training pass is."""
    return torch.float64 if name in TRAINED_IN_FLOAT64 else torch.float32


def random_input(name: str) -> torch.Tensor:
    """The model's input, uniform from 0 to 1."""
    torch.manual_seed(input_seed(name))
    return torch.rand(INPUTS[name])


@dataclasses.dataclass(frozen=True)
class Pass:
    """Tensors of one pass in evaluation and one in training, and of a second in evaluation."""

    evaluation: torch.Tensor
    output: torch.Tensor
    loss: torch.Tensor
    gradients: dict[str, torch.Tensor]
    buffers: dict[str, torch.Tensor]
    evaluation_after: torch.Tensor

    def trained(self) -> list[torch.Tensor]:
        """The outputs in training and after it."""
        return [self.output, self.evaluation_after]

    def statistics(self, kind: str) -> dict[str, torch.Tensor]:
        """The running means ("mean") or variances ("var") after training, by key."""
        return {key: buffer for key, buffer in self.buffers.items() if key.endswith(f"_{kind}")}


def run(model: torch.nn.Module, images: torch.Tensor, dtype: torch.dtype) -> Pass:
    """Evaluates as the model is; in that arithmetic, runs a training pass and evaluates again.

    The second evaluation sees running statistics that are no longer those of the start.
    """
    with torch.no_grad():
        evaluation = model.eval()(images)
    model, images = model.to(dtype), images.to(dtype)
    torch.manual_seed(DROPOUT_SEED)
    output = model.train()(images)
    ramp = torch.linspace(-1, 1, output.numel()).reshape(output.shape).to(output.dtype)
    loss = (output * ramp).mean()
    loss.backward()
    with torch.no_grad():
        evaluation_after = model.eval()(images)
    gradients = {key: parameter.grad for key, parameter in model.named_parameters()}
    return Pass(evaluation, output, loss, gradients, dict(model.named_buffers()), evaluation_after)
