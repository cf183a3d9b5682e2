"""pycocotools' own: the notebooks of its demonstration, on its own results, and its tests.

The notebooks are Python 2's: `print` gets brackets, and pictures are shown to nobody. COCO's files
of 2014 are not in the repository. Those of the 100 images that have results lie in the tests of
faster_coco_eval; for keypoints, and without these, others stand in, made of the results themselves.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import tempfile
import unittest
from importlib.metadata import version
from pathlib import Path
from typing import Any

import matplotlib
import numpy

matplotlib.use("agg")

from matplotlib import pyplot  # noqa: E402

from evaluated_by import inputs  # noqa: E402
from evaluated_by.recording import Recorder, checkout, record  # noqa: E402

OF_2014 = "faster_coco_eval/tests/dataset/cocoapi/instances_val2014_100.json"
NAMED_IMAGE = 324158
"""The one that a notebook asks for."""


def cells(path: Path) -> list[str]:
    """A notebook's code, as Python 3 takes it, without what needs a network or a screen."""
    code = [
        "".join(cell["source"])
        for cell in json.loads(path.read_text())["cells"]
        if cell["cell_type"] == "code"
    ]
    code = [re.sub(r"^%.*$", "", each, flags=re.M) for each in code]
    code = [re.sub(r"^print (.+)$", r"print(\1)", each, flags=re.M) for each in code]
    return [
        each.replace("import skimage.io as io", "").replace("import pylab", "") for each in code
    ]


def run(code: list[str], space: dict[str, Any]) -> str:
    """What the cells print, without the seconds that they took."""
    numpy.random.seed(inputs.SEED)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        for each in code:
            exec(re.sub(r"^pylab\..*$", "", each, flags=re.M), space)
    return printed.getvalue()


def stand_in(results: list[inputs.Record], kind: str) -> inputs.Record:
    """True objects near the results, and as many again elsewhere."""
    random = numpy.random.default_rng(inputs.SEED)
    annotations = []
    for number, each in enumerate(results, 1):
        annotation = {"id": number, "image_id": each["image_id"], "iscrowd": int(number % 40 == 0)}
        annotation["category_id"] = each["category_id"]
        if kind == "keypoints":
            points = numpy.array(each["keypoints"], dtype=float).reshape(-1, 3)
            points[:, :2] += random.normal(0, random.choice([1, 5, 30]), (len(points), 2))
            points[:, 2] = random.choice([0, 1, 2], len(points))
            first, last = points[:, :2].min(0), points[:, :2].max(0)
            sides = last - first
            annotation["keypoints"] = points.ravel().tolist()
            annotation["num_keypoints"] = int((points[:, 2] > 0).sum())
            annotation["bbox"] = [*first.tolist(), *sides.tolist()]
        else:
            box = numpy.array(each["bbox"])
            box += random.normal(0, random.choice([0.02, 0.1, 0.4]), 4) * box[[2, 3, 2, 3]]
            box[:2] = numpy.maximum(box[:2], 0)
            x, y, width, height = [*box[:2], *numpy.maximum(box[2:], 1)]
            annotation["bbox"] = [x, y, width, height]
            corners = [x, y, x + width, y, x + width, y + height, x, y + height]
            annotation["segmentation"] = [corners]
        annotation["area"] = annotation["bbox"][2] * annotation["bbox"][3]
        annotations.append(annotation)
    ids = sorted({each["image_id"] for each in results})
    # The notebook draws one of 100.
    ids += range(10**6, 10**6 + 100 - len(ids))
    categories = sorted({each["category_id"] for each in results})
    return {
        "images": [{"id": each, "width": 640, "height": 640} for each in ids],
        "categories": [{"id": each, "name": str(each)} for each in categories],
        "annotations": annotations,
    }


