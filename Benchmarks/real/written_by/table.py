"""The sets that programs write, one by one."""

from __future__ import annotations

import functools

from written_by import truth
from written_by.sets import Written, cut, nearest_from_one, pixels_from_one

TRAIN = ("train",)
HUNDREDTHS = 0.011
"""Of numbers with two decimals, and of differences of two such."""
SIX_DECIMALS = 1e-3
"""Of six decimals, or six digits, of fractions of 640 pixels."""

supervision = functools.partial(Written, "supervision")
globox = functools.partial(Written, "globox")
labelformat = functools.partial(Written, "labelformat")
panlabel = functools.partial(Written, "panlabel")
pylabel = functools.partial(Written, "pylabel")
# It makes a dash of a percent sign.
fiftyone = functools.partial(Written, "fiftyone", renamed=(("50%20off.jpg", "50-20off.jpg"),))
datumaro = functools.partial(Written, "datumaro", nested=True)
ultralytics = functools.partial(Written, "ultralytics", lists_classes=True)

SETS = [
    # Five decimals. Of masks it writes the outermost pixels, of which one may lie outside.
    supervision("yolo", tolerance=5e-3, lists_classes=True),
    supervision("yolo oriented", tolerance=0.01, lists_classes=True),
    supervision("yolo masks", cut, tolerance=1.01, lists_classes=True),
    supervision("voc", nearest_from_one),
    supervision("voc beside pictures", nearest_from_one),
    supervision("voc masks", pixels_from_one, tolerance=1),
    supervision("coco", lists_classes=True),
    supervision("coco beside pictures", lists_classes=True),
    supervision("coco masks", lists_classes=True),
    globox("voc"),
    globox("yolo", splits=TRAIN, lists_classes=True),
    globox("darknet", splits=TRAIN, lists_classes=True),
    # Ids from 0: pycocotools counts the first annotation as never matched.
    globox("coco", nested=True, errors=("zero-annotation-id",)),
    globox("open images", empty=False),
    labelformat("voc"),
    labelformat("yolo v5", nested=True, splits=TRAIN, lists_classes=True),
    labelformat("yolo v8", nested=True, splits=TRAIN, lists_classes=True),
    labelformat("yolo outlines", nested=True, splits=TRAIN, lists_classes=True, outlines=True),
    labelformat("coco", nested=True, lists_classes=True),
    labelformat("coco outlines", nested=True, lists_classes=True, outlines=True),
    datumaro("coco", tolerance=HUNDREDTHS, lists_classes=True, outlines=True),
    datumaro("coco_instances", tolerance=HUNDREDTHS, lists_classes=True, outlines=True),
    # Pictures without objects have no XML file, but stand in the lists.
    datumaro("voc", tolerance=HUNDREDTHS),
    datumaro("voc_detection", tolerance=HUNDREDTHS),
    datumaro("voc_detection flat", tolerance=HUNDREDTHS, nested=False),
    # Masks in VOC's colours, or in grey levels; the topmost object has the first.
    datumaro("voc_instance_segmentation", tolerance=HUNDREDTHS, masks=True),
    datumaro("voc_instance_segmentation in grey", tolerance=HUNDREDTHS, masks=True),
    datumaro("yolo", tolerance=HUNDREDTHS, lists_classes=True),
    datumaro("yolo flat", tolerance=HUNDREDTHS, nested=False, lists_classes=True),
    datumaro("yolo_ultralytics", tolerance=HUNDREDTHS, lists_classes=True),
    datumaro("open_images", tolerance=HUNDREDTHS, empty=False),
    datumaro("open_images flat", tolerance=HUNDREDTHS, nested=False, empty=False),
    # Fractions times sizes, cut: one less where the product is 639.99…
    fiftyone("voc", cut, tolerance=1),
    fiftyone("voc nested", cut, tolerance=1, nested=True),
    fiftyone("yolo v4", tolerance=SIX_DECIMALS, splits=TRAIN, lists_classes=True),
    fiftyone(
        "yolo v4 nested", tolerance=SIX_DECIMALS, nested=True, splits=TRAIN, lists_classes=True
    ),
    fiftyone("yolo v5", tolerance=SIX_DECIMALS, lists_classes=True),
    fiftyone("yolo v5 nested", tolerance=SIX_DECIMALS, nested=True, lists_classes=True),
    fiftyone("coco", lists_classes=True),
    fiftyone("coco nested", nested=True, lists_classes=True),
    fiftyone("yolo v5 outlines", tolerance=SIX_DECIMALS, lists_classes=True, outlines=True),
    # Corners of outlines are cut to whole pixels.
    fiftyone("coco outlines", tolerance=1, lists_classes=True, outlines=True),
    # A path that is whole leads to the pictures on this machine only.
    fiftyone("coco whole paths", lists_classes=True, errors=("unsafe-file-name",)),
    pylabel("voc", cut),
    # Four decimals; classes without objects are left out.
    pylabel("yolo", tolerance=0.1),
    pylabel("yolo outlines", tolerance=0.1, empty=False, outlines=True),
    pylabel("coco", empty=False, errors=("zero-annotation-id",)),
    panlabel("voc", splits=TRAIN),
    panlabel("yolo", tolerance=SIX_DECIMALS, splits=TRAIN, lists_classes=True),
    panlabel("yolo nested", tolerance=SIX_DECIMALS, nested=True, splits=TRAIN, lists_classes=True),
    panlabel("coco", nested=True, lists_classes=True),
    panlabel("tfod", empty=False),
    panlabel("vott-csv", empty=False),
    panlabel("retinanet"),
    panlabel("openimages", empty=False),
    panlabel("via-csv"),
    panlabel("automl-vision", empty=False),
    panlabel("udacity", empty=False),
    panlabel("kaggle-wheat", empty=False, one_class="object"),
    ultralytics("convert_coco", tolerance=SIX_DECIMALS, nested=True),
    ultralytics("convert_coco with outlines", tolerance=SIX_DECIMALS, nested=True, outlines=True),
    ultralytics("convert_coco with keypoints", tolerance=SIX_DECIMALS, nested=True),
    ultralytics("convert_coco with its own path", tolerance=SIX_DECIMALS, nested=True),
    ultralytics("autosplit", tolerance=SIX_DECIMALS, splits=TRAIN),
    # One outline a class and region, through the outermost pixels.
    ultralytics("convert_segment_masks", tolerance=1.01, without=(truth.OVERLAPPING,)),
    ultralytics("save_txt", tolerance=SIX_DECIMALS),
    ultralytics("save_txt with confidence", tolerance=SIX_DECIMALS),
]
