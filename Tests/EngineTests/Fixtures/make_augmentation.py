"""Writes augmentation.json: what torchvision's functions on tensors make of a small picture.

Run with a Python that has torchvision 0.14: python3 make_augmentation.py
"""

import json
import pathlib

import torch
from torchvision.transforms import functional as F
from torchvision.transforms import InterpolationMode

HEIGHT, WIDTH = 7, 9

# Every colour of the circle, greys, black and white.
picture = torch.tensor(
    [
        [[(x * 37 + y * 101 + channel * 59) % 256 / 255 for x in range(WIDTH)] for y in range(HEIGHT)]
        for channel in range(3)
    ]
)
picture[:, 0, 0] = 0
picture[:, 0, 1] = 1
picture[:, 0, 2] = 0.5


def chain(image):
    image = F.adjust_brightness(image, 0.9)
    image = F.adjust_contrast(image, 1.4)
    image = F.adjust_saturation(image, 0.6)
    image = F.adjust_hue(image, 0.03)
    return image[[2, 0, 1]]


mask = (picture[:1] > 0.4).to(torch.uint8)
cases = {
    "picture": picture,
    "brightness 1.125": F.adjust_brightness(picture, 1.125),
    "contrast 0.5": F.adjust_contrast(picture, 0.5),
    "contrast 1.5": F.adjust_contrast(picture, 1.5),
    "saturation 0.5": F.adjust_saturation(picture, 0.5),
    "saturation 1.5": F.adjust_saturation(picture, 1.5),
    "hue 0.05": F.adjust_hue(picture, 0.05),
    "hue -0.05": F.adjust_hue(picture, -0.05),
    "hue 0.5": F.adjust_hue(picture, 0.5),
    "chain": chain(picture),
    "smaller": F.resize(picture, [3, 5], antialias=True),
    "larger": F.resize(picture, [14, 11], antialias=True),
    "mask": mask,
    "smaller mask": F.resize(mask, [3, 5], interpolation=InterpolationMode.NEAREST),
}

target = pathlib.Path(__file__).with_name("augmentation.json")
rows = [
    f'"{name}": {{"shape": {list(value.shape)}, "values": {[round(v, 7) for v in value.flatten().tolist()]}}}'
    for name, value in cases.items()
]
target.write_text("{" + ",\n".join(rows) + "}\n")
json.loads(target.read_text())
