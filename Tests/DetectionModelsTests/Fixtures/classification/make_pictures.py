"""Draws small pictures and records what torchvision's preset makes of them in Pillow.

    /usr/bin/python3 make_pictures.py

Writes the pictures beside this file and `pictures.json`: by picture the sum of the tensor that
`ResNet18_Weights.IMAGENET1K_V1.transforms()` gives (float64), and 64 of its numbers as float32, at
flat indices spread evenly over it.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from PIL import Image
from torchvision.models import ResNet18_Weights

FOLDER = Path(__file__).parent
ENTRIES = 64


def noise(*shape: int) -> torch.Tensor:
    """Bytes from a seed, coarse so that the files stay small."""
    torch.manual_seed(0)
    return torch.randint(0, 8, shape, dtype=torch.uint8) * 36


def main() -> None:
    """Writes all files."""
    pictures = {
        "wide.png": Image.fromarray(noise(31, 83, 3).numpy()),
        "tall.png": Image.fromarray(noise(411, 270).numpy().repeat(3).reshape(411, 270, 3)),
        "grey.png": Image.fromarray(noise(40, 40).numpy()),
        "transparent.png": Image.fromarray(noise(20, 33, 4).numpy()),
        "lossy.jpg": Image.fromarray(noise(48, 64, 3).numpy()),
    }
    preset = ResNet18_Weights.IMAGENET1K_V1.transforms()
    records = {}
    for name, picture in pictures.items():
        picture.save(FOLDER / name)
        tensor = preset(Image.open(FOLDER / name).convert("RGB")).flatten()
        step = tensor.numel() // ENTRIES
        records[name] = {
            "sum": tensor.double().sum().item(),
            "entries": tensor[::step][:ENTRIES].tolist(),
        }
    (FOLDER / "pictures.json").write_text(json.dumps(records) + "\n")


if __name__ == "__main__":
    main()
