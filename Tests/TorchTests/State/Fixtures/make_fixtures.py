"""Writes the files beside it: states that PyTorch and safetensors wrote, what they hold
(expected.tsv), and pickles that must be refused.

Made with torch 1.13.1 and safetensors 0.8.0: python3 make_fixtures.py
"""

import builtins
import pickle
import posix
import struct
from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.serialization import MAGIC_NUMBER, PROTOCOL_VERSION

HERE = Path(__file__).parent
TYPES = [
    torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32,
    torch.int16, torch.int8, torch.uint8, torch.bool,
]
VALUES = {torch.uint8: torch.arange(6) * 50, torch.bool: torch.arange(6) % 2}
SYSTEM = {"protocol_version": PROTOCOL_VERSION, "little_endian": True,
          "type_sizes": {"short": 2, "int": 4, "long": 4}}


def name(dtype):
    return str(dtype).removeprefix("torch.")


def every_type():
    return OrderedDict(
        (name(dtype), VALUES.get(dtype, torch.arange(6) * 3 - 5).to(dtype).reshape(2, 3))
        for dtype in TYPES)


def every_layout():
    """Views of one storage, as a state dictionary may hold them."""
    base = torch.arange(24, dtype=torch.float32)
    state = OrderedDict()
    state["base"] = base
    state["transposed"] = base.reshape(4, 6).t()
    state["channels_last"] = base.reshape(1, 2, 3, 4).contiguous(memory_format=torch.channels_last)
    state["stepped"] = base[3:20:4]
    state["tail"] = base[20:]
    state["repeated"] = base[5:6].expand(2, 3)
    state["scalar"] = torch.tensor(2.5)
    state["empty"] = torch.zeros(0, 4)
    state["grün"] = torch.ones(1)
    return state


def module():
    """A state dictionary of a module: parameters, buffers, and the attribute `_metadata`."""
    torch.manual_seed(1)
    layers = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 2), torch.nn.BatchNorm2d(3))
    return layers.state_dict()


def parameters():
    torch.manual_seed(2)
    return {"weight": torch.nn.Parameter(torch.randn(2, 2)), "bias": torch.zeros(2)}


def training(wrapper):
    """What training programs save."""
    return {"epoch": 3, "optimizer": {"lr": 0.1, "betas": (0.9, 0.999), "state": {}}, "best": None,
            wrapper: OrderedDict(weight=torch.tensor([1.0, 2.0])), "done": True}


def save(file, state, legacy=False, tensors=None):
    torch.save(state, HERE / file, _use_new_zipfile_serialization=not legacy)
    return expected(file, tensors if tensors is not None else state)


def expected(file, tensors):
    lines = []
    for key, tensor in tensors.items():
        tensor = tensor.detach()
        values = tensor.contiguous()
        data = bytes(values.reshape(-1).view(torch.uint8).tolist()) if values.dtype != torch.bool \
            and values.numel() else bytes(int(v) for v in values.reshape(-1).tolist())
        lines.append([file, key, name(tensor.dtype), list(tensor.shape), list(tensor.stride()),
                      data.hex()])
    return lines


def legacy(*pickles):
    """A file of PyTorch before 1.6 around an object's pickle and what follows it."""
    start = [pickle.dumps(part, 2) for part in (MAGIC_NUMBER, PROTOCOL_VERSION, SYSTEM)]
    return b"".join(start) + b"".join(pickles)


def short(text):
    """As Python 2 pickled text."""
    return b"U" + struct.pack("<B", len(text)) + text.encode()


def storage(key, count, kind="FloatStorage", view=b"N", tag="storage"):
    return (b"(" + short(tag) + b"ctorch\n" + kind.encode() + b"\n" + short(key) + short("cpu")
            + b"J" + struct.pack("<i", count) + view + b"tQ")


def numbers(*values):
    return b"(" + b"".join(b"J" + struct.pack("<i", value) for value in values) + b"t"


def tensor(store, offset, shape, strides):
    return (b"ctorch._utils\n_rebuild_tensor\n(" + store + b"J" + struct.pack("<i", offset)
            + numbers(*shape) + numbers(*strides) + b"tR")


def old(body, **storages):
    """A legacy file whose object is written instruction by instruction."""
    data = b"".join(struct.pack("<q", len(values)) + struct.pack(f"<{len(values)}f", *values)
                    for values in storages.values())
    return legacy(b"\x80\x02" + body + b".", pickle.dumps(list(storages), 2), data)


