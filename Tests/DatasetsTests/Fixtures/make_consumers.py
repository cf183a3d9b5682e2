"""Asks the real programs what they make of COCO files in which one key is absent or of another type.

    python make_consumers.py > consumers.jsonl

needs pycocotools, torchvision, ultralytics and Pillow; made with pycocotools 2.0.11, torchvision 0.14.1
and ultralytics 8.4.190. Each line is one file: the list and key that were changed, what stands there,
the file (a character a byte), and for each program the name of the error, or "ok". pycocotools
evaluates boxes, masks and keypoints, and the first error counts; torchvision is its CocoDetection, of
which all pictures and targets are loaded; ultralytics is its convert_coco.
"""
import contextlib, copy, io, json, os, sys, tempfile, warnings

warnings.simplefilter("ignore")
os.environ.setdefault("YOLO_VERBOSE", "false")
import numpy
from PIL import Image
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from torchvision.datasets import CocoDetection
from ultralytics.data.converter import convert_coco

VALUES = {
    "null": None, "word": "crab", "digits": "1", "list": [1], "object": {"a": 1}, "true": True,
    "fraction": 1.5,
}
KEYS = {
    "images": ["id", "file_name", "width", "height"],
    "annotations": ["id", "image_id", "category_id", "bbox", "area", "iscrowd", "segmentation",
                    "keypoints", "num_keypoints"],
    "categories": ["id", "name"],
}


def sound():
    def annotation(number, image, x):
        return {"id": number, "image_id": image, "category_id": 1, "bbox": [x, 8, 20, 16],
                "area": 320, "iscrowd": 0,
                "segmentation": [[x, 8, x + 20, 8, x + 20, 24, x, 24]],
                "keypoints": [x, 8, 2, x + 20, 24, 1], "num_keypoints": 2}
    return {
        "images": [{"id": n, "file_name": f"{n}.png", "width": 64, "height": 48} for n in (1, 2)],
        "annotations": [annotation(1, 1, 4), annotation(2, 2, 30)],
        "categories": [{"id": 1, "name": "crab", "keypoints": ["a", "b"]}],
    }


def pycocotools(path, folder, kind):
    truth = COCO(path)
    found = [{"image_id": n, "category_id": 1, "score": 0.9, "bbox": [x, 8, 20, 16],
              "keypoints": [x, 8, 2, x + 20, 24, 2]} for n, x in ((1, 4), (2, 30))]
    if kind == "segm":
        for one in found:
            x = one["bbox"][0]
            one["segmentation"] = [[x, 8, x + 20, 8, x + 20, 24, x, 24]]
            del one["bbox"], one["keypoints"]
    if kind == "keypoints":
        for one in found:
            del one["bbox"]
    if kind == "bbox":
        for one in found:
            del one["keypoints"]
    results = COCO()
    results.dataset = {"images": [{"id": 1}, {"id": 2}], "categories": [{"id": 1}], "annotations": []}
    for number, one in enumerate(found, 1):
        one.update(id=number, area=320, iscrowd=0)
        results.dataset["annotations"].append(one)
    if kind == "segm":
        for image in results.dataset["images"]:
            image.update(width=64, height=48)
    results.createIndex()
    evaluation = COCOeval(truth, results, kind)
    evaluation.params.kpt_oks_sigmas = numpy.array([0.05, 0.05])
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()


def torchvision(path, folder):
    for picture, target in CocoDetection(folder, path):
        pass


def ultralytics(path, folder):
    labels = os.path.join(folder, "labels-in")
    os.makedirs(labels, exist_ok=True)
    with open(path, "rb") as source, open(os.path.join(labels, "in.json"), "wb") as target:
        target.write(source.read())
    convert_coco(labels, os.path.join(folder, "out"), cls91to80=False)


PROGRAMS = {
    "pycocotools": lambda *a: [pycocotools(*a, kind) for kind in ("bbox", "segm", "keypoints")],
    "torchvision": torchvision,
    "ultralytics": ultralytics,
}


def files():
    for name, keys in KEYS.items():
        for key in keys:
            for state in ["absent", *VALUES]:
                file = sound()
                if state == "absent":
                    del file[name][0][key]
                else:
                    file[name][0][key] = VALUES[state]
                yield name, key, state, json.dumps(file).encode()
    for name in KEYS:
        file = sound()
        del file[name]
        yield "", name, "absent", json.dumps(file).encode()
    text = json.dumps(sound()).encode()
    area = b'"area": 320'
    for state, content in {
        "sound": text, "byte order mark": b"\xef\xbb\xbf" + text,
        "UTF-16": text.decode().encode("utf-16"), "NaN": text.replace(area, b'"area": NaN', 1),
        "nan": text.replace(area, b'"area": nan', 1), "Infinity": text.replace(area, b'"area": Infinity', 1),
        "plus": text.replace(area, b'"area": +320', 1), "leading zero": text.replace(area, b'"area": 0320', 1),
        "comma at the end": text[:-1] + b",}", "comment": b"// crabs\n" + text,
        "single quotes": text.replace(b'"crab"', b"'crab'"), "cut": text[:-40], "empty": b"",
        "tab in a name": text.replace(b"1.png", b"1\t.png", 1), "bad UTF-8": text.replace(b"crab", b"cr\xe9b"),
        "list at the top": b"[" + text + b"]", "text behind": text + b"{}", "blanks behind": text + b" \r\n\t ",
        "key twice": text.replace(area, b'"area": 1, "area": 320', 1),
        "lone surrogate": text.replace(b'"crab"', b'"\\ud800"'), "bad escape": text.replace(b'"crab"', b'"\\x"'),
        "form feed": text + b"\x0c",
        "image ids of text": text.replace(b'"image_id": 1', b'"image_id": "a"').replace(
            b'"image_id": 2', b'"image_id": "b"').replace(b'{"id": 1, "file', b'{"id": "a", "file').replace(
            b'{"id": 2, "file', b'{"id": "b", "file'),
        "one image id of text in annotations": text.replace(b'"image_id": 2', b'"image_id": "2"'),
    }.items():
        yield "", "", state, content


def outcome(run, content):
    with tempfile.TemporaryDirectory() as folder:
        for number in (1, 2):
            Image.new("RGB", (64, 48), (9 * number, 40, 90)).save(os.path.join(folder, f"{number}.png"))
        path = os.path.join(folder, "in.json")
        with open(path, "wb") as file:
            file.write(content)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            try:
                run(path, folder)
            except Exception as error:
                return type(error).__name__
        return "ok"


for name, key, state, content in files():
    outcomes = {program: outcome(run, content) for program, run in PROGRAMS.items()}
    line = {"list": name, "key": key, "state": state, "outcomes": outcomes,
            "file": content.decode("latin-1")}
    sys.__stdout__.write(json.dumps(line) + "\n")
