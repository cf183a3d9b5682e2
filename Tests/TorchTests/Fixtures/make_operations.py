"""Makes the figures of arithmetic, reductions and ordering: NAME.json beside this script.

    /usr/bin/python3 make_operations.py    # needs torch 1.13.1
"""

from __future__ import annotations

import torch

from figure_file import Cases, plain, random_tensor, write

UNARY = {
    "abs": torch.abs,
    "exp": torch.exp,
    "log": torch.log,
    "log1p": torch.log1p,
    "sqrt": torch.sqrt,
    "square": torch.square,
    "reciprocal": torch.reciprocal,
    "floor": torch.floor,
    "ceil": torch.ceil,
    "round": torch.round,
    "truncated": torch.trunc,
    "sign": torch.sign,
    "sin": torch.sin,
    "cos": torch.cos,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "log sigmoid": torch.nn.functional.logsigmoid,
    "relu": torch.relu,
    "relu6": torch.nn.functional.relu6,
    "hardswish": torch.nn.functional.hardswish,
    "hardsigmoid": torch.nn.functional.hardsigmoid,
    "silu": torch.nn.functional.silu,
    "gelu": torch.nn.functional.gelu,
    "negative": torch.neg,
    "softmax": lambda input: torch.softmax(input, 0),
    "log softmax": lambda input: torch.log_softmax(input, 0),
}
POSITIVE = {"log", "log1p", "sqrt", "reciprocal"}
DTYPES = [
    torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64,
    torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool,
]


def unary() -> None:
    """Functions of each element, on numbers around the places where they bend."""
    cases = Cases(1)
    signed = torch.tensor([-7.25, -3.5, -2.5, -1.5, -0.75, -0.1, 0.1, 0.5, 1.5, 2.5, 3.25, 6.5])
    for name, operation in UNARY.items():
        cases.add(name, operation, input=signed.abs() if name in POSITIVE else signed)
    write("unary", cases.cases)


def binary() -> None:
    """Two tensors, the second one broadcast, and a number at either side."""
    cases = Cases(2)
    left, right = random_tensor(2, 3) * 3, torch.tensor([0.5, -1.25, 2.0])
    operations = {
        "add": torch.add, "subtract": torch.sub, "multiply": torch.mul, "divide": torch.div,
        "remainder": torch.remainder, "minimum": torch.minimum, "maximum": torch.maximum,
    }
    for name, operation in operations.items():
        cases.add(name, lambda left, right, o=operation: o(left, right), left=left, right=right)
    cases.add(
        "floor divide",
        lambda left, right: torch.div(left, right, rounding_mode="floor"),
        differentiable=False, left=left, right=right,
    )
    cases.add("power", lambda left: left**3, left=left)
    cases.add("number minus tensor", lambda left: 2 - left, left=left)
    cases.add("number by tensor", lambda left: 2.5 / left, left=left)
    cases.add("clamp", lambda left: left.clamp(-1, 2), left=left)
    cases.add("clamp from below", lambda left: left.clamp(min=0.5), left=left)
    cases.add(
        "where",
        lambda left, right: torch.where(left > right, left, right * 2),
        left=left, right=right,
    )
    cases.add(
        "matmul", torch.matmul, input=random_tensor(2, 3, 4), other=random_tensor(4, 2)
    )
    cases.add(
        "add in whole numbers", torch.add, differentiable=False,
        input=torch.tensor([1, -2, 3]), other=torch.tensor([10, 20, -30]),
    )
    write("binary", cases.cases)


def promotion() -> None:
    """The type of a sum of two tensors, and of a tensor and a whole number or a fraction."""
    rows = {}
    for left in DTYPES:
        tensor = torch.ones(2, dtype=left)
        sums = [tensor + torch.ones(2, dtype=right) for right in DTYPES]
        sums += [tensor + 2, tensor + 2.5]
        rows[str(left).removeprefix("torch.")] = [
            str(result.dtype).removeprefix("torch.") for result in sums
        ]
    write("promotion", rows)


