import COCO

/// pycocotools 2.0: `pycocotools/coco.py` (`createIndex`, `getAnnIds`, `loadAnns`, `annToRLE`),
/// `pycocotools/cocoeval.py` (`_prepare`, `computeIoU`, `evaluateImg`, `accumulate`) and
/// `pycocotools/_mask.pyx` (`frPyObjects`).
enum PycocotoolsProfile: Profile {
  static let name = "pycocotools"
  static let summary = "loading as ground truth and evaluation, pycocotools 2.0"
  static let effects = [
    Effect(
      .crashes, "annotations without area: evaluation sorts objects by it (KeyError)",
      rules: "missing-area", of: .annotationsWithoutArea),
    Effect(
      .crashes, "annotations without iscrowd: computing IoU reads it (KeyError)",
      rules: "missing-iscrowd", of: .annotationsWithoutCrowdFlag),
    Effect(
      .crashes, "annotations without a box: evaluation of boxes reads it (KeyError)",
      rules: "missing-box", of: .objectsWithoutBox),
    Effect(
      .crashes, "empty outlines: a mask is made of the first ring (IndexError)",
      rules: "empty-segmentation", of: .emptyOutlines),
    Effect(
      .drops, "annotations whose id comes again: the last one stands for all of that id",
      rules: "duplicate-annotation-id", of: .repeatedAnnotationIDs),
    Effect(
      .drops, "images whose id comes again: the last one stands for all of that id",
      rules: "duplicate-image-id", of: .repeatedImageIDs),
    Effect(
      .drops, "categories whose id comes again: the last name stands for all of that id",
      rules: "duplicate-category-id", of: .repeatedCategoryIDs),
    Effect(
      .drops, "annotations of an image that is not listed: never evaluated", rules: "unknown-image",
      of: .annotationsOfNoImage),
    Effect(
      .drops, "annotations of a category that is not listed: never evaluated",
      rules: "unknown-category", of: .annotationsOfNoCategory),
    Effect(
      .misreads, "annotations with the id 0: a match with them reads as no match",
      rules: "zero-annotation-id", of: .annotations { annotation, _ in annotation.id == 0 }),
    Effect(
      .misreads,
      "boxes that are inverted, without extent or not finite: nothing matches them, "
        + "and each counts as missed", rules: "inverted-box", "zero-area-box", "non-finite-box",
      of: .annotations { _, frame in
        switch frame.condition {
        case .inverted, .zeroArea, .nonFinite: true
        default: false
        }
      }),
    Effect(
      .misreads, "iscrowd neither 0 nor 1: taken for a crowd", rules: "bad-iscrowd",
      of: .oddCrowdFlags),
    Effect(
      .misreads,
      "rings of fewer than three corners: two are read as x, y, width and height of a "
        + "box, one raises", rules: "polygon-too-short", of: .shortOutlines),
    Effect(
      .misreads, "rings of an odd number of coordinates: the last one is lost",
      rules: "odd-polygon", of: .oddOutlines),
    Effect(
      .misreads, "masks of another size than their image: nothing matches them",
      rules: "rle-size-mismatch", of: .foreignMasks),
    Effect(
      .ignores, "crowds: detections within them do not count", rules: "crowd-without-rle",
      of: .crowds),
  ]
}
