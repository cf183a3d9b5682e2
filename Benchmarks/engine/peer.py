"""torchvision at the same work as `EngineSteps`, as its documentation and its reference have it.

peer.py step MODEL train|detect BATCH SIZE THREADS REPETITIONS [--bf16]
peer.py load ANNOTATIONS.json PICTURES BATCH WORKERS EPOCHS
peer.py evaluate MODEL ANNOTATIONS.json PICTURES SIZE THREADS
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import time

import torch
import torchvision
from torchvision.models import detection

PERCENTS = [
    [5, 5, 30, 45],
    [40, 10, 85, 60],
    [10, 55, 45, 95],
    [60, 65, 80, 90],
    [30, 30, 38, 42],
    [2, 2, 97, 98],
]


def make(name: str, size: int, classes: int | None = None) -> torch.nn.Module:
    """A detector with weights drawn from the seed 0."""
    torch.manual_seed(0)
    # SSD's size is its own.
    options = {} if name.startswith("ssd") else {"min_size": size, "max_size": size}
    if name != "fasterrcnn_mobilenet_v2":
        builder = getattr(detection, name)
        return builder(weights=None, weights_backbone=None, num_classes=classes, **options)
    # The custom model of the tutorial.
    backbone = torchvision.models.mobilenet_v2().features
    backbone.out_channels = 1280
    return detection.FasterRCNN(
        backbone,
        num_classes=classes or 2,
        rpn_anchor_generator=detection.rpn.AnchorGenerator(
            ((32, 64, 128, 256, 512),), ((0.5, 1.0, 2.0),)
        ),
        box_roi_pool=torchvision.ops.MultiScaleRoIAlign(["0"], 7, 2),
        **options,
    )


def target(size: int, name: str) -> dict[str, torch.Tensor]:
    """Objects of several sizes.

    The mask of each is the left half of its box; its 17 keypoints lie on the diagonal, all visible.
    """
    corners = [[percent * size // 100 for percent in box] for box in PERCENTS]
    found = {
        "boxes": torch.tensor(corners, dtype=torch.float32),
        "labels": torch.ones(len(corners), dtype=torch.int64),
    }
    if name.startswith("keypoint"):
        shares = torch.arange(17) / 17
        sides = found["boxes"][:, 2:] - found["boxes"][:, :2]
        places = found["boxes"][:, None, :2] + shares[:, None] * sides[:, None]
        found["keypoints"] = torch.cat([places, torch.ones(len(corners), 17, 1)], 2)
    if name.startswith("mask"):
        found["masks"] = torch.zeros(len(corners), size, size, dtype=torch.uint8)
        for mask, (left, top, right, bottom) in zip(found["masks"], corners, strict=True):
            mask[top:bottom, left : (left + right) // 2] = 1
    return found


def step(name: str, work: str, batch: int, size: int, threads: int, repetitions: int) -> None:
    """The training step or the inference of a detector on pictures of noise."""
    torch.set_num_threads(threads)
    model = make(name, size).train(work == "train")
    torch.manual_seed(1)
    images = [torch.rand(3, size, size) for _ in range(batch)]
    targets = [target(size, name)] * batch
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9, weight_decay=1e-4)
    precision = (
        torch.autocast("cpu", torch.bfloat16) if "--bf16" in sys.argv else contextlib.nullcontext()
    )

    def once() -> str:
        if work == "detect":
            with torch.inference_mode(), precision:
                return f"detections {sum(len(found['labels']) for found in model(images))}"
        with precision:
            loss = sum(model(images, targets).values())
        value = round(loss.item(), 3)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return f"loss {value}"

    torch.manual_seed(2)
    print("work:", once())
    seconds = []
    for _ in range(repetitions):
        start = time.perf_counter()
        once()
        seconds.append(time.perf_counter() - start)
    print(f"inner seconds: {statistics.median(seconds)}")


def load(annotations: str, pictures: str, batch: int, workers: int, epochs: int) -> None:
    """How long a picture takes to come out of a `DataLoader` with workers."""
    from reference import CocoPictures, collate, flipped

    loader = torch.utils.data.DataLoader(
        CocoPictures(annotations, pictures, flipped),
        batch_size=batch,
        shuffle=True,
        num_workers=workers,
        collate_fn=collate,
        persistent_workers=True,
    )
    count = sum(len(images) for images, _ in loader)
    start = time.perf_counter()
    count = sum(len(images) for _ in range(epochs) for images, _ in loader)
    seconds = time.perf_counter() - start
    print(f"work: images {count}\ninner seconds: {seconds / count}")


def evaluate(name: str, annotations: str, pictures: str, size: int, threads: int) -> None:
    """The evaluation of a whole set from the annotation file to the score."""
    import reference

    torch.set_num_threads(threads)
    model = make(name, size, reference.count_classes(annotations)).eval()
    start = time.perf_counter()
    count = reference.evaluate(model, reference.CocoPictures(annotations, pictures), threads)
    print(f"work: detections {count}\ninner seconds: {time.perf_counter() - start}")


if __name__ == "__main__":
    verb, *given = [word for word in sys.argv[1:] if not word.startswith("--")]
    verbs = {"step": step, "load": load, "evaluate": evaluate}
    verbs[verb](*[int(word) if word.isdigit() else word for word in given])
