"""Claims about okra_yolo: two folders of labels, one with CRLF, one with a blank in its name."""

from __future__ import annotations

import collections
from pathlib import Path

import boxes
import readers
from claims import Claim, demand_equal
from conversions import Workspace, all_conversions

PICTURES, BOXES = 173, 1893
COUNTS = {10: 552, 7: 460, 3: 456, 2: 103, 5: 90, 1: 75, 9: 66, 8: 30, 11: 27, 6: 20, 0: 8, 4: 6}
NAMES = [
    *["okraFlower", "okraFruit", "okraBud", "okraSeed"],
    *["pepperFlower", "greenPepper", "redPepper", "pepperSeed"],
    *["eggplantFlower", "eggplantFruit", "eggplantSeed", "eggplantBud"],
]


def label_folders(source: Path) -> list[Path]:
    """The folder with CRLF line ends, and the one with a blank in its path."""
    return [source / "test", source / "Roboflow Dataset/test"]


def claims(workspace: Workspace) -> list[Claim]:
    """Counts, numbers, and nothing left out for its line ends or its path."""
    conversion = all_conversions(workspace)["okra"]
    source = workspace.datasets / "okra_yolo"

    def counts_by_class() -> str:
        data = workspace.convert(conversion).file().read()
        demand_equal("pictures", len(data["images"]), PICTURES)
        demand_equal("boxes", len(data["annotations"]), BOXES)
        named = [(category["id"], category["name"]) for category in data["categories"]]
        demand_equal("categories", named, list(enumerate(NAMES, start=1)))
        counted = collections.Counter(note["category_id"] - 1 for note in data["annotations"])
        demand_equal("boxes by class", dict(sorted(counted.items())), dict(sorted(COUNTS.items())))
        listed = " ".join(f"{index}:{count}" for index, count in counted.most_common())
        return f"{PICTURES} pictures, {BOXES} boxes, {listed}"

    def found() -> list[boxes.Box]:
        file = workspace.convert(conversion).file()
        return boxes.of_coco(file.read(), boxes.path_below(file.folder()))

    def every_folder_is_read() -> str:
        figures = []
        for folder in label_folders(source):
            root = str((folder / "images").resolve())
            inside = [box for box in found() if box.picture.startswith(f"{root}/")]
            files = sorted((folder / "labels").glob("*.txt"))
            texts = [path.read_bytes() for path in files]
            demand_equal(f"boxes in {root}", len(inside), sum(text.count(b"\n") for text in texts))
            carriage = sum(b"\r\n" in text for text in texts)
            where = folder.relative_to(source)
            figures.append(f"{where}: {len(inside)} boxes, {len(files)} files, {carriage} CRLF")
        return "; ".join(figures)

    def same_as_python() -> str:
        expected = [
            box
            for folder in label_folders(source)
            for box in readers.yolo(folder / "labels", folder / "images", NAMES)
        ]
        largest = boxes.demand_same(found(), expected, tolerance=1e-9)
        return f"{len(expected)} boxes, largest difference {largest:.2g} px"

    return [
        Claim("okra_yolo", "pictures, boxes and classes are all there", counts_by_class),
        Claim("okra_yolo", "CRLF files and a folder with a blank are read", every_folder_is_read),
        Claim("okra_yolo", "boxes are within 1e-9 px of Python's", same_as_python),
    ]
