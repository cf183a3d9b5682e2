"""How the fixtures are written: JSON of one row a line, floats with nine significant digits.

Nine digits give every float32 back exactly.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch

ENTRIES = 4


def shortened(number: float) -> float | int:
    """The number with nine significant digits; a whole one without its fraction."""
    if not math.isfinite(number):
        raise ValueError(f"expected a finite number, found {number}")
    rounded = float(f"{number:.9g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e9 else rounded


def digest(tensor: torch.Tensor) -> list[float | int]:
    """Sum, L2 norm and mean, added up in float64, then up to four entries spread evenly.

    Of n entries, flat and in the order of the indices, these are the ones at i(n - 1) // 3 for i
    from 0 to 3, or all where there are no more than four.
    """
    flat = tensor.detach().reshape(-1).double()
    count, last = min(ENTRIES, len(flat)), len(flat) - 1
    places = [number * last // max(1, count - 1) for number in range(count)]
    figures = [flat.sum().item(), flat.norm().item(), flat.mean().item(), *flat[places].tolist()]
    return [shortened(figure) for figure in figures]


def plain(value: object) -> object:
    """What JSON can hold: tensors as nested lists of numbers."""
    if isinstance(value, torch.Tensor):
        return plain(value.detach().tolist())
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return shortened(value) if isinstance(value, float) else value


def text(value: object) -> str:
    """A dictionary has a line for each key; a list that holds lists has one for each element."""
    if isinstance(value, dict):
        lines = [f"{json.dumps(key)}: {text(inner)}" for key, inner in value.items()]
        return "{\n" + ",\n".join(lines) + "\n}"
    if isinstance(value, list) and any(isinstance(inner, (list, dict)) for inner in value):
        return "[\n" + ",\n".join(text_of_row(inner) for inner in value) + "\n]"
    return text_of_row(value)


def text_of_row(value: object) -> str:
    """A value on one line, without blanks; a case of a list of cases has lines of its own."""
    return text(value) if isinstance(value, dict) else json.dumps(value, separators=(",", ":"))


def write(path: Path, value: object) -> None:
    """Writes a value, tensors included, as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(plain(value)) + "\n")
