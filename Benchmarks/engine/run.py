"""Runs detectors with copra and torchvision in turn and prints a table with their ratios.

torchvision is Debian's python3-torchvision, on the same libtorch as copra. Training steps and
inference are of pictures of noise; loading and evaluation are of the real pictures of tinycoco in
the folder that COPRA_DATASETS names (default: ../shared/datasets); without it they are left out.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
# Measuring is done as for conversions, and pycocotools found as for the real datasets.
sys.path += [str(HERE.parent / "convert"), str(HERE.parent / "real")]

import measuring  # noqa: E402
import results  # noqa: E402
import torchvision_python  # noqa: E402

MODELS = [
    "fasterrcnn_mobilenet_v2",
    "fasterrcnn_resnet50_fpn",
    "retinanet_resnet50_fpn",
    "maskrcnn_resnet50_fpn",
    "fcos_resnet50_fpn",
    "ssd300_vgg16",
    "ssdlite320_mobilenet_v3_large",
    "keypointrcnn_resnet50_fpn",
]
SIZES = [
    # batch, side of the picture
    (2, 320),
    (1, 800),
]
FIXED_SIZES = {
    # what pictures of any size become
    "ssd300_vgg16": [(2, 300)],
    "ssdlite320_mobilenet_v3_large": [(2, 320)],
}
REPETITIONS = {"train": 3, "detect": 5}
EVALUATED = [
    # model, side of the picture; 800 is what torchvision's models have by themselves
    ("fasterrcnn_resnet50_fpn", 320),
    ("fasterrcnn_resnet50_fpn", 800),
    ("maskrcnn_resnet50_fpn", 320),
]
EPOCHS = 8
HEADINGS = ["case", "input", "tool", "work", "median s", "min s", "peak MB", "copra / it"]


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    program = REPOSITORY / ".build/release/EngineSteps"
    datasets = Path(os.environ.get("COPRA_DATASETS", REPOSITORY.parent / "shared/datasets"))
    parser.add_argument("--program", type=Path, default=program)
    parser.add_argument("--python", default="/usr/bin/python3", help="a Python with torchvision")
    parser.add_argument("--runs", type=int, default=3, help="processes of each tool (default: 3)")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--only", action="append", help="part of a case's name, such as retinanet")
    parser.add_argument("--no-bf16", action="store_true", help="float32 alone")
    parser.add_argument("--datasets", type=Path, default=datasets)
    return parser.parse_args()


class Bench:
    """Where to run what."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        """Finds what the peer needs."""
        self.arguments = arguments
        self.scratch = REPOSITORY / ".build-bench/scratch"
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.floor = measuring.peak_floor(self.scratch)
        variables = torchvision_python.variables(REPOSITORY / ".build-bench/engine")
        self.variables = {**variables, "OMP_NUM_THREADS": str(arguments.threads)}
        self.peer = [arguments.python, str(HERE / "peer.py")]

    def steps(self) -> None:
        """Training steps and inference of every model."""
        for model in MODELS:
            for work, repetitions in REPETITIONS.items():
                for batch, size in FIXED_SIZES.get(model, SIZES):
                    numbers = map(str, (batch, size, self.arguments.threads, repetitions))
                    job = ["step", model, work, *numbers]
                    self.case(f"{model} {work}", f"{batch}×{size}²", job, has_bf16=True)

    def pictures(self) -> None:
        """The loader and whole evaluations on real pictures."""
        folder = self.arguments.datasets / "tinycoco"
        annotations = folder / "annotations/instances_train2017.json"
        if not annotations.is_file():
            print(f"\nno {annotations}: loading and evaluation are skipped")
            return
        files = [str(annotations), str(folder / "images/train2017")]
        threads = str(self.arguments.threads)
        self.case("loader, per picture", "tinycoco", ["load", *files, "2", threads, str(EPOCHS)])
        for model, size in EVALUATED:
            job = ["evaluate", model, *files, str(size), threads]
            self.case(f"{model} evaluate", f"tinycoco, {size}²", job)

    def case(self, name: str, given: str, job: list[str], has_bf16: bool = False) -> None:
        """Takes turns and prints the rows, unless another case was asked for."""
        if self.arguments.only and not any(part in name for part in self.arguments.only):
            return
        commands = {
            "copra": [str(self.arguments.program), *job],
            "torchvision": [*self.peer, *job],
        }
        if has_bf16 and not self.arguments.no_bf16:
            for tool in ("copra", "torchvision"):
                commands[f"{tool} bf16"] = [*commands[tool], "--bf16"]
        samples = {tool: [] for tool in commands}
        for _ in range(self.arguments.runs):
            for tool, command in commands.items():
                # What has failed once fails again.
                if not any(sample.failure for sample in samples[tool]):
                    samples[tool].append(measuring.run(command, self.variables, self.scratch))
        print_rows([name, given], samples, self.floor)


def work_of(sample: measuring.Sample) -> str:
    """What a process says that its first step made."""
    lines = sample.standard_output.splitlines()
    return next((line[len("work: ") :] for line in lines if line.startswith("work: ")), "")


def print_rows(case: list[str], samples: dict[str, list[measuring.Sample]], floor: int) -> None:
    """The rows of a case; every ratio is copra in float32 or bf16 by the tool in its row."""
    medians = {}
    for tool, runs in samples.items():
        failure = next((run.failure for run in runs if run.failure), None)
        if failure:
            print("| " + " | ".join([*case, tool, f"failed: {failure[:120]}"]) + " |", flush=True)
            continue
        seconds = [run.inner_seconds for run in runs]
        medians[tool] = statistics.median(seconds)
        row = [
            *case,
            tool,
            work_of(runs[0]),
            results.seconds_text(medians[tool]),
            results.seconds_text(min(seconds)),
            results.peak_text(runs, floor),
            ratios(medians, tool),
        ]
        print("| " + " | ".join(row) + " |", flush=True)


def ratios(medians: dict[str, float], tool: str) -> str:
    """copra's time by torchvision's; a row of copra in bf16 has its own by torchvision's float32."""
    if tool == "copra":
        return "—"
    if tool == "copra bf16":
        reference = medians.get("torchvision")
        return f"it / torchvision: {medians[tool] / reference:.2f}" if reference else "—"
    return f"{medians['copra'] / medians[tool]:.2f}" if "copra" in medians else "—"


def main() -> None:
    """Runs the selected cases."""
    arguments = read_arguments()
    bench = Bench(arguments)
    print(f"{arguments.threads} threads, load {os.getloadavg()[0]:.2f} at the start.\n")
    print("| " + " | ".join(HEADINGS) + " |")
    print("| --- | --- | --- | --- " + "| ---: " * (len(HEADINGS) - 4) + "|", flush=True)
    bench.steps()
    bench.pictures()


if __name__ == "__main__":
    main()
