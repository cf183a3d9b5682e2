"""The cases: which command each tool runs on which input."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import cases
from tallies import Report


class Setting(cases.Setting):
    """Where things are, and how many threads copra, libjpeg and rayon may use (none: all cores)."""

    def validate(self, source: Path, *further: str) -> list[str]:
        """copra's validation with all rules."""
        return self.copra_command("validate", str(source), *further)

    def peer(self, program: str, *arguments: str) -> list[str]:
        """A program of the environment."""
        return [str(self.environment / "bin" / program), *arguments]

    @property
    def decoder(self) -> Path:
        """The program that decodes with libjpeg and does nothing else."""
        return self.scratch / "decode_all"

    @property
    def picture_list(self) -> Path:
        """What the decoder reads: the path of each picture, a line each."""
        return self.scratch / "pictures.txt"

    def decode_all(self) -> list[str]:
        """libjpeg alone, on all pictures."""
        run = f'exec "$0" {self.threads or os.cpu_count()} < "$1"'
        return ["/bin/sh", "-c", run, str(self.decoder), str(self.picture_list)]


@dataclasses.dataclass(frozen=True)
class Contender:
    """A tool, its command, how its report is told apart, and further arguments for that."""

    tool: str
    command: list[str]
    report: Report
    reporting: tuple[str, ...] = ()
    most_runs: int | None = None
    is_bound: bool = False
    """Whether it checks nothing and only shows what the least time is."""


@dataclasses.dataclass(frozen=True)
class Case:
    """One input for all the tools."""

    name: str
    title: str
    parts: tuple[str, ...]
    contenders: list[Contender]


def copra(setting: Setting, source: Path, *further: str) -> Contender:
    """copra with its defaults: it finds out the format, and reads the headers of pictures."""
    command = setting.validate(source, *further)
    return Contender("copra", command, Report.COPRA, ("--format", "json"))


def panlabel(setting: Setting, form: str, source: Path) -> Contender:
    """panlabel; it never opens pictures to validate, and has no option for threads."""
    command = setting.peer("panlabel", "validate", "--format", form, str(source))
    return Contender("panlabel", command, Report.PANLABEL, ("--output-format", "json"))


def cvflow(setting: Setting, form: str, source: Path, *further: str) -> Contender:
    """CVFlow, which is written in Python and takes long."""
    command = setting.peer("cvflow", "inspect", str(source), "-f", form, "--no-stats", *further)
    return Contender("CVFlow", command, Report.CVFLOW, most_runs=3)


def all_cases(setting: Setting) -> list[Case]:
    """Every case, in the order in which they run."""
    coco = setting.inputs / "coco/instances.json"
    voc, yolo = setting.inputs / "voc", setting.inputs / "yolo"
    healthcheck = setting.peer("coco", "healthcheck", str(coco))
    hotcoco = Contender("hotcoco", healthcheck, Report.HOTCOCO, ("--json",))
    libjpeg = Contender("libjpeg", setting.decode_all(), Report.NONE, is_bound=True)
    unseen = "--no-image-checks"
    return [
        Case(
            "coco",
            "COCO, 133 MB",
            ("coco",),
            [
                copra(setting, coco, unseen),
                panlabel(setting, "coco", coco),
                hotcoco,
                cvflow(setting, "coco", coco, "--no-images"),
            ],
        ),
        Case(
            "voc",
            "VOC, 5,000 pictures",
            ("pictures", "voc"),
            [copra(setting, voc, unseen), panlabel(setting, "voc", voc)],
        ),
        Case(
            "yolo",
            "YOLO, 5,000 pictures",
            ("pictures", "yolo"),
            [
                copra(setting, yolo, unseen),
                panlabel(setting, "yolo", yolo),
                cvflow(setting, "yolo", yolo, "--no-images"),
            ],
        ),
        Case("voc-images", "VOC, decoded", ("pictures", "voc"), [copra(setting, voc), libjpeg]),
        Case(
            "yolo-images",
            "YOLO, decoded",
            ("pictures", "yolo"),
            [copra(setting, yolo), libjpeg, cvflow(setting, "yolo", yolo)],
        ),
    ]
