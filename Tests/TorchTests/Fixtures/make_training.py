"""Makes the figures of optimisers, clipping and schedules: NAME.json beside this script.

    /usr/bin/python3 make_training.py    # needs torch 1.13.1
"""

from __future__ import annotations

import torch
from torch.optim import lr_scheduler

from figure_file import plain, random_tensor, write

STEPS = 10

OPTIMIZERS = {
    "plain SGD": (torch.optim.SGD, {"lr": 0.1}),
    "SGD with weight decay": (torch.optim.SGD, {"lr": 0.1, "weight_decay": 0.01}),
    "SGD with momentum": (torch.optim.SGD, {"lr": 0.05, "momentum": 0.9, "weight_decay": 5e-4}),
    "SGD with dampening": (torch.optim.SGD, {"lr": 0.05, "momentum": 0.8, "dampening": 0.3}),
    "SGD with Nesterov": (
        torch.optim.SGD, {"lr": 0.05, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
    ),
    "Adam": (torch.optim.Adam, {"lr": 0.01}),
    "Adam with weight decay": (
        torch.optim.Adam, {"lr": 0.02, "betas": (0.8, 0.99), "eps": 1e-4, "weight_decay": 0.1},
    ),
    "AdamW": (torch.optim.AdamW, {"lr": 0.02, "betas": (0.8, 0.95), "weight_decay": 0.1}),
}


def optimizers() -> None:
    """Two parameters, and the second one has no gradient at the first, second and sixth step.

    In "groups" the second parameter is in a group of its own, with a tenth of the learning rate and
    no weight decay.
    """
    torch.manual_seed(21)
    start = [random_tensor(3, 4), random_tensor(5)]
    gradients = [[random_tensor(3, 4), random_tensor(5)] for _ in range(STEPS)]
    for step in (0, 1, 5):
        gradients[step][1] = None

    def train(kind, options: dict, grouped: bool) -> list:
        parameters = [tensor.clone().requires_grad_() for tensor in start]
        second = {"params": parameters[1:], "lr": options["lr"] / 10, "weight_decay": 0}
        groups = [{"params": parameters[:1]}, second] if grouped else parameters
        optimizer = kind(groups, **options)
        path = []
        for step in range(STEPS):
            for parameter, gradient in zip(parameters, gradients[step]):
                parameter.grad = None if gradient is None else gradient.clone()
            optimizer.step()
            path.append([plain(parameter) for parameter in parameters])
        return path

    cases: dict = {
        "start": [plain(tensor) for tensor in start],
        "gradients": [
            [None if gradient is None else plain(gradient) for gradient in pair]
            for pair in gradients
        ],
    }
    for name, (kind, options) in OPTIMIZERS.items():
        cases[name] = train(kind, options, grouped=False)
    for name in ("SGD with momentum", "AdamW"):
        cases[f"{name}, in groups"] = train(*OPTIMIZERS[name], grouped=True)
    write("optimizers", cases)


def clipping() -> None:
    """Gradients before, the norm, and gradients after."""
    torch.manual_seed(22)
    gradients = [random_tensor(3, 4) * 2, random_tensor(5)]

    def clipped(operation) -> dict:
        parameters = [torch.zeros_like(gradient, requires_grad=True) for gradient in gradients]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient.clone()
        norm = operation(parameters)
        after = [plain(parameter.grad) for parameter in parameters]
        return {
            "before": [plain(gradient) for gradient in gradients],
            "after": after,
            "norm": norm.item() if norm is not None else 0,
        }

    write(
        "clipping",
        {
            "by norm": clipped(lambda p: torch.nn.utils.clip_grad_norm_(p, 1.5)),
            "within the norm": clipped(lambda p: torch.nn.utils.clip_grad_norm_(p, 100)),
            "by value": clipped(lambda p: torch.nn.utils.clip_grad_value_(p, 0.75)),
        },
    )


def schedules() -> None:
    """The learning rate over the one at the start, step by step."""

    def rates(make, steps: int = 40) -> list:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        scheduler = make(optimizer)
        found = []
        for _ in range(steps):
            found.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        return found

    def warm_up(optimizer):
        return lr_scheduler.LinearLR(optimizer, start_factor=1e-3, total_iters=12)

    def chained(second):
        return lambda optimizer: lr_scheduler.ChainedScheduler(
            [warm_up(optimizer), second(optimizer)]
        )

    def multi_step(optimizer):
        return lr_scheduler.MultiStepLR(optimizer, milestones=[16, 22], gamma=0.1)

    def cosine(optimizer):
        return lr_scheduler.CosineAnnealingLR(optimizer, T_max=30)

    write(
        "schedules",
        {
            "step": rates(lambda o: lr_scheduler.StepLR(o, step_size=3, gamma=0.1), 20),
            "multi-step": rates(multi_step),
            "warm-up": rates(warm_up),
            "cosine": rates(cosine),
            "cosine to a tenth": rates(
                lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=30, eta_min=0.1)
            ),
            "warm-up and multi-step": rates(chained(multi_step)),
            "warm-up and cosine": rates(chained(cosine), 30),
        },
    )


if __name__ == "__main__":
    for make in (optimizers, clipping, schedules):
        make()
