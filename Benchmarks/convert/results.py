"""What the tools did, as rows of a markdown table."""

from __future__ import annotations

import dataclasses
import statistics

from cases import Case, Contender
from counting import Count
from measuring import Sample

HEADINGS = [
    *["case", "tool", "median s", "min s", "CPU s", "peak MB", "copra / it"],
    *["annotations", "with shapes", "remarks"],
]


@dataclasses.dataclass
class Result:
    """What a tool did in a case."""

    contender: Contender
    samples: list[Sample] = dataclasses.field(default_factory=list)
    count: Count | None = None
    failure: str | None = None

    @property
    def median(self) -> float | None:
        """The median wall time, if every run went well."""
        if self.failure or not self.samples:
            return None
        return statistics.median(sample.seconds for sample in self.samples)


def seconds_text(seconds: float) -> str:
    """Seconds with as many digits as are worth reading."""
    decimals = 2 if seconds >= 1 else 3 if seconds >= 0.05 else 4
    return f"{seconds:.{decimals}f}"


def peak_text(samples: list[Sample], floor: int) -> str:
    """The greatest peak in megabytes, or that it lies below what can be seen."""
    peak = max(sample.peak_bytes for sample in samples)
    return f"{peak / 1e6:.0f}" if peak > floor * 1.05 else f"≤ {peak / 1e6:.0f}"


def count_texts(count: Count | None, case: Case) -> list[str]:
    """How many annotations and shapes came out, and of how many where some are missing."""

    def text(found: int | None, expected: int | None) -> str:
        if expected is None:
            return "—"
        if found is None:
            return "unknown"
        return f"{found:,}" if found == expected else f"**{found:,} of {expected:,}**"

    shapes = count.shapes if count else None
    return [text(count.annotations if count else None, case.annotations), text(shapes, case.shapes)]


def remarks(result: Result) -> str:
    """The time without Python's start-up, and how many runs there were if not as many as asked."""
    measured = [sample.inner_seconds for sample in result.samples]
    inner = [seconds for seconds in measured if seconds is not None]
    texts = [f"inside Python {seconds_text(statistics.median(inner))} s"] if inner else []
    if result.contender.most_runs is not None:
        texts.append(f"{len(measured)} runs")
    return ", ".join(texts)


def row(result: Result, case: Case, ours: float | None, floor: int) -> list[str]:
    """One row of the table."""
    start = [case.title, result.contender.tool]
    if result.failure is not None or result.median is None:
        said = (result.failure or "no runs").replace("|", "\\|")
        return [*start, "failed", *["—"] * 6, said[:160]]
    samples = result.samples
    theirs = result.contender.tool.split()[0] != "copra"
    return [
        *start,
        seconds_text(result.median),
        seconds_text(min(sample.seconds for sample in samples)),
        seconds_text(statistics.median(sample.processor_seconds for sample in samples)),
        peak_text(samples, floor),
        f"{ours / result.median:.2f}" if theirs and ours is not None else "—",
        *count_texts(result.count, case),
        remarks(result),
    ]


def print_headings() -> None:
    """Prints the head of the table."""
    print("| " + " | ".join(HEADINGS) + " |")
    print("| --- | --- " + "| ---: " * (len(HEADINGS) - 3) + "| --- |", flush=True)


def print_case(case: Case, results: list[Result], floor: int) -> None:
    """Prints the rows of one case."""
    ours = next((each.median for each in results if each.contender.tool.startswith("copra")), None)
    for result in results:
        print("| " + " | ".join(row(result, case, ours, floor)) + " |", flush=True)
