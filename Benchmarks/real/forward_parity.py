"""Compares `copra-engine forward` with torchvision, tensor by tensor, for every model of the zoo.

    /usr/bin/python3 Benchmarks/real/forward_parity.py --engine PATH [--float32] [NAME…]

torchvision builds the model from a seed and its state is handed over as a file, so both compute
with the same weights; running statistics get random values, since fresh ones would not show in
evaluation. Compared are the output in evaluation, and of one pass in training the output, all
gradients and all buffers; the loss is the mean of the output times `linspace(-1, 1)` over its flat
entries, and dropout is off. The engine computes in the type of the weights: training is in float64
for the models whose float32 gradients depend on rounding, as their fixture says. Runs in Debian's
Python, which has torchvision.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch
import torchvision.models
import torchvision.models.video

import safetensors_file
import tensor_parity
from tensor_parity import Difference, Tensors, largest_difference, median_norm

REPOSITORY = Path(__file__).resolve().parents[2]
ZOO = REPOSITORY / "Tests/DetectionModelsTests/Fixtures/zoo"
EVALUATION_TOLERANCE = 1e-4
TRAINING_TOLERANCE = 1e-3


def reference_model(name: str, dtype: torch.dtype) -> torch.nn.Module:
    """torchvision's model with random weights and running statistics, without dropout."""
    maker = getattr(torchvision.models, name, None) or getattr(torchvision.models.video, name)
    torch.manual_seed(0)
    model = maker(weights=None)
    for module in model.modules():
        if isinstance(module, torch.nn.modules.dropout._DropoutNd):
            module.p = 0
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    return model.to(dtype)


class Comparison:
    """One model in the engine and in torchvision."""

    def __init__(self, engine: Path, name: str, folder: Path, training_type: torch.dtype | None):
        record = json.loads((ZOO / f"{name}.json").read_text())
        self.engine, self.name, self.folder = engine, name, folder
        self.shape, self.seed = record["input"]["shape"], record["input"]["seed"]
        self.training_type = training_type or getattr(torch, record["training"]["dtype"])

    def forward(self, model: torch.nn.Module, images: torch.Tensor, *options: object) -> Tensors:
        """What the engine makes of the model's state and the input."""
        weights = self.folder / "w.safetensors"
        safetensors_file.write(weights, model.state_dict())
        given = {"input": images}
        return tensor_parity.forward(
            self.engine, self.name, weights, given, self.folder, *options
        )

    def images(self, dtype: torch.dtype) -> torch.Tensor:
        """The input."""
        torch.manual_seed(self.seed)
        return torch.rand(self.shape).to(dtype)

    def evaluation(self) -> Difference:
        """Of the output in evaluation, in float32."""
        model, images = reference_model(self.name, torch.float32).eval(), self.images(torch.float32)
        found = self.forward(model, images)
        with torch.no_grad():
            return largest_difference(found, {"output": model(images)})

    def training(self) -> dict[str, Difference]:
        """Of the output, the gradients and the buffers in training."""
        model = reference_model(self.name, self.training_type)
        images = self.images(self.training_type)
        gradient_file = self.folder / "g.safetensors"
        gradient_file.unlink(missing_ok=True)
        options = ["--train", "--dropout", "0", "--gradients", gradient_file]
        found = self.forward(model, images, *options)
        output = model.train()(images)
        ramp = torch.linspace(-1, 1, output.numel()).reshape(output.shape).to(output.dtype)
        (output * ramp).mean().backward()
        gradients = {key: parameter.grad for key, parameter in model.named_parameters()}
        buffers = dict(model.named_buffers())
        means = {key: buffers.pop(key) for key in list(buffers) if key.endswith("running_mean")}
        found_gradients = safetensors_file.read(gradient_file)
        return {
            "training": largest_difference(found, {"output": output.detach()}),
            "gradients": largest_difference(found_gradients, gradients, median_norm(gradients)),
            "means": largest_difference(found, means, median_norm(means)),
            "buffers": largest_difference(found, buffers),
        }

    def verdict(self) -> tuple[bool, str]:
        """Whether all differences are within the tolerances, and the largest."""
        evaluation, training = self.evaluation(), self.training()
        holds = evaluation.relative <= EVALUATION_TOLERANCE and all(
            difference.relative <= TRAINING_TOLERANCE for difference in training.values()
        )
        figures = [f"evaluation {evaluation.relative:.1e}"]
        figures += [f"{part} {difference}" for part, difference in training.items()]
        return holds, ", ".join(figures)


def read_arguments() -> argparse.Namespace:
    """The command line."""
    names = sorted(path.stem for path in ZOO.glob("*.json"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", type=Path, required=True, help="the program copra-engine")
    parser.add_argument(
        "--float32",
        action="store_true",
        help="train in float32 also where rounding alone moves gradients by percents",
    )
    parser.add_argument("names", metavar="NAME", nargs="*", help="default: all of the zoo")
    arguments = parser.parse_args()
    arguments.names = arguments.names or names
    if unknown := sorted(set(arguments.names).difference(names)):
        parser.error(f"expected models of {ZOO.relative_to(REPOSITORY)}, found {unknown}")
    return arguments


def main() -> int:
    """0 where all models agree, else 1."""
    arguments = read_arguments()
    training_type = torch.float32 if arguments.float32 else None
    return tensor_parity.run_all(
        arguments.names,
        lambda name, folder: Comparison(arguments.engine, name, folder, training_type).verdict(),
    )


if __name__ == "__main__":
    sys.exit(main())
