"""Reads and writes `.safetensors` files: a JSON header of shapes and offsets, then the bytes.

Of the format's types only those that a model's state has.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy
import torch

TYPES = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64", torch.uint8: "U8"}
ARRAYS = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "U8": "u1"}
LENGTH = struct.Struct("<Q")


def write(path: Path, tensors: Mapping[str, torch.Tensor]) -> None:
    """Writes tensors in the order given."""
    header, offset = {}, 0
    for key, tensor in tensors.items():
        end = offset + tensor.numel() * tensor.element_size()
        shape, dtype = list(tensor.shape), TYPES[tensor.dtype]
        header[key] = {"dtype": dtype, "shape": shape, "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % LENGTH.size)
    with open(path, "wb") as file:
        file.write(LENGTH.pack(len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.detach().contiguous().numpy().tobytes())


def read(path: Path) -> dict[str, torch.Tensor]:
    """All tensors of a file by key."""
    data = path.read_bytes()
    (length,) = LENGTH.unpack_from(data)
    start = LENGTH.size + length
    tensors = {}
    for key, entry in json.loads(data[LENGTH.size : start]).items():
        if key == "__metadata__":
            continue
        first, end = entry["data_offsets"]
        array = numpy.frombuffer(data[start + first : start + end], ARRAYS[entry["dtype"]])
        tensors[key] = torch.from_numpy(array.copy()).reshape(entry["shape"])
    return tensors
