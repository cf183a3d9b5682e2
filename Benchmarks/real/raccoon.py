"""Claims about raccoon: Pascal VOC and TensorFlow's tables of the same 217 boxes."""

from __future__ import annotations

import boxes
import readers
from claims import Claim, demand_equal
from conversions import Workspace, all_conversions

PICTURES, BOXES = 200, 217


def claims(workspace: Workspace) -> list[Claim]:
    """VOC, the whole table, and the table in two parts."""
    conversions = all_conversions(workspace)
    source = workspace.datasets / "raccoon"

    def read(name: str) -> dict:
        return workspace.convert(conversions[name]).file().read()

    def same_as_sources() -> str:
        forms = {
            "raccoon-voc": readers.voc(source / "annotations"),
            "raccoon-csv": readers.tensorflow_table(source / "data/raccoon_labels.csv"),
        }
        for name, expected in forms.items():
            data = read(name)
            demand_equal(f"pictures of {name}", len(data["images"]), PICTURES)
            demand_equal(f"boxes of {name}", len(data["annotations"]), BOXES)
            boxes.demand_same(boxes.of_coco(data), expected)
        return f"{PICTURES} pictures, {BOXES} boxes each"

    def same_as_each_other() -> str:
        first, second = read("raccoon-voc"), read("raccoon-csv")
        largest = boxes.demand_same(boxes.of_coco(first), boxes.of_coco(second))
        sizes = [
            {i["file_name"]: (i["width"], i["height"]) for i in d["images"]}
            for d in (first, second)
        ]
        demand_equal("sizes", sizes[0], sizes[1])
        return f"{BOXES} boxes and {PICTURES} sizes, largest difference {largest:g}"

    def parts_are_the_whole() -> str:
        converted = workspace.convert(conversions["raccoon-splits"])
        names = [file.path.name for file in converted.files]
        demand_equal("files", names, ["instances_test.json", "instances_train.json"])
        parts = [boxes.of_coco(file.read()) for file in converted.files]
        boxes.demand_same([*parts[0], *parts[1]], boxes.of_coco(read("raccoon-csv")))
        return f"test {len(parts[0])} + train {len(parts[1])} = {BOXES} boxes"

    def in_natural_order() -> str:
        images = read("raccoon-voc")["images"]
        names = [(image["id"], image["file_name"]) for image in images]
        wanted = [(number, f"raccoon-{number}.jpg") for number in range(1, PICTURES + 1)]
        demand_equal("ids and names", names, wanted)
        return f"raccoon-1 is 1, raccoon-2 is 2, …, raccoon-{PICTURES} is {PICTURES}"

    return [
        Claim("raccoon", "VOC and CSV give the boxes that Python reads", same_as_sources),
        Claim("raccoon", "VOC and CSV give the same boxes and sizes", same_as_each_other),
        Claim("raccoon", "train_labels and test_labels are all of it", parts_are_the_whole),
        Claim("raccoon", "pictures are numbered in natural order", in_natural_order),
    ]
