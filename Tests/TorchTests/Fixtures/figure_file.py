"""How the figures of PyTorch are written: JSON of one case a line."""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch

FOLDER = Path(__file__).resolve().parent


def shortened(number: float) -> float | int:
    """Nine significant digits, which give every float32 back exactly."""
    if not math.isfinite(number):
        raise ValueError(f"expected a finite number, found {number}")
    rounded = float(f"{number:.9g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e9 else rounded


def plain(tensor: torch.Tensor) -> list:
    """Type, shape and numbers in row-major order."""
    dtype = str(tensor.dtype).removeprefix("torch.")
    numbers = tensor.detach().reshape(-1).double().tolist()
    return [dtype, list(tensor.shape), [shortened(number) for number in numbers]]


def text(value: object) -> str:
    """A value on one line, without blanks."""
    return json.dumps(value, separators=(",", ":"))


def write(name: str, cases: dict) -> None:
    """Writes NAME.json beside the scripts."""
    lines = [f"{json.dumps(key)}: {text(case)}" for key, case in cases.items()]
    (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


def random_tensor(*shape: int) -> torch.Tensor:
    """Normal draws with three decimals."""
    return (torch.randn(shape) * 1000).round() / 1000


class Cases:
    """The cases of one file: inputs, what an operation makes of them, and gradients.

    The gradients are those of the sum of `output * linspace(-1, 1)` over the flat output, with
    respect to every input of floats.
    """

    def __init__(self, seed: int) -> None:
        torch.manual_seed(seed)
        self.cases: dict = {}

    def add(self, name: str, operation, differentiable: bool = True, **inputs) -> None:
        """Runs the operation on the inputs by name."""
        leaves = {
            key: tensor.clone().requires_grad_(differentiable and tensor.is_floating_point())
            for key, tensor in inputs.items()
        }
        output = operation(**leaves)
        case = {
            "inputs": {key: plain(tensor) for key, tensor in inputs.items()},
            "output": plain(output),
        }
        if differentiable:
            ramp = torch.linspace(-1, 1, output.numel()).reshape(output.shape)
            (output * ramp).sum().backward()
            case["gradients"] = {
                key: plain(leaf.grad) for key, leaf in leaves.items() if leaf.requires_grad
            }
        self.cases[name] = case
