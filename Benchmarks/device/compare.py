"""What check.sh needs beside the engine: inputs, the detectors' names, and a comparison of files.

    compare.py inputs FOLDER
    copra-engine models --format json | compare.py detectors
    compare.py close FOLDER FIRST SECOND TOLERANCE

Needs nothing but Python.
"""

from __future__ import annotations

import array
import json
import random
import struct
import sys
from pathlib import Path

CODES = {"F32": "f", "F64": "d", "I64": "q", "U8": "B"}
Tensors = dict[str, tuple[str, list[int], list]]


def write(path: Path, tensors: Tensors) -> None:
    """Writes tensors, each a type, a shape and numbers."""
    header, body = {}, b""
    for key, (dtype, shape, numbers) in tensors.items():
        data = array.array(CODES[dtype], numbers).tobytes()
        offsets = [len(body), len(body) + len(data)]
        header[key] = {"dtype": dtype, "shape": shape, "data_offsets": offsets}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def read(path: Path) -> Tensors:
    """All tensors of a file."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    tensors = {}
    for key, entry in json.loads(data[8 : 8 + length]).items():
        if key == "__metadata__":
            continue
        first, end = (8 + length + offset for offset in entry["data_offsets"])
        numbers = array.array(CODES[entry["dtype"]], data[first:end])
        tensors[key] = (entry["dtype"], entry["shape"], list(numbers))
    return tensors


def boxes(draw: random.Random, count: int, width: float, height: float) -> list[list[float]]:
    """Boxes inside a picture."""
    made = []
    for _ in range(count):
        x, y = draw.uniform(0, width * 0.6), draw.uniform(0, height * 0.6)
        made.append([x, y, x + draw.uniform(8, width * 0.4), y + draw.uniform(8, height * 0.4)])
    return made


def flat(rows: list[list[float]]) -> list[float]:
    """The numbers of all rows."""
    return [number for row in rows for number in row]


def pictures(draw: random.Random) -> Tensors:
    """Two pictures with boxes, labels, masks and keypoints."""
    tensors = {}
    for index, (height, width) in enumerate([(96, 128), (96, 96)]):
        found = boxes(draw, 3, width, height)
        pixels = [draw.random() for _ in range(3 * height * width)]
        masks = [
            int(x0 <= x < x1 and y0 <= y < y1)
            for x0, y0, x1, y1 in found
            for y in range(height)
            for x in range(width)
        ]
        points = [
            [draw.uniform(x0, x1), draw.uniform(y0, y1), 1.0]
            for x0, y0, x1, y1 in found
            for _ in range(17)
        ]
        tensors[f"image.{index}"] = ("F64", [3, height, width], pixels)
        tensors[f"boxes.{index}"] = ("F64", [3, 4], flat(found))
        tensors[f"labels.{index}"] = ("I64", [3], [1, 2, 3])
        tensors[f"masks.{index}"] = ("U8", [3, height, width], masks)
        tensors[f"keypoints.{index}"] = ("F64", [3, 17, 3], flat(points))
    return tensors


def inputs(folder: Path) -> None:
    """Writes what the operators and the detectors are run on."""
    draw = random.Random(1)
    many = ("F32", [2000, 4], flat(boxes(draw, 2000, 400, 300)))
    scores = ("F32", [2000], [draw.random() for _ in range(2000)])
    classes = ("I64", [2000], [draw.randrange(20) for _ in range(2000)])
    write(folder / "nms.safetensors", {"boxes": many, "scores": scores})
    write(folder / "batched_nms.safetensors", {"boxes": many, "scores": scores, "idxs": classes})
    few = ("F32", [300, 4], flat(boxes(draw, 300, 400, 300)))
    write(folder / "box_iou.safetensors", {"boxes1": few, "boxes2": few})
    maps = ("F64", [2, 16, 30, 40], [draw.random() for _ in range(2 * 16 * 30 * 40)])
    regions = [[number % 2, *box] for number, box in enumerate(boxes(draw, 200, 40, 30))]
    write(folder / "roi_align.safetensors", {"input": maps, "boxes": ("F64", [200, 5], flat(regions))})
    write(folder / "pictures.safetensors", pictures(draw))


def difference(first: list, second: list) -> float:
    """The greatest difference, by the root of the mean square."""
    size = (sum(number * number for number in first) / max(len(first), 1)) ** 0.5
    greatest = max((abs(a - b) for a, b in zip(first, second)), default=0.0)
    return greatest / size if size > 0 else greatest


def close(folder: Path, first: str, second: str, tolerance: float) -> bool:
    """Whether the files of two devices hold the same within a tolerance; prints what does not."""
    agree = True
    files = sorted(folder.glob(f"{first}-*.safetensors"))
    for path in files:
        ours, theirs = read(path), read(path.with_name(path.name.replace(first, second, 1)))
        if list(ours) != list(theirs):
            print(f"  {path.name}: the keys differ")
            agree = False
            continue
        for key, (_, shape, numbers) in ours.items():
            other = theirs[key]
            if shape != other[1]:
                print(f"  {path.name} {key}: {shape} and {other[1]}")
                agree = False
            elif not difference(numbers, other[2]) <= tolerance:
                print(f"  {path.name} {key}: differs by {difference(numbers, other[2]):.2e}")
                agree = False
    return agree and bool(files)


def main() -> int:
    """Does what the first word says."""
    work, *rest = sys.argv[1:]
    if work == "inputs":
        inputs(Path(rest[0]))
    elif work == "detectors":
        models = json.load(sys.stdin)
        print("\n".join(model["name"] for model in models if model["task"] == "detection"))
    elif work == "close":
        return 0 if close(Path(rest[0]), rest[1], rest[2], float(rest[3])) else 1
    else:
        sys.exit(f"expected inputs, detectors or close, found {work}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
