"""Evaluates in Python with copra's wheel and its peers, and prints a table with their ratios.

Each library works in a process of its own, on results that are in memory. Peers are installed into an
environment of their own when they are missing, and inputs are generated.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
sys.path += [str(HERE.parent / "convert")]

import environment  # noqa: E402

PEERS = ["vernier", "ultrafast", "hotcoco", "faster-coco-eval", "pycocotools"]
GENERATE = str(HERE.parent / "evaluate/generate.py")
POINTS = str(HERE / "keypoints.py")
# Name, kind, and what makes the input.
CASES = [
    ("bbox-100", "bbox", [GENERATE]),
    ("bbox-10", "bbox", [GENERATE, "--detections", "10"]),
    ("segm-100", "segm", [GENERATE, "--masks", "--images", "500"]),
    ("segm-10", "segm", [GENERATE, "--masks", "--detections", "10"]),
    ("keypoints-20", "keypoints", [POINTS]),
]


def measure(
    python: str, library: str, kind: str, files: list[Path], runs: int, arrays: Path
) -> dict:
    """What one library did; its failure where it stopped."""
    command = [python, str(HERE / "peer.py"), library, kind, *map(str, files), str(runs)]
    done = subprocess.run([*command, str(arrays)], capture_output=True, text=True)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["failed"]
        return {"failure": lines[-1][:120]}
    return json.loads(done.stdout.splitlines()[-1])


def run_case(
    python: str, name: str, kind: str, command: list[str], folder: Path, runs: int
) -> None:
    """Prints the rows of one case."""
    files = [folder / f"python-{name}-{part}.json" for part in ("truth", "results")]
    if not all(path.exists() for path in files):
        making = [python, *command, "--into", str(folder), "--name", f"python-{name}"]
        subprocess.run(making, check=True, stdout=sys.stderr)
    reference = folder / f"python-{name}-pycocotools.npz"
    rows = {}
    for library in ["pycocotools", "copra", *PEERS[:-1]]:
        arrays = folder / f"python-{name}-{library}.npz"
        count = 1 if library == "pycocotools" else runs
        rows[library] = measure(python, library, kind, files, count, arrays)
        if "failure" not in rows[library]:
            compare = [python, str(HERE.parent / "evaluate/compare.py"), reference, arrays]
            told = subprocess.run(compare, check=True, capture_output=True, text=True)
            rows[library]["bits"] = told.stdout.strip()
    ours = statistics.median(rows["copra"]["seconds"])
    for library, row in rows.items():
        if "failure" in row:
            print(f"| {name} | {library} | – | – | – | {row['failure']} |", flush=True)
            continue
        median = statistics.median(row["seconds"])
        numbers = f"{row['loading']:.3f} | {median:.3f} | {ours / median:.2f}"
        print(f"| {name} | {library} | {numbers} | {row['bits']} |", flush=True)


def main() -> None:
    """Runs the cases."""
    build = REPOSITORY / ".build-bench"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--inputs", type=Path, default=build / "evaluate-inputs")
    parser.add_argument("--venv", type=Path, default=build / "python")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", action="append", help="names of cases")
    arguments = parser.parse_args()
    environment.prepare(arguments.venv.absolute(), HERE / "requirements.txt")
    python = str(arguments.venv.absolute() / "bin/python")
    arguments.inputs.mkdir(parents=True, exist_ok=True)
    install = ["install", "--quiet", "--force-reinstall", "--no-deps", str(arguments.wheel)]
    subprocess.run([python, "-m", "pip", *install], check=True)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f} at the start.\n")
    print("| case | library | truth s | results to figures s | copra / it | arrays |")
    print("| --- | --- | ---: | ---: | ---: | --- |", flush=True)
    for name, kind, command in CASES:
        if not arguments.only or name in arguments.only:
            run_case(python, name, kind, command, arguments.inputs, arguments.runs)


if __name__ == "__main__":
    main()
