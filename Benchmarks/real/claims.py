"""What a claim is, and how claims are checked and counted."""

from __future__ import annotations

import dataclasses
import textwrap
import traceback
from collections.abc import Callable, Iterable


class Failed(Exception):
    """A claim does not hold: what was expected and what stood there."""


class Skipped(Exception):
    """A claim cannot be checked here, and why."""


@dataclasses.dataclass(frozen=True)
class Claim:
    """A sentence about a subject. `check` gives the figures that bear it out, or raises."""

    subject: str
    sentence: str
    check: Callable[[], str]


@dataclasses.dataclass
class Tally:
    """How many claims held."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def demand(condition: bool, otherwise: str) -> None:
    """Fails the claim unless the condition holds."""
    if not condition:
        raise Failed(otherwise)


def demand_equal(what: str, found: object, expected: object) -> None:
    """Fails the claim unless two values are equal."""
    demand(found == expected, f"{what}: expected {expected}, found {found}")


def verdict(claim: Claim) -> tuple[str, str]:
    """How a claim ended, and the figures or the reason."""
    try:
        return "passed", claim.check()
    except Failed as failure:
        return "FAILED", str(failure)
    except Skipped as reason:
        return "SKIPPED", str(reason)
    except Exception:  # One broken claim must not hide the others.
        return "FAILED", traceback.format_exc()


def check_all(claims: Iterable[Claim]) -> Tally:
    """Checks one claim after the other, and prints a line for each."""
    tally = Tally()
    for claim in claims:
        ending, text = verdict(claim)
        first, *further = text.strip().splitlines() or [""]
        print(f"{ending:<8} {claim.subject:<14} {claim.sentence}: {first}", flush=True)
        if further:
            print(textwrap.indent("\n".join(further), " " * 24), flush=True)
        field = ending.lower()
        setattr(tally, field, getattr(tally, field) + 1)
    return tally