def python_2():
    """Instructions that PyTorch 0.1 wrote from Python 2, and a storage that is part of another."""
    parameter = (b"ctorch.nn.parameter\nParameter\n" + tensor(storage("7", 6), 1, [2, 2], [2, 1])
                 + b"\x85\x81(\x88\x89ccollections\nOrderedDict\n)Rtb")
    part = storage("7", 6, view=b"(" + short("8") + numbers(4, 2)[1:-1] + b"t")
    pairs = (b"](](" + short("weight") + parameter + b"e](" + short("bias")
             + tensor(part, 0, [2], [1]) + b"ee")
    (HERE / "python2.pth").write_bytes(
        old(b"ccollections\nOrderedDict\n" + pairs + b"\x85R", **{"7": [1, 2, 3, 4, 5, 6]}))
    return expected("python2.pth", {"weight": torch.tensor([[2.0, 3.0], [4.0, 5.0]]),
                                    "bias": torch.tensor([5.0, 6.0])})


class Calls:
    """An object that calls a function as soon as Python's unpickler meets it."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def hostile():
    command = "touch executed"
    torch.save({"weight": Calls(posix.system, command)}, HERE / "posix-system.pth")
    torch.save({"weight": torch.ones(1), "step": Calls(builtins.eval, "1 + 1")},
               HERE / "builtins-eval-legacy.pth", _use_new_zipfile_serialization=False)
    torch.save({"weight": Calls(posix.system, command)}, HERE / "stack-global.pth",
               pickle_protocol=4)
    torch.save(torch.nn.Linear(1, 1), HERE / "module.pth")
    torch.jit.save(torch.jit.script(torch.nn.Linear(1, 1)), HERE / "program.pth")
    torch.save(torch.ones(2), HERE / "tensor.pth")
    torch.save({"epoch": 1, "loss": 0.5}, HERE / "no-tensors.pth")
    torch.save({"weight": torch.ones(2), "epoch": 1}, HERE / "mixed.pth")
    cut = {"weight": torch.ones(2), "bias": torch.zeros(3, dtype=torch.int16)}
    torch.save(cut, HERE / "small.pth")
    torch.save(cut, HERE / "small-legacy.pth", _use_new_zipfile_serialization=False)


def by_instruction():
    """Files as no program writes them, each with one fault: faults.tsv holds them."""
    def weight(store=storage("0", 2), offset=0, shape=(2,), strides=(1,)):
        return b"}" + short("weight") + tensor(store, offset, shape, strides) + b"s"

    two = {"0": [1, 2]}
    huge = 0x7FFFFFFF
    faults = {
        "shape": old(weight(shape=(3,)), **two),
        "offset": old(weight(offset=1), **two),
        "negative-offset": old(weight(offset=-1), **two),
        "strides": old(weight(shape=(2,), strides=(2,)), **two),
        "strides-count": old(weight(strides=(1, 1)), **two),
        "negative-stride": old(weight(strides=(-1,)), **two),
        "negative-side": old(weight(shape=(-2,)), **two),
        "huge-shape": old(weight(shape=(huge, huge, huge), strides=(0, 0, 0)), **two),
        "huge-strides": old(
            weight(shape=(huge, huge, huge), strides=(huge, huge, huge)), **two),
        "huge-repetition": old(weight(shape=(huge,), strides=(0,)), **two),
        "storage-size": old(weight(storage("0", 3)), **two),
        "storage-huge": old(weight(storage("0", huge)), **two),
        "storage-negative": old(weight(storage("0", -1)), **two),
        "storage-key": old(weight(storage("1", 2)), **two),
        "storage-tag": old(weight(storage("0", 2, tag="module")), **two),
        "storage-part": old(
            weight(storage("0", 2, view=b"(" + short("1") + numbers(1, 2)[1:-1] + b"t")), **two),
        "storage-part-form": old(weight(storage("0", 2, view=b"K\x01")), **two),
        "storage-twice": legacy(
            b"\x80\x02" + weight() + b".", pickle.dumps(["0", "0"], 2),
            struct.pack("<q", 0) * 2),
        "storage-count": legacy(
            b"\x80\x02" + weight() + b".", pickle.dumps(["0"], 2), struct.pack("<q", 1 << 60)),
        "storage-count-negative": legacy(
            b"\x80\x02" + weight() + b".", pickle.dumps(["0"], 2), struct.pack("<q", -1)),
        "persistent-number": old(b"K\x01Q"),
        "persistent-short": old(b"(" + short("storage") + b"tQ"),
        "key-number": old(b"}K\x01" + tensor(storage("0", 2), 0, (2,), (1,)) + b"s", **two),
        "key-twice": old(b"}(" + 2 * (short("a") + tensor(storage("0", 2), 0, (2,), (1,))) + b"u",
                         **two),
        "memo-missing": old(b"h\x07"),
        "text-length": old(b"X\xff\xff\xff\xff"),
        "frame-length": old(b"\x95" + b"\xff" * 8),
        "text-encoding": old(b"U\x01\xff"),
        "protocol": legacy(b"\x80\x09."),
        "unknown-instruction": old(b"\x82\x01"),
        "text-protocol": legacy(b"cposix\nsystem\n(S'touch executed'\ntR."),
        "renamed-module": old(b"cos\nsystem\n"),
        "control-characters": old(b"c\x1b[31mred\nsystem\n"),
        "call-of-text": old(short("a") + b")R"),
        "storage-call": old(b"ctorch\nFloatStorage\n)R"),
        "rebuild-arguments": old(b"ctorch._utils\n_rebuild_tensor_v2\n)R"),
        "parameter-of-nothing": old(b"ctorch.nn.parameter\nParameter\n)\x81"),
        "build-number": old(b"K\x01}b"),
        "append-to-text": old(short("a") + b"Na"),
        "odd-items": old(b"}(Nu"),
        "empty-stack": old(b""),
        "pop-below-mark": old(b"K\x01(0"),
        "no-mark": old(b"t"),
        "left-over": old(b"K\x01K\x02"),
        "list-of-itself": old(b"]q\x00h\x00a"),
        "memo-number": old(b"}r\xff\xff\xff\xffj\xfe\xff\xff\xff"),
        "wrapper-of-number": old(b"}" + short("model") + b"K\x01s"),
        "wrapper-of-itself": old(b"}q\x00" + short("model") + b"h\x00s"),
        "magic": pickle.dumps(MAGIC_NUMBER + 1, 2),
        "version": pickle.dumps(MAGIC_NUMBER, 2) + pickle.dumps(1002, 2),
        "big-endian": b"".join(pickle.dumps(part, 2) for part in (
            MAGIC_NUMBER, PROTOCOL_VERSION, {"little_endian": False})),
        "keys-of-storages": legacy(b"\x80\x02}.", pickle.dumps(3, 2)),
    }
    lines = [f"{name}\t{data.hex()}" for name, data in faults.items()]
    (HERE / "faults.tsv").write_text("\n".join(lines) + "\n")


def safetensors():
    state = dict(every_type())
    state["scalar"] = torch.tensor(2.5)
    state["empty"] = torch.zeros(0, 4)
    state["grün \"quoted\""] = torch.ones(1)
    save_file(state, HERE / "reference.safetensors", {"format": "pt", "note": "ü\n"})
    (HERE / "reference.safetensors").chmod(0o644)
    return expected("reference.safetensors", state)


def main():
    lines = []
    lines += save("types.pth", every_type())
    lines += save("types-legacy.pth", every_type(), legacy=True)
    lines += save("layouts.pth", every_layout())
    lines += save("layouts-legacy.pth", every_layout(), legacy=True)
    lines += save("module-state.pth", module())
    lines += save("module-state-legacy.pth", module(), legacy=True)
    lines += save("parameters.pth", parameters())
    wrapped = training("model")
    lines += save("wrapped.pth", wrapped, tensors=wrapped["model"])
    wrapped = training("state_dict")
    lines += save("wrapped-legacy.pth", wrapped, legacy=True, tensors=wrapped["state_dict"])
    torch.save(every_type(), HERE / "protocol4.pth", pickle_protocol=4)
    lines += expected("protocol4.pth", every_type())
    lines += python_2()
    lines += safetensors()
    (HERE / "expected.tsv").write_text(
        "\n".join("\t".join(str(field) for field in line) for line in lines) + "\n")
    hostile()
    by_instruction()


if __name__ == "__main__":
    main()
