"""torchvision at the same work as `ZooSteps`: a model's forward pass or training step.

    peer.py MODEL forward|train BATCH SIZE THREADS REPETITIONS
"""

import statistics
import sys
import time

import torch
import torchvision

VIDEO_FRAMES = 16


def shape_of(name: str, batch: int, size: int) -> list[int]:
    """The input's shape."""
    frames = [VIDEO_FRAMES] if hasattr(torchvision.models.video, name) else []
    return [batch, 3, *frames, size, size]


def main() -> None:
    """Runs and prints the median."""
    name, work = sys.argv[1:3]
    batch, size, threads, repetitions = map(int, sys.argv[3:])
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    family = torchvision.models if hasattr(torchvision.models, name) else torchvision.models.video
    model = getattr(family, name)()
    images = torch.rand(shape_of(name, batch, size))
    labels = torch.arange(batch) % 1000
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9, weight_decay=1e-4)
    model.train(work == "train")

    def step() -> None:
        if work == "forward":
            with torch.inference_mode():
                model(images)
            return
        optimizer.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(model(images), labels).backward()
        optimizer.step()

    step()
    seconds = []
    for _ in range(repetitions):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    print(f"inner seconds: {statistics.median(seconds)}")


if __name__ == "__main__":
    main()
