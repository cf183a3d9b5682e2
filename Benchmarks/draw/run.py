"""Draws 1,000 pictures with copra and with supervision's annotators in turn and prints the ratio.

The pictures and annotations of a COCO file are repeated until there are enough. Both decode JPEG files, draw masks, boxes
and labels, and write JPEG files of quality 90. The first run of each warms the caches and is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
# Measuring is done as for conversions.
sys.path.append(str(HERE.parent / "convert"))

import environment  # noqa: E402
import measuring  # noqa: E402


def repeat(source: Path, pictures: Path, count: int, into: Path) -> tuple[Path, Path]:
    """Makes a COCO file of `count` pictures, and a folder with the pictures."""
    truth, folder = into / f"draw-{count}.json", into / f"draw-{count}"
    if truth.exists():
        return truth, folder
    folder.mkdir(parents=True, exist_ok=True)
    found = json.loads(source.read_text())
    images, annotations = [], []
    for number in range(count):
        image = found["images"][number % len(found["images"])]
        name = f"{number:05}{Path(image['file_name']).suffix}"
        shutil.copyfile(pictures / image["file_name"], folder / name)
        images.append({**image, "id": number + 1, "file_name": name})
        for each in found["annotations"]:
            if each["image_id"] == image["id"]:
                annotations.append({**each, "id": len(annotations) + 1, "image_id": number + 1})
    truth.write_text(json.dumps({**found, "images": images, "annotations": annotations}))
    return truth, folder


def main() -> None:
    """Lets both take turns."""
    build = REPOSITORY / ".build-bench"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("truth", type=Path, help="a COCO file with polygons")
    parser.add_argument("images", type=Path, help="the folder of its pictures, JPEG files")
    parser.add_argument("--copra", type=Path, default=REPOSITORY / ".build/release/copra")
    parser.add_argument("--venv", type=Path, default=build / "draw")
    parser.add_argument("--scratch", type=Path, default=build / "scratch")
    parser.add_argument("--count", type=int, default=1_000, help="pictures (default: 1000)")
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each (default: 5)")
    parser.add_argument("--threads", type=int, help="of copra; all cores if not given")
    arguments = parser.parse_args()
    scratch = arguments.scratch.absolute()
    scratch.mkdir(parents=True, exist_ok=True)
    environment.prepare(arguments.venv.absolute(), HERE / "requirements.txt")
    truth, folder = map(str, repeat(arguments.truth, arguments.images, arguments.count, scratch))
    output = scratch / "drawn"
    threads = ["--threads", str(arguments.threads)] if arguments.threads else []
    copra = [str(arguments.copra.absolute()), "draw", truth, "--images", folder, "-o", str(output)]
    python = str(arguments.venv.absolute() / "bin/python")
    commands = {
        "copra": [*copra, *threads],
        "supervision": [python, str(HERE / "peer.py"), truth, folder, str(output)],
    }
    samples: dict[str, list[measuring.Sample]] = {tool: [] for tool in commands}
    for turn in range(arguments.runs + 1):
        for tool, command in commands.items():
            shutil.rmtree(output, ignore_errors=True)
            sample = measuring.run(command, dict(os.environ), scratch)
            drawn = len(list(output.glob("*.jpg"))) if output.is_dir() else 0
            if sample.failure or drawn != arguments.count:
                sys.exit(f"{tool}: {sample.failure or f'{drawn} pictures'}")
            if turn > 0:
                samples[tool].append(sample)
    print(f"{arguments.count} images, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f} at the end\n")
    print("| tool | median s | min s | CPU s | peak MB |\n| --- | ---: | ---: | ---: | ---: |")
    medians = {}
    for tool, runs in samples.items():
        medians[tool] = statistics.median(run.seconds for run in runs)
        processor = statistics.median(run.processor_seconds for run in runs)
        least, peak = min(run.seconds for run in runs), max(run.peak_bytes for run in runs) / 1e6
        print(f"| {tool} | {medians[tool]:.2f} | {least:.2f} | {processor:.2f} | {peak:.0f} |")
    print(f"\ncopra / supervision: {medians['copra'] / medians['supervision']:.2f}")


if __name__ == "__main__":
    main()
