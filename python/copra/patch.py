"""copra in the place of pycocotools, for programs that import that.

    python -m copra.patch SCRIPT.py [ARGUMENT …]
    python -m copra.patch -m MODULE [ARGUMENT …]

runs a script or a module as it is, with copra in the place of pycocotools.
"""

from __future__ import annotations

import runpy
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from copra import mask
from copra.coco import COCO, is_array_like
from copra.evaluation import COCOeval, Params

_USAGE = "usage: python -m copra.patch SCRIPT.py|-m MODULE [ARGUMENT …]"


def patch_pycocotools() -> None:
    """Makes `pycocotools` mean copra from here on, whether it is installed or not.

    Modules that have imported pycocotools' classes before keep them: call this first. Processes
    that are forked have it too, those that start anew do not.
    """
    if "pycocotools" not in sys.modules:
        _module("pycocotools").__path__ = []
    names = ("encode", "decode", "area", "toBbox", "merge", "frPyObjects", "iou")
    functions: dict[str, object] = {name: getattr(mask, name) for name in names}
    _replace("_mask", functions)
    _replace("mask", {**functions, "_mask": sys.modules["pycocotools._mask"]})
    masks = sys.modules["pycocotools.mask"]
    _replace("coco", {"COCO": COCO, "maskUtils": masks, "_isArrayLike": is_array_like})
    _replace("cocoeval", {"COCOeval": COCOeval, "Params": Params, "maskUtils": masks})


def _module(name: str) -> ModuleType:
    """A module of our own under this name, so that an installed one is not looked for."""
    module = ModuleType(name, "copra in the place of pycocotools.")
    # Programs that ask whether pycocotools can be imported look for this.
    module.__spec__ = ModuleSpec(name, None, is_package=name == "pycocotools")
    sys.modules[name] = module
    return module


def _replace(name: str, contents: dict[str, object]) -> None:
    """Puts names into one of pycocotools' modules, which is made where none has been imported."""
    full = f"pycocotools.{name}"
    module = sys.modules.get(full) or _module(full)
    module.__dict__.update(contents)
    setattr(sys.modules["pycocotools"], name, module)


def main() -> None:
    """Runs what the command line names, with its own arguments."""
    arguments = sys.argv[1:]
    is_module = arguments[:1] == ["-m"]
    if len(arguments) < 1 + is_module or arguments[0] in ("-h", "--help"):
        sys.exit(_USAGE)
    patch_pycocotools()
    sys.argv = arguments[is_module:]
    if is_module:
        sys.path[0] = ""
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        sys.path[0] = str(Path(sys.argv[0]).resolve().parent)
        runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
