"""Measures how far rounding moves what make_zoo.py records.

    /usr/bin/python3 zoo_conditioning.py [NAME…]

Of each model, from the same float32 weights: whether a second run gives the same bits; the largest
difference between one thread and two, in the type of the fixture's training pass; and that between
float32 and float64. Each is of a whole tensor, norm of the difference over norm: of the output in
evaluation, the outputs of the training pass and after it, the running variances and means, and the
gradients. Means and gradients whose norm is under a thousandth of the median one are zero but for
rounding (a bias before batch norm); of these it has the number, and the largest difference between
float32 and float64 over the median.
"""

from __future__ import annotations

import statistics
import sys

import torch

import zoo_model
from zoo_model import Pass

ZERO = 1e-3


def relative(found: torch.Tensor, exact: torch.Tensor) -> float:
    """Norm of the difference over norm."""
    return ((found.double() - exact.double()).norm() / exact.double().norm()).item()


def made(name: str, dtype: torch.dtype, threads: int = 1) -> Pass:
    """What the model makes in arithmetic of that type."""
    torch.set_num_threads(threads)
    images = zoo_model.random_input(name).to(dtype)
    return zoo_model.run(zoo_model.build(name).to(dtype), images, dtype)


def largest(found: dict, exact: dict) -> tuple[float, int, float]:
    """Of tensors by key: the largest difference, how many are zero, and the noise in these."""
    norms = {key: tensor.norm().item() for key, tensor in exact.items()}
    scale = statistics.median(norms.values()) if norms else 0
    zeros = [key for key, norm in norms.items() if norm < ZERO * scale]
    noise = [(found[key] - exact[key]).norm().item() / scale for key in zeros]
    others = [relative(found[key], exact[key]) for key in norms.keys() - zeros]
    return max(others, default=0), len(zeros), max(noise, default=0)


def differences(found: Pass, exact: Pass) -> tuple[list[float], list[int], list[float]]:
    """Of evaluation, training, variances, means, gradients; of the last two, zeros and noise."""
    evaluation = relative(found.evaluation, exact.evaluation)
    training = max(relative(f, e) for f, e in zip(found.trained(), exact.trained(), strict=True))
    variances, _, _ = largest(found.statistics("var"), exact.statistics("var"))
    means, zero_means, mean_noise = largest(found.statistics("mean"), exact.statistics("mean"))
    gradients, zeros, noise = largest(found.gradients, exact.gradients)
    figures = [evaluation, training, variances, means, gradients]
    return figures, [zero_means, zeros], [mean_noise, noise]


def row(name: str) -> str:
    """The figures of one model."""
    single, double = made(name, torch.float32), made(name, torch.float64)
    dtype = zoo_model.training_type(name)
    again, two = made(name, dtype), made(name, dtype, threads=2)
    one = double if dtype == torch.float64 else single
    repeats = torch.equal(one.evaluation, again.evaluation) and all(
        torch.equal(one.gradients[key], again.gradients[key]) for key in one.gradients
    )
    between, _, _ = differences(two, one)
    rounding, zeros, noise = differences(single, double)
    columns = [f"{figure:7.1e}" for figure in between + rounding]
    columns += [f"{number:3} {figure:7.1e}" for number, figure in zip(zeros, noise, strict=True)]
    return f"{name:<18} {'yes' if repeats else 'NO':<7} " + " ".join(columns)


def main() -> None:
    """Prints a row for every model, or for those that are named."""
    heads = " ".join(f"{head:<7}" for head in ("eval", "train", "var", "mean", "grads"))
    print(f"{'':<26} {'1 and 2 threads':<39} {'float32 and float64':<39} zeros and noise")
    print(f"{'':<18} repeats {heads} {heads} mean        grads")
    for name in sys.argv[1:] or zoo_model.INPUTS:
        print(row(name), flush=True)


if __name__ == "__main__":
    main()
