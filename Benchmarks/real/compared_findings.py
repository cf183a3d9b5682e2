"""Findings as programs report them: places, rules and severities, apart from the wording."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

SEVERITIES = ("error", "warning", "information")
FINDING = re.compile(
    r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<severity>[a-z]+): (?P<message>.*) "
    r"\[(?P<rule>[a-z0-9-]+)\]$"
)
UNSHOWN = re.compile(r"^… (?P<count>[\d,]+) more \[(?P<rule>[a-z0-9-]+)\]$")
COUNTED = re.compile(r"^(?P<rule>[a-z0-9-]+) +(?P<severity>[a-z]+) +(?P<count>[\d,]+)$")

Place = tuple[str, int, int]


@dataclasses.dataclass(frozen=True)
class Changes:
    """The intended differences: new ids by the old ones, and severities by the new ids."""

    renamed: dict[str, str] = dataclasses.field(default_factory=dict)
    severities: dict[str, str] = dataclasses.field(default_factory=dict)

    def rule(self, old: str) -> str:
        """The id that the new program should give a rule."""
        return self.renamed.get(old, old)

    def severity(self, old_rule: str, severity: str) -> str:
        """The severity that the new program should give; another word, as "fixed", stays."""
        if severity not in SEVERITIES:
            return severity
        return self.severities.get(self.rule(old_rule), severity)


@dataclasses.dataclass
class Findings:
    """How often each finding was reported, and the text and details that went with them."""

    located: Counter[tuple[Place, str, str]] = dataclasses.field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = dataclasses.field(default_factory=Counter)
    unshown: Counter[str] = dataclasses.field(default_factory=Counter)
    wording: list[str] = dataclasses.field(default_factory=list)

    def add(self, record: dict[str, Any]) -> None:
        """Takes a finding in whose `file`, `line` and so on are its place and kind."""
        place = (str(record["file"]), int(record["line"] or 0), int(record["column"] or 0))
        self.located[place, record["rule"], record["severity"]] += 1
        self.wording.append(str(record["message"]))

    def changed(self, changes: Changes) -> Findings:
        """What the new program should report where this is what the old one does."""
        expected = Findings(wording=self.wording)
        for (place, rule, severity), count in self.located.items():
            key = place, changes.rule(rule), changes.severity(rule, severity)
            expected.located[key] += count
        for (rule, severity), count in self.counts.items():
            expected.counts[changes.rule(rule), changes.severity(rule, severity)] += count
        for rule, count in self.unshown.items():
            expected.unshown[changes.rule(rule)] += count
        return expected

    def has_severity(self, severity: str) -> bool:
        """Whether a finding of a severity was reported."""
        kinds = [found for _, _, found in self.located] + [found for _, found in self.counts]
        return severity in kinds

    def difference(self, found: Findings) -> str | None:
        """How what was found differs from these, in one line."""
        parts = [
            describe("located", self.located, found.located),
            describe("counted", self.counts, found.counts),
            describe("not shown", self.unshown, found.unshown),
        ]
        return "; ".join(filter(None, parts)) or None


def describe(kind: str, old: Counter, new: Counter) -> str | None:
    """The number of entries that only one side has, and the first of each."""
    sides = {"only old": old - new, "only new": new - old}
    parts = [
        f"{side} {sum(rest.values())}, as {shown(min(rest, key=repr))}"
        for side, rest in sides.items()
        if rest
    ]
    return f"{kind}: {', '.join(parts)}" if parts else None


def shown(key: Any) -> str:
    """An entry as it stands in a report."""
    if isinstance(key, tuple) and isinstance(key[0], tuple):
        (file, line, column), rule, severity = key
        return f"{file}:{line}:{column}: {severity} [{rule}]"
    return " ".join(key) if isinstance(key, tuple) else str(key)


def of_messages(text: str) -> Findings:
    """The findings among the messages of a program; every other line is wording."""
    findings = Findings()
    for line in text.splitlines():
        if match := FINDING.match(line):
            findings.add(match.groupdict())
        elif match := UNSHOWN.match(line):
            findings.unshown[match["rule"]] += number(match["count"])
        elif match := COUNTED.match(line):
            findings.counts[match["rule"], match["severity"]] += number(match["count"])
        else:
            findings.wording.append(line)
    return findings


def of_json(text: str) -> Findings:
    """The findings of `validate --format json`; what else it says of each is wording."""
    findings = Findings()
    data = json.loads(text)
    for record in data.pop("findings"):
        file, message = record.pop("path"), record.pop("message")
        findings.add({**record, "file": file, "message": message})
        details = {key: record[key] for key in sorted(record) if key not in ("rule", "severity")}
        findings.wording.append(json.dumps(details))
    return findings


def rejected(lines: Iterable[str], changes: Changes) -> tuple[list[dict[str, Any]], list[str]]:
    """The rejected records with the ids of the new program, and their messages apart."""
    records = [json.loads(line) for line in lines]
    messages = [record.pop("message") for record in records]
    return [{**record, "rule": changes.rule(record["rule"])} for record in records], messages


def number(text: str) -> int:
    """A number whose digits are grouped by commas."""
    return int(text.replace(",", ""))
