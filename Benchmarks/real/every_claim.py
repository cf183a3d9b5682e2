"""Checks every claim: every_claim.py COPRA DATASETS SAMPLES SCRATCH [SUBJECT…]."""

from __future__ import annotations

import itertools
import shutil
import sys
from pathlib import Path

import claims
import evaluation
import every_output
import kudzu_via
import mending
import okra_yolo
import parts
import raccoon
import report_page
import round_trips
import samples
import sarif_log
import tinycoco
import trained_sets
import validation
import viewer
import written_sets
import yolo_mark
from conversions import Workspace

SUBJECTS = [
    raccoon,
    okra_yolo,
    yolo_mark,
    tinycoco,
    kudzu_via,
    samples,
    every_output,
    round_trips,
    sarif_log,
    evaluation,
    parts,
    validation,
    mending,
    written_sets,
    trained_sets,
    report_page,
    viewer,
]


def main() -> int:
    """0 where all claims hold, else 1; 2 for a subject that does not exist."""
    binary, datasets, samples_folder, scratch = map(Path, sys.argv[1:5])
    selected = set(sys.argv[5:])
    shutil.rmtree(scratch, ignore_errors=True)
    workspace = Workspace(binary, datasets, samples_folder, scratch)
    listed = list(itertools.chain.from_iterable(subject.claims(workspace) for subject in SUBJECTS))
    subjects = sorted({claim.subject for claim in listed})
    if unknown := selected.difference(subjects):
        print(f"error: no subject {sorted(unknown)}; there are {subjects}", file=sys.stderr)
        return 2
    tally = claims.check_all(c for c in listed if not selected or c.subject in selected)
    print(f"\n{tally}")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
