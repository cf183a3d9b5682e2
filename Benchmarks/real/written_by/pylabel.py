"""What pylabel writes of a COCO file: Pascal VOC, YOLO and COCO."""

from __future__ import annotations

import functools
import sys
import types
from pathlib import Path

from written_by import sources, truth
from written_by.writing import write_all

# Its labeler is for notebooks and wants Jupyter's widgets; nothing here uses it.
sys.modules["pylabel.labeler"] = types.SimpleNamespace(Labeler=lambda dataset: None)

import pandas  # noqa: E402
from pylabel import importer  # noqa: E402
from pylabel.dataset import Dataset  # noqa: E402


def dataset(pictures: Path, target: Path, split: str = "", empty: bool = True) -> Dataset:
    """A split, or both with the column that names it, as pylabel holds them."""
    tables = []
    for part in [split] if split else truth.SPLITS:
        listed = [picture for picture in truth.pictures(part) if empty or picture.things]
        source = sources.save(sources.folder(target) / f"{part}.json", listed)
        folder = pictures / "flat" / part
        read = importer.ImportCoco(str(source), path_to_images=str(folder), name="written")
        tables.append(read.df.assign(split=part, img_folder=str(folder)))
    whole = Dataset(pandas.concat(tables, ignore_index=True))
    whole.name, whole.path_to_annotations = "written", str(pictures)
    return whole


def voc(pictures: Path, target: Path) -> None:
    """Files of each split in a folder beside the folder of its pictures."""
    for split in truth.SPLITS:
        folder = target / split / "annotations"
        folder.mkdir(parents=True)
        sources.copy(pictures, split, target / split / "images")
        dataset(pictures, target, split).export.ExportToVoc(output_path=str(folder))


def yolo(pictures: Path, target: Path, outlines: bool = False) -> None:
    """Splits below `labels` and `images`, with dataset.yaml.

    Of outlines it cannot write a picture that has none.
    """
    dataset(pictures, target, empty=not outlines).export.ExportToYoloV5(
        output_path=str(target / "labels"),
        yaml_file="dataset.yaml",
        copy_images=True,
        use_splits=True,
        cat_id_index=0,
        segmentation=outlines,
    )


def coco(pictures: Path, target: Path) -> None:
    """One file a split beside its pictures.

    For a picture without objects it would write the last object once more.
    """
    for split in truth.SPLITS:
        sources.copy(pictures, split, target / split)
        whole = dataset(pictures, target, split, empty=False)
        path = target / split / "annotations.json"
        whole.export.ExportToCoco(output_path=str(path), cat_id_index=1)


if __name__ == "__main__":
    write_all(
        {
            "voc": voc,
            "yolo": yolo,
            "yolo outlines": functools.partial(yolo, outlines=True),
            "coco": coco,
        }
    )
