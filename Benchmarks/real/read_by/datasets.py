"""What Hugging Face `datasets` make of a folder, by its name and as an image folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"

import datasets  # noqa: E402

from read_by import layouts  # noqa: E402
from read_by.reading import Picture, Thing, corners, read_all  # noqa: E402


def read(folder: Path) -> Iterator[Picture]:
    """Both ways give the same rows; names are those that `load_dataset(folder)` gives classes."""
    with tempfile.TemporaryDirectory() as cache:
        named = datasets.load_dataset(str(folder), cache_dir=cache)
        plain = datasets.load_dataset("imagefolder", data_dir=str(folder), cache_dir=cache)
        for split, rows in plain.items():
            ours = named[split].cast_column("image", datasets.Image(decode=False))
            theirs = rows.cast_column("image", datasets.Image(decode=False))
            if list(ours) != list(theirs):
                raise ValueError(f"other rows of {split} as an image folder")
            yield from pictures(split, ours)


def pictures(split: str, rows: Any) -> Iterator[Picture]:
    """The rows of a split."""
    names = rows.features["objects"]["category"].feature.names
    for row in rows:
        found = row["objects"]
        things = [
            Thing(names[number], corners(box))
            for number, box in zip(found["category"], found["bbox"], strict=True)
        ]
        yield Picture(layouts.SPLITS.get(split, split), Path(row["image"]["path"]), things)


if __name__ == "__main__":
    datasets.disable_progress_bars()
    read_all({"huggingface": read})
