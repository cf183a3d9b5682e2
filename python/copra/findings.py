"""What is wrong with a dataset, as `copra validate` finds it."""

from __future__ import annotations

import ctypes
import json
import os
from dataclasses import dataclass
from typing import Any

from copra import _library as library


@dataclass(frozen=True)
class Finding:
    """Something in the data that its owner should know of."""

    rule: str
    """The id of the rule, such as `inverted-box`; `copra explain` knows it."""
    severity: str
    """`error`, `warning` or `information`."""
    message: str
    path: str | None
    """The file; None where the finding is about no one place."""
    line: int | None
    column: int | None
    where: str | None
    """The place in the file's own structure, such as `annotations[3].bbox`."""
    field: str | None
    """The part of the record that is to blame."""
    fix: str | None
    """What would fix it."""
    fix_is_safe: bool

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}: " if self.path else ""
        return f"{place}{self.severity}: {self.message} [{self.rule}]"


class Findings(library.Handle):
    """Findings in the library's memory."""

    def __init__(self, make: str, *arguments: object) -> None:
        super().__init__("findings", make, *arguments)

    def counts(self) -> tuple[int, int]:
        """How many there are, and how many are errors."""
        return library.two_counts("copra_findings_count", self)

    def all(self) -> list[Finding]:
        """The findings in the order of their places."""
        lent = library.new_array()
        library.call("copra_findings_json", self, ctypes.byref(lent))
        (text,) = library.texts(self.borrowed(lent))
        return [_finding(each) for each in json.loads(text)["findings"]]


def _finding(entry: dict[str, Any]) -> Finding:
    fix = entry.pop("fix") or {}
    return Finding(**entry, fix=fix.get("title"), fix_is_safe=fix.get("safe", False))


def validate(path: str | os.PathLike[str], *, pictures: bool = True) -> list[Finding]:
    """Judges a dataset of any format by all rules.

    Without `pictures` no picture is decoded, which finds less and takes less time.
    """
    return Findings("copra_validate", os.fsencode(path), ctypes.c_int32(pictures)).all()
