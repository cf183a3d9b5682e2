import COCO

/// pycocotools 2.0: `pycocotools/coco.py` (`createIndex`, `getAnnIds`, `loadAnns`, `annToRLE`),
/// `pycocotools/cocoeval.py` (`_prepare`, `computeIoU`, `evaluateImg`, `accumulate`) and
/// `pycocotools/_mask.pyx` (`frPyObjects`).
enum PycocotoolsProfile: Profile {
  static let name = "pycocotools"
  static let summary = "loading ground truth and evaluating with it, pycocotools 2.0"
  static let opensPictures = false
  static let effects = [
    Effect(
      .crashes, "annotations without a box: box evaluation requires it (KeyError)",
      rules: .missingBox, of: .objectsWithoutBox),
    Effect(
      .crashes, "empty outlines: a mask is made from the first ring (IndexError)",
      rules: .emptySegmentation, of: .emptyOutlines),
    Effect(
      .drops, "annotations with a repeated id: only the last of each id is kept",
      rules: .duplicateAnnotationID, of: .repeatedAnnotationIDs),
    Effect(
      .drops, "images with a repeated id: only the last of each id is kept",
      rules: .duplicateImageID, of: .repeatedImageIDs),
    Effect(
      .drops, "categories with a repeated id: the last name is used for all of that id",
      rules: .duplicateCategoryID, of: .repeatedCategoryIDs),
    Effect(
      .drops, "annotations of an unlisted image: never evaluated", rules: .unknownImage,
      of: .annotationsOfNoImage),
    Effect(
      .drops, "annotations of an unlisted category: never evaluated",
      rules: .unknownCategory, of: .annotationsOfNoCategory),
    Effect(
      .misreads, "annotations with the id 0: a match with them reads as no match",
      rules: .zeroAnnotationID, of: .annotations { annotation, _ in annotation.id == 0 }),
    Effect(
      .misreads,
      "boxes that are inverted, without extent or not finite: nothing matches them, "
        + "and each counts as missed", rules: .invertedBox, .zeroAreaBox, .nonFiniteBox,
      of: .annotations { _, frame in
        switch frame.condition {
        case .inverted, .zeroArea, .nonFinite: true
        default: false
        }
      }),
    Effect(
      .misreads, "annotations whose iscrowd is neither 0 nor 1: treated as crowds",
      rules: .badIscrowd, of: .oddCrowdFlags),
    Effect(
      .misreads,
      "rings of fewer than three corners: two are read as x, y, width and height of a "
        + "box, one raises an error", rules: .polygonTooShort, of: .shortOutlines),
    Effect(
      .misreads, "rings with an odd number of coordinates: the last one is lost",
      rules: .oddPolygon, of: .oddOutlines),
    Effect(
      .misreads, "masks of a different size from their image: nothing matches them",
      rules: .rleSizeMismatch, of: .foreignMasks),
    Effect(
      .ignores, "crowds: detections within them do not count", rules: .crowdWithoutRLE,
      of: .crowds),
  ]

  static let lists: Set<LoadSurvey.List> = [.images, .categories]
  static let requirements: [KeyRequirement] =
    .index + [
      KeyRequirement(
        .annotations, .id, [.text], "matching stores it as a number (ValueError)",
        rule: .nonIntegerID),
      .categoryOfNumber,
      KeyRequirement(
        .annotations, .bbox, .notOfFourNumbers,
        "the IoU computation requires four numbers", rule: .malformedValue),
      KeyRequirement(
        .annotations, .area, [.absent, .null], "evaluation sorts objects by it",
        rule: .missingArea, where: \.hasBoxes),
      KeyRequirement(
        .annotations, .iscrowd, [.absent, .null], "the IoU computation requires it",
        rule: .missingIscrowd, where: \.hasBoxes),
      KeyRequirement(
        .annotations, .area, .otherThanNumber,
        "evaluation compares it with numbers (TypeError)", rule: .malformedValue),
      KeyRequirement(
        .annotations, .iscrowd, [.text, .list, .object],
        "the IoU computation converts it to a number", rule: .badIscrowd),
      KeyRequirement(
        .annotations, .segmentation, .noOutline,
        "mask evaluation draws a mask from it", rule: .emptySegmentation, where: \.isOfOutlines),
      KeyRequirement(
        .annotations, .keypoints, .noList, "keypoint evaluation requires it",
        rule: .keypointsWrongLength, where: \.hasKeypoints),
      KeyRequirement(
        .annotations, .keypointCount, [.absent], "keypoint evaluation requires it (KeyError)",
        rule: .missingKeypointCount, where: \.hasKeypoints),
      KeyRequirement(
        .annotations, .keypointCount, [.null, .text, .digits, .list, .object],
        "it is not 0, so the object is treated as one with keypoints", as: .misreads,
        rule: .missingKeypointCount, where: \.hasKeypoints),
      KeyRequirement(
        .images, .width, .notOfNumbers, "mask evaluation draws on an image of this size",
        rule: .zeroImageSize, where: \.hasOutlines),
      KeyRequirement(
        .images, .height, .notOfNumbers, "mask evaluation draws on an image of this size",
        rule: .zeroImageSize, where: \.hasOutlines),
    ]
}
