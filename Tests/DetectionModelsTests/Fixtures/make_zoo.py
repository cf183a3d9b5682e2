"""Makes zoo/NAME.json: what torchvision's models are and make, in digests.

    /usr/bin/python3 make_zoo.py [NAME…]    # needs torch 1.13.1 and torchvision 0.14.1

No weights are stored: an initialiser that draws as torchvision's does finds the same from the seed.

- `keys`: key, shape and type of each entry of the state dictionary, in its order. The lists
  `weights`, `gradients` and `buffers` have one element for each of them, null where there is none.
- `weights`: after `torch.manual_seed(0)` and the construction with torchvision's defaults.
- `input`: `torch.manual_seed(seed)`, then `torch.rand(shape)`.
- `evaluation`: the output in evaluation mode.
- `training`: after `torch.manual_seed(seed)` the forward pass in training mode, then the backward
  pass of the `loss`, the mean of the output times `linspace(-1, 1)` over its flat entries. Where
  `dtype` is float64, model and input are converted to it first: the float32 gradients of that model
  depend on rounding. `buffers` are as that pass leaves them, `evaluation` is the output that
  evaluation mode then gives, `gradientScale` and `meanScale` are the median norms of all gradients
  and of all running means: one that is zero but for rounding is to be compared with that.

`fixture_file.digest` says what a digest is. `zoo_conditioning.py` measures how far rounding moves
these figures, for the tolerance.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

import torch

import fixture_file
import zoo_model
from fixture_file import digest

FOLDER = Path(__file__).resolve().parent / "zoo"


def type_name(dtype: torch.dtype) -> str:
    """As "float32"."""
    return str(dtype).removeprefix("torch.")


def median_norm(tensors: dict[str, torch.Tensor]) -> float | None:
    """What a tensor that is zero but for rounding is to be compared with."""
    return statistics.median(t.norm().item() for t in tensors.values()) if tensors else None


def record(name: str) -> dict:
    """The fixture of one model."""
    model = zoo_model.build(name)
    state = model.state_dict()
    weights = [digest(tensor) for tensor in state.values()]
    dtype = zoo_model.training_type(name)
    made = zoo_model.run(model, zoo_model.random_input(name), dtype)
    gradients = {key: digest(gradient) for key, gradient in made.gradients.items()}
    buffers = {key: digest(buffer) for key, buffer in made.buffers.items()}
    return {
        "name": name,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "input": {"seed": zoo_model.input_seed(name), "shape": zoo_model.INPUTS[name]},
        "output": list(made.output.shape),
        "evaluation": digest(made.evaluation),
        "keys": [
            [key, list(tensor.shape), type_name(tensor.dtype)]
            for key, tensor in state.items()
        ],
        "weights": weights,
        "training": {
            "seed": zoo_model.DROPOUT_SEED,
            "dtype": type_name(dtype),
            "loss": made.loss.item(),
            "output": digest(made.output),
            "evaluation": digest(made.evaluation_after),
            "gradientScale": median_norm(made.gradients),
            "meanScale": median_norm(made.statistics("mean")),
            "gradients": [gradients.get(key) for key in state],
            "buffers": [buffers.get(key) for key in state],
        },
    }


def main() -> None:
    """Writes the fixtures of all models, or of those that are named."""
    # Sums that are split among threads round otherwise.
    torch.set_num_threads(1)
    for name in sys.argv[1:] or zoo_model.INPUTS:
        fixture_file.write(FOLDER / f"{name}.json", record(name))
        print(name, flush=True)


if __name__ == "__main__":
    main()
