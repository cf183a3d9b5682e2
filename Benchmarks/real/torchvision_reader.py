"""Reads a COCO file with torchvision: torchvision_reader.py FOLDER FILE; counts as JSON.

Runs in Debian's Python, which has torchvision but none of the claims' packages.
"""

import json
import sys

import torchvision
from torchvision.datasets import CocoDetection


def main() -> None:
    """Opens every picture with its objects."""
    folder, path = sys.argv[1:]
    dataset = CocoDetection(folder, path)
    pixels = annotations = 0
    for index in range(len(dataset)):
        picture, objects = dataset[index]
        pixels += len(picture.tobytes()) // 3  # CocoDetection makes every picture RGB.
        annotations += len(objects)
    counts = {"images": len(dataset), "annotations": annotations, "pixels": pixels}
    print(json.dumps({**counts, "version": torchvision.__version__}))


if __name__ == "__main__":
    main()
