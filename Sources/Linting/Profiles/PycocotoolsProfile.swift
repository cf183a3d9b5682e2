import COCO

/// The profile of pycocotools 2.0: `pycocotools/coco.py` (`createIndex`, `getAnnIds`, `loadAnns`,
/// `annToRLE`), `pycocotools/cocoeval.py` (`_prepare`, `computeIoU`, `evaluateImg`, `accumulate`)
/// and `pycocotools/_mask.pyx` (`frPyObjects`).
enum PycocotoolsProfile: Profile {
  static let name = "pycocotools"
  static let summary = "loading as ground truth and evaluation, pycocotools 2.0"
  static let opensPictures = false
  static let effects = [
    Effect(
      .crashes, "annotations without a box: evaluation of boxes reads it (KeyError)",
      rules: .missingBox, of: .objectsWithoutBox),
    Effect(
      .crashes, "empty outlines: a mask is made of the first ring (IndexError)",
      rules: .emptySegmentation, of: .emptyOutlines),
    Effect(
      .drops, "annotations whose id comes again: the last one stands for all of that id",
      rules: .duplicateAnnotationID, of: .repeatedAnnotationIDs),
    Effect(
      .drops, "images whose id comes again: the last one stands for all of that id",
      rules: .duplicateImageID, of: .repeatedImageIDs),
    Effect(
      .drops, "categories whose id comes again: the last name stands for all of that id",
      rules: .duplicateCategoryID, of: .repeatedCategoryIDs),
    Effect(
      .drops, "annotations of an image that is not listed: never evaluated", rules: .unknownImage,
      of: .annotationsOfNoImage),
    Effect(
      .drops, "annotations of a category that is not listed: never evaluated",
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
      .misreads, "iscrowd neither 0 nor 1: taken for a crowd", rules: .badIscrowd,
      of: .oddCrowdFlags),
    Effect(
      .misreads,
      "rings of fewer than three corners: two are read as x, y, width and height of a "
        + "box, one raises", rules: .polygonTooShort, of: .shortOutlines),
    Effect(
      .misreads, "rings of an odd number of coordinates: the last one is lost",
      rules: .oddPolygon, of: .oddOutlines),
    Effect(
      .misreads, "masks of another size than their image: nothing matches them",
      rules: .rleSizeMismatch, of: .foreignMasks),
    Effect(
      .ignores, "crowds: detections within them do not count", rules: .crowdWithoutRLE,
      of: .crowds),
  ]

  static let lists: Set<LoadSurvey.List> = [.images, .categories]
  static let requirements: [KeyRequirement] =
    .index + [
      KeyRequirement(
        .annotations, .id, [.text], "a match stores it as a number (ValueError)",
        rule: .nonIntegerID),
      .categoryOfNumber,
      KeyRequirement(
        .annotations, .bbox, .notOfFourNumbers,
        "computing IoU reads four numbers", rule: .malformedValue),
      KeyRequirement(
        .annotations, .area, [.absent, .null], "evaluation sorts objects by it",
        rule: .missingArea, where: \.hasBoxes),
      KeyRequirement(
        .annotations, .iscrowd, [.absent, .null], "computing IoU reads it", rule: .missingIscrowd,
        where: \.hasBoxes),
      KeyRequirement(
        .annotations, .area, .otherThanNumber,
        "evaluation compares it with numbers (TypeError)", rule: .malformedValue),
      KeyRequirement(
        .annotations, .iscrowd, [.text, .list, .object], "computing IoU makes a number of it",
        rule: .badIscrowd),
      KeyRequirement(
        .annotations, .segmentation, .noOutline,
        "evaluation of masks draws it", rule: .emptySegmentation, where: \.isOfOutlines),
      KeyRequirement(
        .annotations, .keypoints, .noList, "evaluation of keypoints reads it",
        rule: .keypointsWrongLength, where: \.hasKeypoints),
      KeyRequirement(
        .annotations, .keypointCount, [.absent], "evaluation of keypoints reads it (KeyError)",
        rule: .missingKeypointCount, where: \.hasKeypoints),
      KeyRequirement(
        .annotations, .keypointCount, [.null, .text, .digits, .list, .object],
        "it is not 0, so that the object is taken for one with keypoints", as: .misreads,
        rule: .missingKeypointCount, where: \.hasKeypoints),
      KeyRequirement(
        .images, .width, .notOfNumbers, "evaluation of masks draws on a picture of it",
        rule: .zeroImageSize, where: \.hasOutlines),
      KeyRequirement(
        .images, .height, .notOfNumbers, "evaluation of masks draws on a picture of it",
        rule: .zeroImageSize, where: \.hasOutlines),
    ]
}
