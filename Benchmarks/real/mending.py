"""Claims about faults planted into a COCO file: what torchvision refuses, and what fixes make of it."""

from __future__ import annotations

import consumers
import copra
from claims import Claim, demand, demand_equal
from conversions import Workspace
from planted import BOXES, SLIVER, planted, write
from validation import validate

REFUSED_RULES = {"inverted-box", "zero-area-box", "non-finite-box"}


def claims(workspace: Workspace) -> list[Claim]:
    """Boxes alone against torchvision, all faults against pycocotools."""
    folder = workspace.scratch / "mending"

    def refuses_the_same() -> str:
        data = planted()
        data["annotations"] = data["annotations"][: len(BOXES)]
        path = write(folder / "boxes.json", data)
        training = consumers.torchvision_refusals(path)
        found = validate(workspace, [path, "--for", "torchvision"], status=1).listed
        lines = path.read_text().splitlines()
        ids = [
            boxes_id(lines, finding["line"])
            for finding in found
            if finding["rule"] in REFUSED_RULES
        ]
        demand_equal("ids that cannot be trained on", sorted(ids), training["refused"])
        names = [list(BOXES)[number - 1] for number in training["refused"]]
        return f"{len(ids)} of {len(BOXES)}: {', '.join(names)} (torchvision {training['version']})"

    def mended_file_is_sound() -> str:
        data = planted()
        sliver = list(BOXES).index(SLIVER) + 1
        data["annotations"] = [note for note in data["annotations"] if note["id"] != sliver]
        path, target = write(folder / "all.json", data), folder / "mended.json"
        before = path.read_bytes()
        fixes = ["--fix", "--unsafe-fixes", "--no-image-checks", "-o", target, "--force"]
        run = copra.run(workspace.binary, ["validate", path, *fixes])
        demand(run.status in (0, 1), f"exit status {run.status}\n{run.messages}")
        demand(path.read_bytes() == before, "the input was changed")
        for consumer in ("pycocotools", "torchvision"):
            rest = validate(workspace, [target, "--for", consumer])
            demand_equal(f"left for {consumer}", rest.of("error", "warning"), [])
        truth = consumers.load(target)
        demand_equal("AP of the file's own boxes", consumers.average_precision(truth, "bbox"), 1.0)
        return f"{len(data['annotations'])} annotations, {len(truth.anns)} after fixes, AP 1.000"

    return [
        Claim("mending", "torchvision refuses the boxes that copra says", refuses_the_same),
        Claim("mending", "pycocotools loads what fixes make", mended_file_is_sound),
    ]


def boxes_id(lines: list[str], line: int) -> int:
    """The id of the annotation in which a line of an indented file stands; ids come first."""
    text = next(text for text in reversed(lines[:line]) if text.startswith('   "id":'))
    return int(text.split(":")[1].rstrip(", "))