def reductions() -> None:
    """Over all dimensions and over some."""
    cases = Cases(3)
    x = random_tensor(2, 3, 4)
    every = (0, 1, 2)
    operations = {
        "sum": torch.sum, "mean": torch.mean, "amax": torch.amax, "amin": torch.amin,
        "norm": lambda x, d, keepdim=False: torch.norm(x, 2, d, keepdim),
        "variance": lambda x, d, keepdim=False: torch.var(x, d, True, keepdim),
    }
    for name, operation in operations.items():
        cases.add(name, lambda x, o=operation: o(x, every), x=x)
        cases.add(f"{name} of the middle", lambda x, o=operation: o(x, (1,)), x=x)
        cases.add(
            f"{name} of both ends, kept", lambda x, o=operation: o(x, (0, -1), keepdim=True), x=x
        )
    cases.add("cumulative sum", lambda x: torch.cumsum(x, 1), x=x)
    mask = x > 1
    cases.add("any", lambda x: torch.any(x), differentiable=False, x=mask)
    cases.add("any of the last", lambda x: torch.any(x, 2), differentiable=False, x=mask)
    cases.add("all of the first", lambda x: torch.all(~x, 0), differentiable=False, x=mask)
    cases.add(
        "sum of whole numbers", lambda x: x.sum(0), differentiable=False,
        x=torch.tensor([[1, 2], [3, 4]], dtype=torch.int32),
    )
    write("reductions", cases.cases)


def ordering() -> None:
    """Sorting, extremes, and reading and writing by indices."""
    cases = Cases(4)
    x = torch.tensor([[3.0, 1.0, 2.0, 1.0, 3.0], [0.5, -1.0, 0.5, 9.0, -4.0]])
    index = torch.tensor([[4, 0, 0], [1, 3, 2]])
    for name, descending in (("ascending", False), ("descending", True)):
        cases.add(
            f"{name} values",
            lambda x, d=descending: x.sort(dim=1, descending=d, stable=True).values, x=x,
        )
        cases.add(
            f"{name} indices",
            lambda x, d=descending: x.sort(dim=1, descending=d, stable=True).indices,
            differentiable=False, x=x,
        )
    distinct = x + 0.25 * torch.arange(5)
    cases.add("top values", lambda x: x.topk(2, 1).values, x=distinct)
    cases.add("top indices", lambda x: x.topk(2, 1).indices, differentiable=False, x=distinct)
    cases.add("max values", lambda x: x.max(1).values, x=distinct)
    cases.add("max indices", lambda x: x.max(0).indices, differentiable=False, x=distinct)
    cases.add("min values, kept", lambda x: x.min(1, keepdim=True).values, x=distinct)
    cases.add("gather", lambda x, index: x.gather(1, index), x=x, index=index)
    source = random_tensor(2, 3)
    cases.add(
        "scatter",
        lambda x, index, source: x.scatter(1, index, source),
        x=x, index=torch.tensor([[4, 0, 1], [1, 3, 2]]), source=source,
    )
    cases.add(
        "scatter add", lambda x, index, source: x.scatter_add(1, index, source),
        x=x, index=index, source=source,
    )
    cases.add(
        "index select", lambda x, index: x.index_select(1, index),
        x=x, index=torch.tensor([3, 3, 0]),
    )
    cases.add("mask", lambda x, mask: x[mask], x=x, mask=x > 0.75)
    cases.add("indices of the first", lambda x, index: x[index], x=x, index=torch.tensor([1, 0, 1]))
    cases.add("nonzero", torch.nonzero, differentiable=False, input=x > 1.5)
    cases.add(
        "one hot", lambda x: torch.nn.functional.one_hot(x, 4), differentiable=False,
        x=torch.tensor([2, 0, 3]),
    )
    write("ordering", cases.cases)


def random() -> None:
    """Draws from the seed 7, in this order, and the weights of layers made after the seed 8."""
    torch.manual_seed(7)
    draws = {
        "rand": torch.rand(5), "randn": torch.randn(20), "randperm": torch.randperm(10),
        "uniform": torch.empty(4).uniform_(-2, 3), "normal": torch.empty(3).normal_(1, 2),
    }
    torch.manual_seed(8)
    layers = {
        "Conv2d": torch.nn.Conv2d(2, 4, 3, groups=2), "Conv3d": torch.nn.Conv3d(1, 2, (1, 2, 3)),
        "ConvTranspose2d": torch.nn.ConvTranspose2d(2, 3, 2), "Linear": torch.nn.Linear(3, 2),
    }
    for name, layer in layers.items():
        draws |= {f"{name}.{key}": tensor for key, tensor in layer.state_dict().items()}
    write("random", {name: {"inputs": {}, "output": plain(draw)} for name, draw in draws.items()})


if __name__ == "__main__":
    for make in (unary, binary, promotion, reductions, ordering, random):
        make()
