"""Evaluates sets of any size in shards, joins their partial results, and prints times and memory.

Each shard is a file of lines, a picture with its objects and detections a line; it is made by a seed,
evaluated with --partial and taken away before the next one is made, so that the disk holds one of them.
Where a set is small enough, one run over all of it shows that the joined figures are its very bytes.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

CATEGORIES = 80
DETECTIONS, OBJECTS = 100, 7
# Texts to draw from: making each number anew would take longer than evaluating it.
POOL = 20_000
WHOLE_RUN = 10_000_000


class Pool:
    """Detections and, near each, the object that it is for."""

    def __init__(self, categories: int) -> None:
        draw = random.Random(0)
        self.detections, self.objects = [], []
        for _ in range(POOL):
            category = draw.randint(1, categories)
            x, y = draw.uniform(0, 500), draw.uniform(0, 400)
            width, height = draw.uniform(4, 140), draw.uniform(4, 80)
            box = [x, y, width, height]
            self.detections.append(
                f'{{"category_id":{category},"bbox":[{x:.2f},{y:.2f},{width:.2f},{height:.2f}],'
                f'"score":{draw.random():.4f}}}')
            moved = [edge + draw.gauss(0, 0.08) * min(width, height) for edge in box]
            moved = [moved[0], moved[1], max(moved[2], 1), max(moved[3], 1)]
            self.objects.append(
                f'"category_id":{category},"bbox":[{", ".join(f"{edge:.2f}" for edge in moved)}],'
                f'"area":{moved[2] * moved[3]:.2f},"iscrowd":0}}')

    def write(self, path: Path, pictures: range) -> None:
        draw = random.Random(pictures.start)
        names = ",".join(
            f'{{"id":{number},"name":"c{number}"}}' for number in range(1, CATEGORIES + 1))
        with path.open("w") as file:
            file.write(f'{{"categories":[{names}]}}\n')
            for picture in pictures:
                chosen = draw.choices(range(POOL), k=DETECTIONS)
                first = picture * OBJECTS + 1
                objects = ",".join(
                    f'{{"id":{first + place},{self.objects[index]}'
                    for place, index in enumerate(chosen[:OBJECTS]))
                detections = ",".join([self.detections[index] for index in chosen])
                file.write(
                    f'{{"id":{picture},"width":640,"height":480,"annotations":[{objects}],'
                    f'"detections":[{detections}]}}\n')


def measured(command: list[str], **options: object) -> tuple[float, int, bytes]:
    """Seconds, peak memory in bytes, and standard output."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, **options)  # type: ignore[call-overload]
    output = process.stdout.read()
    _, status, usage = __import__("os").wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with {status}")
    return time.monotonic() - start, usage.ru_maxrss * 1024, output


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copra", default=".build/release/copra")
    parser.add_argument("--into", type=Path, default=Path(".build-scale"))
    parser.add_argument("--detections", default="1000000,10000000,100000000")
    parser.add_argument("--shards", type=int, default=32)
    parser.add_argument("--categories", type=int, default=CATEGORIES)
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    pool = Pool(options.categories)
    print("| detections | images | shards | one shard, median s | its peak MB | partials MB | join s "
          "| join's peak MB | one run s | one run's peak MB | the same bytes |")
    print("|" + " --- |" * 11, flush=True)
    for count in map(int, options.detections.split(",")):
        pictures, parts, times, peaks = count // DETECTIONS, [], [], []
        whole = options.into / "whole.jsonl"
        whole.unlink(missing_ok=True)
        for shard in range(options.shards):
            path = options.into / "shard.jsonl"
            first, end = (pictures * place // options.shards for place in (shard, shard + 1))
            pool.write(path, range(first, end))
            part = options.into / f"{shard}.cpart"
            seconds, peak, _ = measured(
                [options.copra, "evaluate", str(path), "--partial", str(part), "--force"],
                stderr=subprocess.DEVNULL)
            times.append(seconds)
            peaks.append(peak)
            parts.append(part)
            if count <= WHOLE_RUN:
                with whole.open("ab") as file, path.open("rb") as own:
                    while block := own.read(1 << 24):
                        file.write(block)
            path.unlink()
        size = sum(part.stat().st_size for part in parts)
        order = [str(part) for part in parts]
        random.Random(1).shuffle(order)
        join, join_peak, joined = measured([options.copra, "join", *order, "--format", "json"])
        once = "| – | – | – |"
        if count <= WHOLE_RUN:
            seconds, peak, output = measured(
                [options.copra, "evaluate", str(whole), "--format", "json"],
                stderr=subprocess.DEVNULL)
            once = f"| {seconds:.2f} | {peak / 1e6:.0f} | {'yes' if output == joined else 'NO'} |"
            whole.unlink()
        print(
            f"| {count:,} | {pictures:,} | {options.shards} | {sorted(times)[len(times) // 2]:.2f} "
            f"| {max(peaks) / 1e6:.0f} | {size / 1e6:.0f} | {join:.2f} | {join_peak / 1e6:.0f} "
            + once, flush=True)
        for part in parts:
            part.unlink()


if __name__ == "__main__":
    main()