def evaluations(recorder: Recorder, folder: Path, checkouts: Path) -> list[str]:
    """`pycocoEvalDemo.ipynb`, for each of its three kinds; those that gave its printed figures."""
    original = []
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "annotations").mkdir()
        (root / "results").symlink_to((folder / "results").resolve())
        for place_of_kind, kind in enumerate(("segm", "bbox", "keypoints")):
            name = "person_keypoints" if kind == "keypoints" else "instances"
            path = root / f"annotations/{name}_val2014.json"
            if kind != "keypoints" and (checkouts / OF_2014).exists():
                path.write_text((checkouts / OF_2014).read_text())
                original.append(kind)
            else:
                results = folder / f"results/{name}_val2014_fake{kind}100_results.json"
                if kind == "segm":
                    results = folder / "results/instances_val2014_fakebbox100_results.json"
                path.write_text(json.dumps(stand_in(json.loads(results.read_text()), kind)))
            code = "\n".join(cells(folder / "PythonAPI/pycocoEvalDemo.ipynb"))
            code = code.replace("annType = annType[1]", f"annType = annType[{place_of_kind}]")
            code = code.replace("dataDir='../'", f"dataDir='{root}'")
            printed = run([code], {})
            figures = re.findall(r"= (-?\d\.\d{3})$", printed, flags=re.M)
            recorder.text(f"{kind} {figures}")
            if kind in original:
                expected = printed_figures(folder, kind)
                if figures != expected:
                    raise RuntimeError(f"{kind}: expected {expected}, found {figures}")
    return original


def printed_figures(folder: Path, kind: str) -> list[str]:
    """The figures that the repository prints for its results."""
    text = (folder / "results/val2014_fake_eval_res.txt").read_text()
    part = text.split(f"type={kind}")[1].split("-" * 20)[0]
    return re.findall(r"= (-?\d\.\d{3})", part)


def demonstration(recorder: Recorder, data: Path, folder: Path) -> None:
    """`pycocoDemo.ipynb`, on a picture of tinycoco, whose drawings are compared by the pixel."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "annotations").mkdir()
        persons = inputs.truth(data, inputs.PERSONS)
        key = next(each["image_id"] for each in persons["annotations"] if each["num_keypoints"])
        for name, dataset in (
            ("instances", inputs.truth(data)),
            ("person_keypoints", persons),
            ("captions", {"images": persons["images"], "annotations": []}),
        ):
            renamed = json.loads(json.dumps(dataset))
            for each in renamed["images"]:
                each["id"] = NAMED_IMAGE if each["id"] == key else each["id"]
            for each in renamed["annotations"]:
                each["image_id"] = NAMED_IMAGE if each["image_id"] == key else each["image_id"]
            if name == "captions":
                caption = {"id": 1, "image_id": NAMED_IMAGE, "caption": "A person."}
                renamed["annotations"].append(caption)
            path = root / f"annotations/{name}_val2017.json"
            path.write_text(json.dumps(renamed))
        code = cells(folder / "PythonAPI/pycocoDemo.ipynb")
        code = [each.replace("dataDir='..'", f"dataDir='{root}'") for each in code]
        code = [each.replace("I = io.imread(img['coco_url'])", "I = blank(img)") for each in code]

        def shown() -> None:
            figure = pyplot.gcf()
            figure.canvas.draw()
            recorder.figures("picture", numpy.asarray(figure.canvas.buffer_rgba()).mean((0, 1)))
            recorder.numbers[f"array picture {len(recorder.numbers)}"] = numpy.asarray(
                figure.canvas.buffer_rgba()
            ).copy()

        def blank(image: inputs.Record) -> Any:
            return numpy.zeros((image["height"], image["width"], 3), numpy.uint8)

        original, pyplot.show = pyplot.show, shown
        try:
            printed = run([*code, "plt.show()"], {"blank": blank})
        finally:
            pyplot.show = original
        # What it says of its work is none of the demonstration's.
        own = ("memory...", "index...", "created!")
        lines = [each for each in printed.splitlines() if "t=" not in each]
        recorder.text("\n".join(each for each in lines if not each.endswith(own)))


def tests(recorder: Recorder, folder: Path) -> None:
    """The repository's tests."""
    suite = unittest.defaultTestLoader.discover(str(folder / "tests"), "test_cases.py")
    result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
    recorder.text(f"{result.testsRun} tests, {len(result.failures)} failed")
    if not result.wasSuccessful():
        raise RuntimeError(str(result.failures + result.errors))


def work(recorder: Recorder, data: Path, checkouts: Path) -> str:
    """All of it."""
    folder = checkout(checkouts, "cocoapi", "ppwwyyxx")
    original = evaluations(recorder, folder, checkouts)
    demonstration(recorder, data, folder)
    tests(recorder, folder)
    known = f", {' and '.join(original)} as it prints them" if original else ""
    return f"pycocotools' notebooks and tests{known} (pycocotools {version('pycocotools')})"


if __name__ == "__main__":
    record(work)
