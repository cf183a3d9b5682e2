"""What hotcoco reads of COCO's JSON."""

from __future__ import annotations

from hotcoco import COCO

from read_by import layouts
from read_by.coco_class import reader
from read_by.reading import read_all

if __name__ == "__main__":
    read_all(dict.fromkeys(layouts.COCO, reader(COCO)))
