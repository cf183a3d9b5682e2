"""Evaluates generated results with copra and its peers in turn and prints a table with their ratios.

The first run of each tool warms the caches and shows whether its arrays are pycocotools' to the last
bit; then the tools take turns. Needs nothing but Python: the peers are installed into an environment
of their own, and the inputs are generated, when they are missing.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
# Measuring is done as for conversions.
sys.path.append(str(HERE.parent / "convert"))

import environment  # noqa: E402
import measuring  # noqa: E402
import results  # noqa: E402

PHASE = re.compile(r"^(load|match|accumulate) seconds: ([0-9.e-]+)$", re.MULTILINE)
SLOW = {"pycocotools": 1, "faster-coco-eval": 3, "tidecv": 1}
INPUTS = {"bbox": ["--images", "5000"], "segm": ["--images", "500", "--masks"]}
GROWTH = {"0.5 M": 5_000, "1 M": 10_000, "2 M": 20_000, "5 M": 50_000}
HEADINGS = [
    *["case", "tool", "threads", "median s", "min s", "CPU s", "peak MB", "copra / it"],
    *["load s", "match s", "accumulate s", "arrays"],
]


@dataclasses.dataclass
class Contender:
    """A tool with its command, and what it did."""

    tool: str
    threads: int
    command: list[str]
    phases: list[str] | None = None
    """The command that tells of phases, where the tool itself does not."""
    bits: str = "—"
    failure: str | None = None
    samples: list[measuring.Sample] = dataclasses.field(default_factory=list)

    @property
    def variables(self) -> dict[str, str]:
        """Peers built on rayon or OpenMP take their threads from there."""
        names = ("RAYON_NUM_THREADS", "OMP_NUM_THREADS")
        return {**os.environ, **{name: str(self.threads) for name in names}}


class Bench:
    """Where things are."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.copra = arguments.copra.absolute()
        self.runs = arguments.runs
        self.inputs = arguments.inputs.absolute()
        self.python = str(arguments.venv.absolute() / "bin/python")
        self.scratch = arguments.scratch.absolute()
        self.scratch.mkdir(parents=True, exist_ok=True)
        environment.prepare(arguments.venv.absolute(), HERE / "requirements.txt")

    def files(self, name: str, options: list[str]) -> list[str]:
        """The generated truth and results, made where they are missing."""
        paths = [self.inputs / f"{name}-{part}.json" for part in ("truth", "results")]
        if not all(path.exists() for path in paths):
            command = [self.python, str(HERE / "generate.py"), "--into", str(self.inputs)]
            subprocess.run([*command, "--name", name, *options], check=True, stdout=sys.stderr)
        return list(map(str, paths))

    def run(self, command: list[str], variables: dict[str, str]) -> measuring.Sample:
        """One run."""
        return measuring.run(command, variables, self.scratch)

    def evaluation(self, kind: str) -> list[Contender]:
        """Everyone who evaluates, with each number of threads."""
        files = self.files(kind, INPUTS[kind])
        program = self.copra.with_name("EvaluateCOCO")
        contenders = []
        for threads in (2, 1):
            ours = [str(self.copra), "evaluate", *files, "--iou-type", kind]
            phases = [str(program), kind, *files, str(threads)]
            contenders.append(
                Contender("copra", threads, [*ours, "--threads", str(threads)], phases)
            )
            # pycocotools and faster-coco-eval work in one thread.
            peers = ["ultrafast", "hotcoco"] + (
                ["faster-coco-eval", "pycocotools"] if threads == 1 else []
            )
            for peer in peers:
                command = [self.python, str(HERE / "peer.py"), peer, kind, *files]
                contenders.append(Contender(peer, threads, command))
        return contenders

    def compare(self, contenders: list[Contender], kind: str) -> None:
        """The run that is not timed: are the arrays pycocotools'?"""
        reference = self.inputs / f"{kind}-pycocotools.npz"
        if not reference.exists():
            files = self.files(kind, INPUTS[kind])
            command = [self.python, str(HERE / "peer.py"), "pycocotools", kind, *files]
            subprocess.run([*command, str(reference)], check=True, stdout=subprocess.DEVNULL)
        for contender in contenders:
            if contender.tool == "pycocotools":
                continue
            arrays = self.scratch / ("arrays" if contender.tool == "copra" else "arrays.npz")
            further = ["--arrays", str(arrays), "--force"]
            extra = further if contender.tool == "copra" else [str(arrays)]
            sample = self.run([*contender.command, *extra], contender.variables)
            contender.failure = sample.failure
            if contender.failure is None:
                command = [self.python, str(HERE / "compare.py"), str(reference), str(arrays)]
                told = subprocess.run(command, check=True, capture_output=True, text=True)
                contender.bits = told.stdout.strip()

    def take_turns(self, contenders: list[Contender]) -> None:
        """Lets the tools take turns; one that fails is left out after that."""
        for turn in range(self.runs):
            for contender in contenders:
                if contender.failure or turn >= SLOW.get(contender.tool, self.runs):
                    continue
                sample = self.run(contender.command, contender.variables)
                contender.failure = sample.failure
                contender.samples.append(sample)

    def phases(self, contender: Contender) -> list[str]:
        """The median of each phase."""
        samples = contender.samples
        if contender.phases:
            samples = [self.run(contender.phases, contender.variables) for _ in range(self.runs)]
        found = [dict(PHASE.findall(sample.standard_output)) for sample in samples]
        texts = []
        for phase in ("load", "match", "accumulate"):
            seconds = [float(phases[phase]) for phases in found if phase in phases]
            texts.append(results.seconds_text(statistics.median(seconds)) if seconds else "—")
        return texts


