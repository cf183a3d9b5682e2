"""How many findings each tool reports, read from its own output."""

from __future__ import annotations

import enum
import json
import re

CVFLOW_ROW = re.compile(r"^(ERROR|WARNING|INFO) +([\d,]+)$", re.MULTILINE)


class Report(enum.Enum):
    """Whose report it is."""

    COPRA = enum.auto()
    PANLABEL = enum.auto()
    HOTCOCO = enum.auto()
    CVFLOW = enum.auto()
    NONE = enum.auto()


def tally(report: Report, text: str) -> str:
    """Errors, warnings and informational findings, as far as the tool distinguishes them."""
    if report is Report.NONE:
        return "—"
    counts = {
        Report.COPRA: of_copra,
        Report.PANLABEL: of_panlabel,
        Report.HOTCOCO: of_hotcoco,
        Report.CVFLOW: of_cvflow,
    }[report](text)
    words = [f"{count:,} {severity}" for severity, count in zip("EWI", counts, strict=False)]
    return ", ".join(words)


def of_copra(text: str) -> list[int]:
    """From the summary of its JSON."""
    summary = json.loads(text)["summary"]
    return [summary[key] for key in ("errors", "warnings", "information")]


def of_panlabel(text: str) -> list[int]:
    """Its own counts; it has no informational findings."""
    report = json.loads(text)
    return [report["error_count"], report["warning_count"]]


def of_hotcoco(text: str) -> list[int]:
    """One for each record that a finding names."""
    report = json.loads(text)
    return [
        sum(max(len(finding["affected_ids"]), 1) for finding in report[key])
        for key in ("errors", "warnings")
    ]


def of_cvflow(text: str) -> list[int]:
    """The counts of its summary."""
    found = dict(CVFLOW_ROW.findall(text))
    return [int(found[severity].replace(",", "")) for severity in ("ERROR", "WARNING", "INFO")]
