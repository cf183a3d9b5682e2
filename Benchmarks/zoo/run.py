"""Runs the zoo's models with copra and torchvision in turn and prints a table with their ratios.

torchvision is Debian's python3-torchvision, on the same libtorch. With `--wheel` copra runs on the
libtorch of a `torch` wheel that is installed with torchvision into an environment of its own; build
`ZooSteps` for it with `LIBTORCH` first (`make bench-zoo LIBTORCH=…` does).
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
# Measuring is done as for conversions.
sys.path.append(str(HERE.parent / "convert"))

import measuring  # noqa: E402
import results  # noqa: E402

CASES = [
    # model, work, batch, size, repetitions in a process
    ("resnet18", "forward", 2, 320, 15),
    ("resnet18", "train", 2, 320, 7),
    ("resnet50", "forward", 1, 800, 7),
    ("resnet50", "forward", 2, 320, 7),
    ("resnet50", "train", 2, 320, 5),
    ("vgg16", "forward", 2, 224, 7),
    ("vgg16", "train", 2, 224, 5),
    ("densenet121", "forward", 2, 224, 9),
    ("densenet121", "train", 2, 224, 5),
    ("mobilenet_v2", "forward", 2, 224, 15),
    ("mobilenet_v2", "train", 2, 224, 9),
    ("r3d_18", "forward", 1, 112, 5),
    ("r3d_18", "train", 1, 112, 3),
]
HEADINGS = ["model", "work", "input", "tool", "median s", "min s", "peak MB", "copra / it"]


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    program = REPOSITORY / ".build/release/ZooSteps"
    parser.add_argument("--program", type=Path, default=program)
    parser.add_argument("--python", default="/usr/bin/python3", help="a Python with torchvision")
    parser.add_argument("--runs", type=int, default=5, help="processes of each tool (default: 5)")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--only", action="append", help="a model, such as resnet50")
    parser.add_argument("--bf16", action="store_true", help="copra in bf16 as well")
    return parser.parse_args()


def main() -> None:
    """Runs the selected cases."""
    arguments = read_arguments()
    scratch = REPOSITORY / ".build-bench/scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    floor = measuring.peak_floor(scratch)
    variables = {**os.environ, "OMP_NUM_THREADS": str(arguments.threads)}
    print(f"{arguments.threads} threads, load {os.getloadavg()[0]:.2f} at the start.\n")
    print("| " + " | ".join(HEADINGS) + " |")
    print("| --- | --- | --- | --- " + "| ---: " * (len(HEADINGS) - 4) + "|", flush=True)
    for model, work, batch, size, repetitions in CASES:
        if arguments.only and model not in arguments.only:
            continue
        job = [model, work, *map(str, (batch, size, arguments.threads, repetitions))]
        commands = {
            "copra": [str(arguments.program), *job],
            "torchvision": [arguments.python, str(HERE / "peer.py"), *job],
        }
        if arguments.bf16:
            commands["copra bf16"] = [*commands["copra"], "--bf16"]
        samples = {tool: [] for tool in commands}
        for _ in range(arguments.runs):
            for tool, command in commands.items():
                samples[tool].append(measuring.run(command, variables, scratch))
        print_rows([model, work, f"{batch}×{size}²"], samples, floor)


def print_rows(case: list[str], samples: dict[str, list[measuring.Sample]], floor: int) -> None:
    """The rows of a case."""
    medians = {}
    for tool, runs in samples.items():
        failure = next((run.failure for run in runs if run.failure), None)
        if failure:
            print("| " + " | ".join([*case, tool, "failed", failure[:160]]) + " |", flush=True)
            continue
        seconds = [run.inner_seconds for run in runs]
        medians[tool] = statistics.median(seconds)
        ratio = medians["copra"] / medians[tool] if "copra" in medians else float("nan")
        row = [
            *case,
            tool,
            results.seconds_text(medians[tool]),
            results.seconds_text(min(seconds)),
            results.peak_text(runs, floor),
            "—" if tool == "copra" else f"{ratio:.2f}",
        ]
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
