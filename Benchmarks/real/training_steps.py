"""Compares how many steps `copra train` and torchvision's reference loop need for the raccoons.

    /usr/bin/python3 Benchmarks/real/training_steps.py --copra PATH --raccoon FOLDER

Both fine-tune one detector, a Faster R-CNN with a pyramid on a ResNet-18 whose weights torchvision
draws from a seed, on the first pictures of the set until it knows them: AdamW at one rate after the
reference's warm-up, pictures of a batch in an order of each program's own. After every epoch they are
evaluated on those pictures; printed is the first step from which AP50 is at the target. Runs in
Debian's Python, which has torchvision.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import torch
from PIL import Image
from torchvision.models import detection, resnet18
from torchvision.models.detection.backbone_utils import _resnet_fpn_extractor
from torchvision.transforms.functional import to_tensor

BATCH = 2
RATE = 3e-4
DECAY = 1e-4
SIZES = {"min_size": 256, "max_size": 426}
NETWORK_SEED = 7
SEED = 5


def coco(copra: Path, raccoon: Path, count: int, folder: Path) -> dict:
    """The first pictures with their boxes."""
    file = folder / "all.json"
    subprocess.run(
        [copra, "convert", raccoon / "annotations", "--images", raccoon / "images", "-o", file],
        check=True, capture_output=True,
    )  # fmt: skip
    data = json.loads(file.read_text())
    images = data["images"][:count]
    ids = {image["id"] for image in images}
    boxes = [each for each in data["annotations"] if each["image_id"] in ids]
    return {"images": images, "annotations": boxes, "categories": data["categories"]}


def samples(folder: Path) -> list[tuple[torch.Tensor, dict, int]]:
    """Pictures with targets and ids."""
    data = json.loads((folder / "instances.json").read_text())
    made = []
    for image in data["images"]:
        boxes = [a["bbox"] for a in data["annotations"] if a["image_id"] == image["id"]]
        corners = torch.tensor(boxes).reshape(-1, 4)
        corners[:, 2:] += corners[:, :2]
        picture = Image.open(folder / image["file_name"]).convert("RGB")
        target = {"boxes": corners, "labels": torch.ones(len(boxes), dtype=torch.int64)}
        made.append((to_tensor(picture), target, image["id"]))
    return made


def results(model: torch.nn.Module, given: list[tuple[torch.Tensor, dict, int]]) -> list[dict]:
    """The detections as COCO has them."""
    model.eval()
    made = []
    with torch.no_grad():
        for picture, _, identifier in given:
            found = model([picture])[0]
            for (x0, y0, x1, y1), score in zip(
                found["boxes"].tolist(), found["scores"].tolist(), strict=True
            ):
                made.append(
                    {
                        "image_id": identifier,
                        "category_id": 1,
                        "bbox": [x0, y0, x1 - x0, y1 - y0],
                        "score": score,
                    }
                )
    return made


def reference(copra: Path, folder: Path, state: dict, epochs: int) -> Iterator[tuple[int, float]]:
    """After each epoch the steps so far and AP50, by the loop of torchvision's detection reference."""
    torch.manual_seed(SEED)
    network = resnet18(weights=None)
    network.load_state_dict(state)
    model = detection.FasterRCNN(_resnet_fpn_extractor(network, 5), 2, **SIZES)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    given = samples(folder)
    steps = 0
    for epoch in range(epochs):
        order = torch.randperm(len(given)).split(BATCH)
        warm_up = None
        if epoch == 0:
            warm_up = torch.optim.lr_scheduler.LinearLR(
                optimizer, start_factor=1 / 1000, total_iters=min(1000, len(order) - 1)
            )
        model.train()
        for batch in order:
            pictures, targets, _ = zip(*(given[index] for index in batch), strict=True)
            loss = sum(model(list(pictures), list(targets)).values())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if warm_up:
                warm_up.step()
            steps += 1
        (folder / "results.json").write_text(json.dumps(results(model, given)))
        text = subprocess.run(
            [copra, "evaluate", folder / "instances.json", folder / "results.json"]
            + ["--format", "json"],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        yield steps, json.loads(text)["stats"][1]


def own(copra: Path, folder: Path, epochs: int) -> Iterator[tuple[int, float]]:
    """The same of `copra train`."""
    (folder / "model.yaml").write_text("architecture: fasterrcnn\nbackbone: {name: resnet18}\n")
    log = folder / "log.jsonl"
    subprocess.run(
        [copra, "train", folder / "instances.json", "--val", folder / "instances.json"]
        + ["--config", folder / "model.yaml", "--weights", folder / "network.pth"]
        + ["--trainable-backbone-layers", "5", "--seed", str(SEED), "--batch-size", str(BATCH)]
        + ["--min-size", str(SIZES["min_size"]), "--max-size", str(SIZES["max_size"])]
        + ["--optimizer", "adamw", "--learning-rate", str(RATE), "--weight-decay", str(DECAY)]
        + ["--schedule", "constant", "--augmentation", "none", "--precision", "fp32"]
        + ["--epochs", str(epochs), "--log", log, "--force"],
        check=True, capture_output=True,
    )  # fmt: skip
    for line in log.read_text().splitlines():
        event = json.loads(line)
        if event["event"] == "evaluation":
            yield event["steps"], event["AP50"]


def main() -> None:
    """Prints the curves, and from when on each is at the target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copra", type=Path, required=True, help="the program copra")
    parser.add_argument("--raccoon", type=Path, required=True, help="the folder of the set")
    parser.add_argument("--pictures", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--target", type=float, default=0.8)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copra = arguments.copra.resolve()
        data = coco(copra, arguments.raccoon, arguments.pictures, folder)
        (folder / "instances.json").write_text(json.dumps(data))
        for image in data["images"]:
            (folder / image["file_name"]).symlink_to(
                (arguments.raccoon / "images" / image["file_name"]).resolve()
            )
        torch.manual_seed(NETWORK_SEED)
        state = resnet18(weights=None).state_dict()
        torch.save(state, folder / "network.pth")
        for program, curve in (
            ("copra", own(copra, folder, arguments.epochs)),
            ("torchvision", reference(copra, folder, state, arguments.epochs)),
        ):
            reached = None
            for steps, ap50 in curve:
                print(f"{program}, {steps} steps: AP50 {ap50:.3f}", flush=True)
                if ap50 >= arguments.target:
                    reached = reached or steps
            print(f"{program}: AP50 {arguments.target} after {reached} steps", flush=True)


if __name__ == "__main__":
    sys.exit(main())
