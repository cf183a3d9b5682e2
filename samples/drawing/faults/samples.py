"""What a broken sample is."""

from typing import NamedTuple

NAMES = ["coconut", "crab"]

# What `convert --on-error quarantine` does with the fault.
CLEAN = "clean"
WRITTEN = "written"
UNSEEN = "unseen"
ANNOTATION = "annotation rejected"
FILE = "file rejected"
NOTHING = "nothing written"


class Fault(NamedTuple):
    """A file with one fault. `rule` is None where nothing is to be found."""

    path: str
    fault: str
    rule: str | None
    outcome: str


class Samples:
    """The files to write, and the list of their faults."""

    def __init__(self):
        self.files = {}
        self.faults = []

    def add(self, path, content, fault, rule, outcome):
        self.files[path] = content if isinstance(content, bytes) else content.encode()
        self.faults.append(Fault(path, fault, rule, outcome))
