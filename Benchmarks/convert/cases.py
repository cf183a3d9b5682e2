"""The cases: which command each tool runs on which input."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

PYTHON_PEER = str(Path(__file__).with_name("python_peer.py"))


@dataclasses.dataclass(frozen=True)
class Setting:
    """Where things are, and how many threads the tools may use (none: as they like)."""

    copra: Path
    environment: Path
    inputs: Path
    scratch: Path
    threads: int | None

    @property
    def output(self) -> Path:
        """The file that every conversion writes; its folder is emptied between runs."""
        return self.scratch / "output" / "instances.json"

    def copra_command(self, *arguments: str) -> list[str]:
        """A command of copra, with its threads."""
        limit = [] if self.threads is None else ["--threads", str(self.threads)]
        return [str(self.copra), *arguments, *limit]

    def copra_convert(self, source: Path) -> list[str]:
        """copra's conversion with its defaults: it finds out the format and verifies the output."""
        return self.copra_command("convert", str(source), "-o", str(self.output))

    def panlabel(self, form: str, source: Path, *further: str) -> list[str]:
        """panlabel's conversion; it has no option for threads."""
        return [
            *[str(self.environment / "bin/panlabel"), "convert", "--from", form, "--to", "coco"],
            *["--input", str(source), "--output", str(self.output), *further],
        ]

    def python_peer(self, *arguments: str) -> list[str]:
        """A run of a Python library."""
        return [str(self.environment / "bin/python"), PYTHON_PEER, *arguments]

    def variables(self) -> dict[str, str]:
        """The environment variables; peers built on rayon take their threads from there."""
        limit = {} if self.threads is None else {"RAYON_NUM_THREADS": str(self.threads)}
        return {**os.environ, **limit}


@dataclasses.dataclass(frozen=True)
class Contender:
    """A tool and its command.

    `counting` are further arguments of the run that is not timed; a slow tool has `most_runs`.
    """

    tool: str
    command: list[str]
    counting: tuple[str, ...] = ()
    most_runs: int | None = None


@dataclasses.dataclass(frozen=True)
class Case:
    """One input for all the tools, with the number of annotations that must come out."""

    name: str
    title: str
    contenders: list[Contender]
    annotations: int | None = None
    shapes: int | None = None
    least_runs: int = 1


def conversions(setting: Setting) -> list[Case]:
    """The cases that write a COCO file."""
    voc, yolo = setting.inputs / "voc", setting.inputs / "yolo"
    coco = setting.inputs / "coco/instances.json"
    csv = setting.inputs / "csv/annotations.csv"
    output = str(setting.output)
    return [
        Case(
            "voc",
            "VOC → COCO, 5,000 pictures",
            [
                Contender("copra", setting.copra_convert(voc)),
                Contender("panlabel", setting.panlabel("voc", voc, "--allow-lossy")),
                Contender("hotcoco", setting.python_peer("hotcoco", "voc", str(voc), output)),
            ],
            annotations=37_000,
        ),
        Case(
            "yolo",
            "YOLO → COCO, 5,000 pictures",
            [
                Contender("copra", setting.copra_convert(yolo)),
                Contender("panlabel", setting.panlabel("yolo", yolo)),
            ],
            annotations=37_000,
        ),
        Case(
            "coco",
            "COCO → COCO, 133 MB",
            [
                Contender("copra", setting.copra_convert(coco)),
                Contender("panlabel", setting.panlabel("coco", coco)),
                Contender("hotcoco", setting.python_peer("hotcoco", "rewrite", str(coco), output)),
            ],
            annotations=745_680,
            shapes=745_680,
        ),
        Case(
            "csv",
            "CSV → COCO, 2,000,000 rows",
            [
                Contender("copra", setting.copra_convert(csv)),
                # Its `tfod` takes these columns as fractions; in pixels they are its `udacity`.
                Contender("panlabel", setting.panlabel("udacity", csv)),
            ],
            annotations=2_000_000,
        ),
    ]


def others(setting: Setting) -> list[Case]:
    """The cases that write nothing."""
    large = str(setting.inputs / "coco-large/instances_train2017.json")
    hotcoco = setting.python_peer("hotcoco", "load", large)
    pycocotools = setting.python_peer("pycocotools", "load", large)
    return [
        Case(
            "load",
            "load COCO, 450 MB",
            [
                Contender("copra", [str(setting.copra.with_name("LoadCOCO")), large]),
                Contender("copra stats", setting.copra_command("stats", large)),
                Contender("hotcoco", hotcoco, ("--count",)),
                Contender("pycocotools", pycocotools, ("--count",), most_runs=3),
            ],
            annotations=860_001,
        ),
        Case(
            "start",
            "start-up, --version",
            [
                Contender("copra", [str(setting.copra), "--version"]),
                Contender("panlabel", [str(setting.environment / "bin/panlabel"), "--version"]),
                Contender("/bin/true", ["/bin/true"]),
            ],
            least_runs=50,
        ),
    ]


def all_cases(setting: Setting) -> list[Case]:
    """Every case, in the order in which they run."""
    return conversions(setting) + others(setting)
