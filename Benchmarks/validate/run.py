"""Runs copra's validation and its peers in turn on the same inputs and prints a table of ratios.

The first run of each tool warms the caches; what it finds is counted, but its time is not taken.
Then the tools take turns. Needs nothing but Python and a C compiler: the peers are installed into
an environment of their own, and the inputs are generated, when they are missing.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
CONVERT = HERE.parent / "convert"
# Measuring is done as for conversions, on the same inputs.
sys.path.append(str(CONVERT))

import environment  # noqa: E402
import measuring  # noqa: E402
import results  # noqa: E402
from contests import Case, Contender, Setting, all_cases  # noqa: E402
from tallies import tally  # noqa: E402

NAMES = ["coco", "voc", "yolo", "voc-images", "yolo-images"]
FINDINGS_EXIT = 1
HEADINGS = [
    *["case", "tool", "median s", "min s", "CPU s", "peak MB", "copra / it", "memory / it"],
    *["findings", "remarks"],
]


@dataclasses.dataclass
class Result:
    """What a tool did in a case."""

    contender: Contender
    findings: str = "—"
    failure: str | None = None
    samples: list[measuring.Sample] = dataclasses.field(default_factory=list)

    @property
    def median(self) -> float:
        """The median wall time."""
        return statistics.median(sample.seconds for sample in self.samples)

    @property
    def peak(self) -> int:
        """The greatest peak of memory, in bytes."""
        return max(sample.peak_bytes for sample in self.samples)


def run_once(
    setting: Setting, contender: Contender, further: tuple[str, ...] = ()
) -> measuring.Sample:
    """One run; exit status 1 says that something was found, which is no failure."""
    command = [*contender.command, *further]
    return measuring.run(command, setting.variables(), setting.scratch, {0, FINDINGS_EXIT})


def warm_up(setting: Setting, contender: Contender) -> Result:
    """The run that is not timed."""
    result = Result(contender)
    result.failure = run_once(setting, contender, contender.reporting).failure
    if result.failure is None:
        text = (setting.scratch / "output.log").read_text(errors="replace")
        try:
            result.findings = tally(contender.report, text)
        except (KeyError, ValueError) as error:
            result.failure = f"cannot read its report: {error!r}"
    return result


def run_case(case: Case, setting: Setting, runs: int) -> list[Result]:
    """Warms every tool up, then lets them take turns; a tool that fails is left out after that."""
    contestants = [warm_up(setting, contender) for contender in case.contenders]
    for turn in range(runs):
        for result in contestants:
            if result.failure is None and turn < (result.contender.most_runs or runs):
                sample = run_once(setting, result.contender)
                result.failure = sample.failure
                result.samples.append(sample)
    return contestants


def row(case: Case, result: Result, ours: Result, floor: int) -> list[str]:
    """One row of the table."""
    start = [case.title, result.contender.tool]
    if result.failure is not None:
        said = result.failure.replace("|", "\\|")
        return [*start, "failed", *["—"] * 6, said[:160]]
    samples = result.samples
    is_compared = result is not ours and ours.failure is None
    ratio = f"{ours.median / result.median:.2f}" if is_compared else "—"
    hides_memory = result.contender.is_bound or result.peak <= floor * 1.05
    memory = f"{ours.peak / result.peak:.2f}" if is_compared and not hides_memory else "—"
    runs = f"{len(samples)} runs" if result.contender.most_runs is not None else ""
    return [
        *start,
        results.seconds_text(result.median),
        results.seconds_text(min(sample.seconds for sample in samples)),
        results.seconds_text(statistics.median(sample.processor_seconds for sample in samples)),
        results.peak_text(samples, floor),
        ratio,
        memory,
        result.findings,
        "decodes only" if result.contender.is_bound else runs,
    ]


def prepare(setting: Setting, cases: list[Case]) -> None:
    """Installs the peers, makes missing inputs, and compiles the decoder of pictures."""
    environment.prepare(setting.environment, HERE / "requirements.txt")
    parts = list(dict.fromkeys(part for case in cases for part in case.parts))
    only = [argument for part in parts for argument in ("--only", part)]
    python = setting.environment / "bin/python"
    generate = [python, CONVERT / "generate.py", "--into", setting.inputs, *only]
    subprocess.run(generate, check=True, stdout=sys.stderr)
    if "pictures" in parts:
        pictures = sorted((setting.inputs / "pictures").glob("*.jpg"))
        setting.picture_list.write_text("".join(f"{path}\n" for path in pictures))
        build = ["cc", "-O2", HERE / "decode_all.c", "-ljpeg", "-lpthread", "-o", setting.decoder]
        subprocess.run(build, check=True)


def read_arguments() -> argparse.Namespace:
    """The command line."""
    build = REPOSITORY / ".build-bench"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copra", type=Path, default=REPOSITORY / ".build/release/copra")
    parser.add_argument("--inputs", type=Path, default=build / "convert")
    parser.add_argument("--venv", type=Path, default=build / "validate")
    parser.add_argument("--scratch", type=Path, default=build / "scratch")
    parser.add_argument("--runs", type=int, default=7, help="timed runs of each tool (default: 7)")
    parser.add_argument("--threads", type=int, help="default: all cores")
    parser.add_argument("--only", action="append", choices=NAMES, help=", ".join(NAMES))
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    return arguments


def main() -> None:
    """Runs the selected cases."""
    arguments = read_arguments()
    paths = (arguments.copra, arguments.venv, arguments.inputs, arguments.scratch)
    setting = Setting(*map(Path.absolute, paths), arguments.threads)
    setting.scratch.mkdir(parents=True, exist_ok=True)
    cases = [case for case in all_cases(setting) if case.name in (arguments.only or NAMES)]
    prepare(setting, cases)
    floor = measuring.peak_floor(setting.scratch)
    print(f"{arguments.threads or os.cpu_count()} threads, load {os.getloadavg()[0]:.2f} at the start.\n")
    print("| " + " | ".join(HEADINGS) + " |")
    print("| --- | --- " + "| ---: " * 6 + "| --- | --- |", flush=True)
    for case in cases:
        contestants = run_case(case, setting, arguments.runs)
        for result in contestants:
            print("| " + " | ".join(row(case, result, contestants[0], floor)) + " |", flush=True)


if __name__ == "__main__":
    main()
