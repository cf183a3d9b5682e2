"""Evaluates in Python with copra's wheel and its peers, and prints a table with their ratios.

Each library works in a process of its own, on results that are in memory, and they take turns. Peers
are installed into an environment of their own when they are missing, and inputs are generated.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
sys.path += [str(HERE.parent / "convert")]

import environment  # noqa: E402

REFERENCE = "pycocotools"
LIBRARIES = [REFERENCE, "copra", "vernier", "ultrafast", "hotcoco", "faster-coco-eval"]
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


class Peer:
    """A library in a process that evaluates whenever it is asked to."""

    def __init__(self, python: str, library: str, kind: str, files: list[Path], arrays: Path) -> None:
        command = [python, str(HERE / "peer.py"), library, kind, *map(str, files), str(arrays)]
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True
        )
        self.runs: list[dict] = []
        self.failure = ""
        self.loading = self.answer().get("loading", 0)

    def answer(self) -> dict:
        """The next line; where there is none, the process has failed."""
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        self.process.wait()
        self.errors.seek(0)
        lines = self.errors.read().strip().splitlines() or ["failed"]
        self.failure = lines[-1][:120]
        return {}

    def run(self) -> None:
        """Evaluates once more."""
        if not self.failure:
            self.process.stdin.write("run\n")
            self.process.stdin.flush()
            self.runs.append(self.answer())

    def close(self) -> None:
        """Ends the process."""
        self.process.stdin.close()
        self.process.wait()

    def median(self, name: str) -> float:
        """The median of all runs."""
        return statistics.median(run[name] for run in self.runs)


def run_case(
    python: str, name: str, kind: str, command: list[str], folder: Path, runs: int
) -> None:
    """Prints the rows of one case."""
    files = [folder / f"python-{name}-{part}.json" for part in ("truth", "results")]
    if not all(path.exists() for path in files):
        making = [python, *command, "--into", str(folder), "--name", f"python-{name}"]
        subprocess.run(making, check=True, stdout=sys.stderr)
    arrays = {library: folder / f"python-{name}-{library}.npz" for library in LIBRARIES}
    peers = {each: Peer(python, each, kind, files, arrays[each]) for each in LIBRARIES}
    peers[REFERENCE].run()
    for _ in range(runs):
        for library, peer in peers.items():
            if library != REFERENCE:
                peer.run()
    for library, peer in peers.items():
        peer.close()
        if peer.failure:
            print(f"| {name} | {library} | – | – | – | – | {peer.failure} |", flush=True)
            continue
        compare = [python, str(HERE.parent / "evaluate/compare.py")]
        compare += [str(arrays[REFERENCE]), str(arrays[library])]
        told = subprocess.run(compare, check=True, capture_output=True, text=True).stdout.strip()
        seconds, processors = peer.median("seconds"), peer.median("processors")
        ratio = peers["copra"].median("seconds") / seconds
        numbers = f"{peer.loading:.3f} | {seconds:.3f} | {processors:.3f} | {ratio:.2f}"
        print(f"| {name} | {library} | {numbers} | {told} |", flush=True)


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
    print("| case | library | truth s | results to figures s | CPU s | copra / it | arrays |")
    print("| --- | --- | ---: | ---: | ---: | ---: | --- |", flush=True)
    for name, kind, command in CASES:
        if not arguments.only or name in arguments.only:
            run_case(python, name, kind, command, arguments.inputs, arguments.runs)


if __name__ == "__main__":
    main()
