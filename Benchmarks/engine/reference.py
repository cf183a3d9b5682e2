"""Data and evaluation by the facts of torchvision's detection reference, written anew.

A COCO file is read by pycocotools; pictures are decoded by Pillow and become tensors. `evaluate`
works as the reference's: one thread for the model, an evaluation of each batch by itself, all of
them put together at the end.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy
import PIL.Image
import torch
from pycocotools import mask as run_lengths
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from torchvision.transforms import functional

Target = dict[str, torch.Tensor]
Transform = Callable[[torch.Tensor, Target], tuple[torch.Tensor, Target]]


def count_classes(annotations: str) -> int:
    """The classes of a COCO file, the background included."""
    return len(json.loads(Path(annotations).read_text())["categories"]) + 1


def flipped(image: torch.Tensor, target: Target) -> tuple[torch.Tensor, Target]:
    """Every second picture mirrored, with its boxes."""
    if random.random() >= 0.5:
        return image, target
    boxes = target["boxes"].clone()
    boxes[:, [0, 2]] = image.shape[-1] - boxes[:, [2, 0]]
    return functional.hflip(image), {**target, "boxes": boxes}


def collate(samples: list) -> tuple:
    """Pictures and targets of a batch, each as they are."""
    return tuple(zip(*samples, strict=True))


class CocoPictures(torch.utils.data.Dataset):
    """The pictures of a COCO file with what is to be found in them."""

    def __init__(self, annotations: str, pictures: str, transform: Transform | None = None) -> None:
        """Reads the file; pictures are decoded when they are asked for."""
        with contextlib.redirect_stdout(io.StringIO()):
            self.coco = COCO(annotations)
        self.pictures = Path(pictures)
        self.transform = transform
        self.ids = list(self.coco.imgs)
        self.categories = [category["id"] for category in self.coco.dataset["categories"]]
        self.labels = {category: label for label, category in enumerate(self.categories, start=1)}

    def __len__(self) -> int:
        """How many pictures there are."""
        return len(self.ids)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, Target]:
        """A picture as float [3, H, W], 0 to 1, and its target."""
        record = self.coco.imgs[self.ids[index]]
        picture = PIL.Image.open(self.pictures / record["file_name"]).convert("RGB")
        objects = [
            found
            for found in self.coco.imgToAnns[record["id"]]
            if not found["iscrowd"]
        ]
        boxes = torch.tensor([found["bbox"] for found in objects], dtype=torch.float32)
        boxes = boxes.reshape(-1, 4)
        boxes[:, 2:] += boxes[:, :2]
        target = {
            "boxes": boxes,
            "labels": torch.tensor(
                [self.labels[found["category_id"]] for found in objects], dtype=torch.int64
            ),
            "image_id": torch.tensor([record["id"]]),
        }
        image = functional.to_tensor(picture)
        return self.transform(image, target) if self.transform else (image, target)


class BatchEvaluation:
    """COCO's metric of boxes or masks, batch by batch."""

    def __init__(self, truth: COCO, kind: str) -> None:
        """Of `bbox` or `segm`."""
        self.kind = kind
        self.evaluation = COCOeval(truth, iouType=kind)
        self.images: list[int] = []
        self.matches: list[numpy.ndarray] = []

    def add(self, images: list[int], records: list[dict]) -> None:
        """Evaluates a batch."""
        settings = self.evaluation.params
        with contextlib.redirect_stdout(io.StringIO()):
            truth = self.evaluation.cocoGt
            self.evaluation.cocoDt = truth.loadRes(records) if records else COCO()
            settings.imgIds = images
            self.evaluation.evaluate()
        matches = numpy.asarray(self.evaluation.evalImgs, dtype=object)
        self.matches.append(matches.reshape(-1, len(settings.areaRng), len(images)))
        self.images += images

    def finish(self) -> None:
        """Puts the batches together."""
        order = numpy.argsort(self.images)
        matches = numpy.concatenate(self.matches, axis=2)[:, :, order]
        self.evaluation.params.imgIds = [self.images[index] for index in order]
        self.evaluation.evalImgs = list(matches.flatten())
        self.evaluation._paramsEval = copy.deepcopy(self.evaluation.params)
        with contextlib.redirect_stdout(io.StringIO()):
            self.evaluation.accumulate()
            self.evaluation.summarize()


def results(found: Target, image: int, kind: str, categories: list[int]) -> list[dict]:
    """What was found in a picture as COCO's results."""
    scores, labels = found["scores"].tolist(), found["labels"].tolist()
    if kind == "segm":
        pixels = (found["masks"] > 0.5).numpy().astype(numpy.uint8)
        shapes = []
        for mask in pixels:
            encoded = run_lengths.encode(numpy.asfortranarray(mask[0])[:, :, None])[0]
            shapes.append({"segmentation": {**encoded, "counts": encoded["counts"].decode()}})
    else:
        corners = found["boxes"].clone()
        corners[:, 2:] -= corners[:, :2]
        shapes = [{"bbox": box} for box in corners.tolist()]
    return [
        {"image_id": image, "category_id": categories[label - 1], "score": score, **shape}
        for label, score, shape in zip(labels, scores, shapes, strict=True)
    ]


@torch.inference_mode()
def evaluate(model: torch.nn.Module, pictures: CocoPictures, workers: int) -> int:
    """Evaluates a detector on all pictures; how much it found."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    loader = torch.utils.data.DataLoader(pictures, num_workers=workers, collate_fn=collate)
    kinds = ["bbox", "segm"] if hasattr(model, "roi_heads") and model.roi_heads.has_mask() else ["bbox"]
    truth = copy.deepcopy(pictures.coco)
    evaluations = [BatchEvaluation(truth, kind) for kind in kinds]
    count = 0
    for images, targets in loader:
        found = model(list(images))
        ids = [target["image_id"].item() for target in targets]
        count += sum(len(one["labels"]) for one in found)
        for evaluation in evaluations:
            records = [
                record
                for one, image in zip(found, ids, strict=True)
                for record in results(one, image, evaluation.kind, pictures.categories)
            ]
            evaluation.add(ids, records)
    for evaluation in evaluations:
        evaluation.finish()
    torch.set_num_threads(threads)
    return count