def print_rows(bench: Bench, case: str, contenders: list[Contender], floor: int) -> None:
    """The rows of a case; ratios are to copra's run with as many threads."""
    medians = {}
    for contender in contenders:
        start = [case, contender.tool, str(contender.threads)]
        if contender.failure or not contender.samples:
            print("| " + " | ".join([*start, "failed", str(contender.failure)[:160]]) + " |")
            continue
        seconds = [sample.seconds for sample in contender.samples]
        median = statistics.median(seconds)
        medians.setdefault(contender.threads, median)
        ratio = medians[contender.threads] / median
        processor = statistics.median(each.processor_seconds for each in contender.samples)
        row = [
            *start,
            results.seconds_text(median),
            results.seconds_text(min(seconds)),
            results.seconds_text(processor),
            results.peak_text(contender.samples, floor),
            "—" if contender.tool == "copra" else f"{ratio:.2f}",
            *bench.phases(contender),
            contender.bits,
        ]
        print("| " + " | ".join(row) + " |", flush=True)


def run_errors(bench: Bench, floor: int) -> None:
    """Error analysis: time, and the figures beside tidecv's."""
    files = bench.files("bbox", INPUTS["bbox"])
    peer = [bench.python, str(HERE / "peer.py")]
    contenders = [
        Contender("copra", 2, [str(bench.copra), "evaluate", *files, "--errors"]),
        Contender("hotcoco", 2, [*peer, "hotcoco-errors", "bbox", *files]),
        Contender("tidecv", 2, [*peer, "tidecv", "bbox", *files]),
    ]
    bench.take_turns(contenders)
    print_rows(bench, "errors", contenders, floor)
    ours = bench.run([*contenders[0].command, "--format", "json"], contenders[0].variables)
    print("\ncopra: " + results_of(ours.standard_output, r'"errors":(\{.*?\}\})'))
    for contender in contenders[1:]:
        if contender.samples:
            text = contender.samples[0].standard_output
            print(f"{contender.tool}: " + results_of(text, r"errors: (.*)"))


def results_of(text: str, pattern: str) -> str:
    """The part of a report that holds the costs of errors."""
    found = re.search(pattern, text)
    return found.group(1) if found else "nothing"


def run_growth(bench: Bench, floor: int) -> None:
    """copra alone, on more and more images."""
    for name, images in GROWTH.items():
        label = f"growth-{images}" if images != 5_000 else "bbox"
        files = bench.files(label, ["--images", str(images)])
        contender = Contender("copra", 2, [str(bench.copra), "evaluate", *files])
        bench.take_turns([contender])
        print_rows(bench, f"bbox, {name} detections", [contender], floor)


def read_arguments() -> argparse.Namespace:
    """The command line."""
    build = REPOSITORY / ".build-bench"
    cases = ["bbox", "segm", "errors", "growth"]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copra", type=Path, default=REPOSITORY / ".build/release/copra")
    parser.add_argument("--inputs", type=Path, default=build / "evaluate-inputs")
    parser.add_argument("--venv", type=Path, default=build / "evaluate")
    parser.add_argument("--scratch", type=Path, default=build / "scratch")
    parser.add_argument("--runs", type=int, default=7, help="timed runs of each tool (default: 7)")
    parser.add_argument("--only", action="append", choices=cases, help=", ".join(cases))
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    arguments.only = arguments.only or cases
    return arguments


def main() -> None:
    """Runs the selected cases."""
    arguments = read_arguments()
    bench = Bench(arguments)
    floor = measuring.peak_floor(bench.scratch)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f} at the start.\n")
    print("| " + " | ".join(HEADINGS) + " |")
    print("| --- | --- " + "| ---: " * (len(HEADINGS) - 3) + "| --- |", flush=True)
    for kind in INPUTS:
        if kind in arguments.only:
            contenders = bench.evaluation(kind)
            bench.compare(contenders, kind)
            bench.take_turns(contenders)
            print_rows(bench, kind, contenders, floor)
    if "errors" in arguments.only:
        run_errors(bench, floor)
    if "growth" in arguments.only:
        run_growth(bench, floor)


if __name__ == "__main__":
    main()
