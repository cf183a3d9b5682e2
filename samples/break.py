#!/usr/bin/env python3
"""Writes copra's broken samples, one fault per file, and the list of expected findings.

python3 samples/break.py
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from drawing import formats
from drawing.faults import coco, tables, voc, yolo
from drawing.faults.samples import Samples

HERE = Path(__file__).resolve().parent

INTRODUCTION = """\
# Broken samples

Each file has one fault. It holds a sound coconut beside the faulty crab, on an image of 32 × 24, which
shows whether the fault affects other objects too. `samples/break.py` writes the whole folder, this page
included; `findings.json` is the same list for programs.

`voc/` and `yolo/` are one set each. Every table in `csv/`, every file in `coco/` and every
`yolo-…/` folder is a set of its own. A few files are sound and only look odd: a reader that refuses
them is too strict.

*Finding* is the id of the rule that reports the fault (`copra explain RULE`). Findings that any small
set has are not listed: few objects of a category, images that resemble each other.
*Outcome* is what `copra convert` does with the default `--on-error quarantine`:

| outcome | meaning |
| --- | --- |
| clean | nothing to report |
| written | everything is written, and the fault is reported |
| unseen | everything is written, and nothing is reported: only `copra validate` reads pixels |
| annotation rejected | the crab is set aside; the image and the coconut are written |
| file rejected | neither the image nor the objects of this file are written; the other files are |
| nothing written | the set cannot be read without this file |
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        default=HERE / "broken",
        help="default: the folder broken beside this file; emptied first",
    )
    folder = formats.fresh(parser.parse_args().output)

    samples = Samples()
    for kind in (voc, yolo, tables, coco):
        kind.add_all(samples)
    for path, content in samples.files.items():
        formats.write(folder / path, content)
    formats.write(folder / "README.md", page(samples.faults))
    records = ",\n".join(
        "  " + json.dumps(fault._asdict(), ensure_ascii=False) for fault in samples.faults
    )
    formats.write(folder / "findings.json", f"[\n{records}\n]\n")
    print(dict(Counter(fault.path.split("/")[0] for fault in samples.faults)))


def page(faults):
    """The list as Markdown, with a table for each format."""
    titles = {"voc": "VOC", "yolo": "YOLO", "csv": "CSV", "coco": "COCO"}
    text = INTRODUCTION
    for key, title in titles.items():
        text += f"\n## {title}\n\n| file | fault | finding | outcome |\n| --- | --- | --- | --- |\n"
        for fault in faults:
            if fault.path.split("/")[0].split("-")[0] == key:
                rule = f"`{fault.rule}`" if fault.rule else "–"
                text += f"| `{fault.path}` | {fault.fault} | {rule} | {fault.outcome} |\n"
    return text


if __name__ == "__main__":
    main()
