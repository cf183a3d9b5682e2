"""copra in the place of pycocotools, for programs that import that."""

from __future__ import annotations

import sys
from types import ModuleType

from copra import mask
from copra.coco import COCO
from copra.evaluation import COCOeval, Params


def patch_pycocotools() -> None:
    """Makes `pycocotools` mean copra from here on, whether it is installed or not.

    Modules that have imported pycocotools' classes before keep them: call this first.
    """
    if "pycocotools" not in sys.modules:
        _module("pycocotools").__path__ = []
    _replace("coco", {"COCO": COCO})
    _replace("cocoeval", {"COCOeval": COCOeval, "Params": Params})
    names = ("encode", "decode", "area", "toBbox", "merge", "frPyObjects", "iou")
    _replace("mask", {name: getattr(mask, name) for name in names})


def _module(name: str) -> ModuleType:
    """A module of our own under this name, so that an installed one is not looked for."""
    module = ModuleType(name, "copra in the place of pycocotools.")
    sys.modules[name] = module
    return module


def _replace(name: str, contents: dict[str, object]) -> None:
    """Puts names into one of pycocotools' modules, which is made where none has been imported."""
    full = f"pycocotools.{name}"
    module = sys.modules.get(full) or _module(full)
    module.__dict__.update(contents)
    setattr(sys.modules["pycocotools"], name, module)
