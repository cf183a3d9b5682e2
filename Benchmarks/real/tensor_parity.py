"""What the comparisons of `copra-engine forward` with torchvision share, tensor by tensor."""

from __future__ import annotations

import dataclasses
import math
import statistics
import struct
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch

import safetensors_file

SECONDS = 600
Tensors = Mapping[str, torch.Tensor]


class Failed(Exception):
    """What the engine gave cannot be compared, and why."""


@dataclasses.dataclass(frozen=True)
class Difference:
    """The largest of some tensors: norm of the difference over norm, and the tensor's key.

    A difference that is no number is infinite.
    """

    relative: float
    key: str

    def __str__(self) -> str:
        return f"{self.relative:.1e} ({self.key})" if self.key else f"{self.relative:.1e}"


def largest_difference(found: Tensors, expected: Tensors, floor: float = 0) -> Difference:
    """The largest difference of all expected tensors, each over its norm or over the floor."""
    worst = Difference(0, "")
    for key, tensor in expected.items():
        if key not in found:
            raise Failed(f"{key}: expected a tensor, found none")
        if found[key].shape != tensor.shape or found[key].dtype != tensor.dtype:
            of = f"{list(tensor.shape)} of {tensor.dtype}"
            raise Failed(
                f"{key}: expected {of}, found {list(found[key].shape)} of {found[key].dtype}"
            )
        distance = (found[key].double() - tensor.double()).norm().item()
        norm = max(tensor.double().norm().item(), floor)
        relative = distance / norm if norm else distance
        if math.isnan(relative):
            return Difference(math.inf, key)
        if relative > worst.relative:
            worst = Difference(relative, key)
    return worst


def median_norm(tensors: Tensors) -> float:
    """What a tensor that is zero but for rounding is compared with."""
    return statistics.median(tensor.norm().item() for tensor in tensors.values()) if tensors else 0


def forward(
    engine: Path, name: str, weights: Path, given: Tensors, folder: Path, *options: object
) -> Tensors:
    """What the engine makes of tensors with a model and its weights."""
    read, made = folder / "x.safetensors", folder / "y.safetensors"
    safetensors_file.write(read, given)
    made.unlink(missing_ok=True)
    command = [engine, "forward", name, "--weights", weights, "--input", read, "-o", made]
    # On other numbers of threads sums are added up in another order.
    command += ["--threads", str(torch.get_num_threads())]
    run = subprocess.run(
        [str(part) for part in (*command, *options)],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS,
        check=False,
    )
    if run.returncode:
        raise Failed(f"exit status {run.returncode}\n{run.stderr.strip()}")
    return safetensors_file.read(made)


def run_all(names: Sequence[str], verdict: Callable[[str, Path], tuple[bool, str]]) -> int:
    """Prints a line for each name, with a folder of its own; 0 where all agree, else 1.

    A verdict is whether all differences are within the tolerances, and the largest.
    """
    passed, width = 0, max(map(len, names))
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            try:
                holds, figures = verdict(name, Path(folder))
            except (Failed, OSError, subprocess.TimeoutExpired) as failure:
                holds, figures = False, str(failure)
            except (ValueError, LookupError, struct.error) as error:
                holds, figures = False, f"expected .safetensors, found what gives {error!r}"
        passed += holds
        print(f"{'passed' if holds else 'FAILED':<8} {name:<{width}} {figures}", flush=True)
    failed = len(names) - passed
    print(f"\n{passed} passed, {failed} failed")
    return 1 if failed else 0
