"""What Ultralytics' converters and its results write: YOLO's labels.

Its torch is Debian's, which is not made for this numpy: nothing here hands one the other's arrays.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import shutil
import sys
import warnings
from pathlib import Path

import PIL.Image
import PIL.ImageDraw

from written_by import sources, truth
from written_by.writing import write_all

sys.path.append("/usr/lib/python3/dist-packages")
os.environ["YOLO_CONFIG_DIR"] = str(Path(sys.argv[2]).with_name("ultralytics settings"))
os.environ["YOLO_OFFLINE"] = "true"
warnings.filterwarnings("ignore")

with contextlib.redirect_stdout(io.StringIO()):
    import torch
    from ultralytics.data.converter import convert_coco, convert_segment_masks_to_yolo_seg
    from ultralytics.data.split import autosplit
    from ultralytics.engine.results import Results
    from ultralytics.utils import YAML


def configuration(target: Path, **further: str | list[int]) -> None:
    """data.yaml with Ultralytics' own writer."""
    paths = {split: f"images/{split}" for split in truth.SPLITS}
    YAML.save(target / "data.yaml", {**paths, **further, "names": dict(enumerate(truth.CLASSES))})


def own_configuration(pictures: Path, target: Path) -> None:
    """Labels of `convert_coco` with `path` as Ultralytics' own configurations have it: the name."""
    from_coco(pictures, target)
    configuration(target, path=target.name)


def listed(pictures: Path, target: Path) -> None:
    """A split as `autosplit` lists it, beside `images` and `labels`."""
    results(pictures, target, confidence=False)
    shutil.rmtree(target / "images/val")
    shutil.rmtree(target / "labels/val")
    autosplit(target / "images", weights=(1.0, 0.0, 0.0))
    names = dict(enumerate(truth.CLASSES))
    YAML.save(target / "data.yaml", {"train": "autosplit_train.txt", "names": names})


def pose(pictures: Path, target: Path) -> None:
    """Boxes with four keypoints each."""
    from_coco(pictures, target, use_keypoints=True)
    configuration(target, kpt_shape=[4, 3])


def from_coco(pictures: Path, target: Path, **options: bool) -> None:
    """`labels` and `images` by split; pictures without objects have no label file."""
    source = sources.folder(target)
    for split in truth.SPLITS:
        sources.save(source / f"instances_{split}.json", truth.pictures(split, nested=True))
    target.rmdir()  # It writes into another folder where there is one.
    convert_coco(str(source), str(target), cls91to80=False, **options)
    for split in truth.SPLITS:
        sources.copy(pictures, split, target / "images" / split, nested=True)
    configuration(target)


def from_masks(pictures: Path, target: Path) -> None:
    """Outlines of masks whose values are classes."""
    for split in truth.SPLITS:
        masks = sources.folder(target) / split
        masks.mkdir(parents=True)
        images = target / "images" / split
        sources.copy(pictures, split, images)
        for picture in truth.pictures(split):
            if picture.name == truth.OVERLAPPING:
                (images / picture.name).unlink()
                continue
            canvas = PIL.Image.new("L", (picture.width, picture.height))
            for thing in picture.things:
                PIL.ImageDraw.Draw(canvas).polygon(thing.corners, fill=thing.number + 1)
            canvas.save(masks / f"{Path(picture.name).stem}.png")
        labels = target / "labels" / split
        convert_segment_masks_to_yolo_seg(str(masks), str(labels), len(truth.CLASSES))
    configuration(target)


def results(pictures: Path, target: Path, confidence: bool) -> None:
    """What `predict` saves with `save_txt`, with confidence or without."""
    names = dict(enumerate(truth.CLASSES))
    for split in truth.SPLITS:
        sources.copy(pictures, split, target / "images" / split)
        for picture in truth.pictures(split):
            rows = [[*thing.edges, 0.875, thing.number] for thing in picture.things]
            boxes = torch.tensor(rows, dtype=torch.float64).reshape(-1, 6)
            empty = torch.zeros(picture.height, picture.width, 3)
            found = Results(empty, path=picture.name, names=names, boxes=boxes)
            label = target / "labels" / split / f"{Path(picture.name).stem}.txt"
            found.save_txt(label, save_conf=confidence)
    configuration(target)


if __name__ == "__main__":
    write_all(
        {
            "convert_coco": from_coco,
            "convert_coco with outlines": functools.partial(from_coco, use_segments=True),
            "convert_coco with keypoints": pose,
            "convert_coco with its own path": own_configuration,
            "autosplit": listed,
            "convert_segment_masks": from_masks,
            "save_txt": functools.partial(results, confidence=False),
            "save_txt with confidence": functools.partial(results, confidence=True),
        }
    )
