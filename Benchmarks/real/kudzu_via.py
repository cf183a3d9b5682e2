"""Claims about kudzu_via: VIA's JSON, which copra does not read and must refuse."""

from __future__ import annotations

import functools
from pathlib import Path

import copra
from claims import Claim, demand
from conversions import Workspace

CANNOT_RUN = 2


def claims(workspace: Workspace) -> list[Claim]:
    """Refused as a file, as a folder, and when it is said to be COCO."""
    folder = workspace.datasets / "kudzu_via"
    file = folder / "train/via_region_data.json"

    def refuses(source: Path, *further: str) -> str:
        target = workspace.scratch / "kudzu_via" / "instances.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        arguments: list[str | Path] = ["convert", source, *further, "-o", target, "--force"]
        run = copra.run(workspace.binary, arguments).expecting(CANNOT_RUN)
        errors = [line for line in run.messages.splitlines() if line.startswith("error: ")]
        demand(len(errors) == 1, f"expected one line of error, found\n{run.messages}")
        demand(not target.exists(), f"{target} was written")
        return "exit status 2, " + errors[0].replace(f"{workspace.datasets}/", "")

    return [
        Claim("kudzu_via", "VIA's JSON is refused", functools.partial(refuses, file)),
        Claim("kudzu_via", "a folder of VIA's JSON is refused", functools.partial(refuses, folder)),
        Claim(
            "kudzu_via", "VIA's JSON is no COCO", functools.partial(refuses, file, "--from", "coco")
        ),
    ]
