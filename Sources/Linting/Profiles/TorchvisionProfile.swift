import COCO

/// torchvision: `references/detection/coco_utils.py` (`ConvertCocoPolysToMask`,
/// `_coco_remove_images_without_annotations`), `torchvision/datasets/coco.py` (`CocoDetection`) and
/// `torchvision/models/detection/generalized_rcnn.py` (`GeneralizedRCNN.forward`).
enum TorchvisionProfile: Profile {
  static let name = "torchvision"
  static let summary = "CocoDetection, the detection reference, and the detectors in training"
  static let effects = [
    Effect(
      .crashes,
      "boxes that are inverted, without extent or not finite: the detectors raise an error in "
        + "training; the reference drops them", rules: .invertedBox, .zeroAreaBox,
      .nonFiniteBox,
      of: .annotations { annotation, frame in
        guard annotation.isCrowd != 1 else { return false }
        switch frame.condition {
        case .inverted, .zeroArea, .nonFinite: return true
        default: return false
        }
      }),
    Effect(
      .crashes, "annotations without a box: the reference requires it (KeyError)",
      rules: .missingBox, of: .objectsWithoutBox),
    Effect(
      .crashes, "empty outlines: a mask is made from the first ring (IndexError)",
      rules: .emptySegmentation, of: .emptyOutlines),
    Effect(
      .crashes, "images whose file is missing or has no valid header", rules: .missingImageFile,
      .unreadableImage, of: .lostPictures),
    Effect(
      .crashes, "images whose file has a different name: opened by the recorded name",
      rules: .nameMatchedLoosely, of: .renamedPictures),
    Effect(
      .crashes, "images that cannot be decoded or end early: Pillow raises an error",
      rules: .corruptImage, .truncatedImage, of: .undecodablePictures),
    Effect(
      .drops, "boxes entirely outside their image: clamped to nothing and left out",
      rules: .boxOutsideImage,
      of: .annotations { annotation, frame in
        annotation.isCrowd != 1 && frame.condition == .outside
      }),
    Effect(
      .drops, "images in which every box has a side of at most 1 pixel: left out of training",
      rules: .tinyBox, of: .images { $0.hasOnlySlivers }),
    Effect(
      .drops, "annotations whose iscrowd is neither 0 nor 1: left out",
      rules: .badIscrowd, of: .oddCrowdFlags),
    Effect(
      .drops, "annotations with a repeated id: only the last of each id is kept",
      rules: .duplicateAnnotationID, of: .repeatedAnnotationIDs),
    Effect(
      .drops, "images with a repeated id: only the last of each id is kept",
      rules: .duplicateImageID, of: .repeatedImageIDs),
    Effect(
      .drops, "annotations of an unlisted image: never read", rules: .unknownImage,
      of: .annotationsOfNoImage),
    Effect(
      .misreads, "annotations with the category 0: learnt as background", rules: .categoryZero,
      of: .annotations { annotation, frame in
        annotation.categoryID == 0 && frame.category != nil
      }),
    Effect(
      .misreads, "annotations of an unlisted category: its id is used as the label",
      rules: .unknownCategory, of: .annotationsOfNoCategory),
    Effect(
      .misreads,
      "annotations with the id 0: its evaluation uses pycocotools, where a match with "
        + "them reads as no match", rules: .zeroAnnotationID,
      of: .annotations { annotation, _ in annotation.id == 0 }),
    Effect(
      .misreads,
      "rings of fewer than three corners: two are read as x, y, width and height of a "
        + "box, one raises an error", rules: .polygonTooShort, of: .shortOutlines),
    Effect(
      .misreads, "images with an EXIF orientation: read as stored", rules: .exifOrientation,
      of: .images { $0.picture.map { $0.orientation != 1 } ?? false }),
    Effect(
      .ignores, "crowds: left out of training", rules: .crowdWithoutRLE, of: .crowds),
    Effect(
      .ignores, "images without annotations: left out of training",
      rules: .imageWithoutAnnotations, of: .imagesWithoutAnnotations),
  ]

  static let lists: Set<LoadSurvey.List> = []
  static let requirements: [KeyRequirement] =
    .index + [
      KeyRequirement(
        .annotations, .iscrowd, [.absent], "the reference requires it (KeyError)",
        rule: .missingIscrowd, where: \.hasBoxes),
      KeyRequirement(
        .annotations, .area, [.absent], "the reference requires it for evaluation (KeyError)",
        rule: .missingArea, where: \.hasBoxes),
      KeyRequirement(
        .images, .id, [.boolean, .fraction], "CocoDetection iterates over it (TypeError)",
        rule: .nonIntegerID),
      KeyRequirement(
        .images, .fileName, [.absent, .null, .boolean, .whole, .fraction, .list, .object],
        "CocoDetection opens the image of that name", rule: .missingField),
      KeyRequirement(
        .annotations, .categoryID, .noNumber,
        "the reference converts it to a tensor (TypeError)", rule: .nonIntegerID),
      KeyRequirement(
        .annotations, .bbox, .notOfFourNumbers,
        "the reference converts it to a tensor of four numbers", rule: .malformedValue),
      KeyRequirement(
        .annotations, .area, .otherThanNumber,
        "the reference converts it to a tensor", rule: .malformedValue),
      KeyRequirement(
        .annotations, .iscrowd, [.null, .text, .digits, .list, .object],
        "it is not 0, and only objects with iscrowd 0 are kept", as: .drops, rule: .badIscrowd),
      KeyRequirement(
        .annotations, .segmentation, .noOutline,
        "the reference draws a mask from it", rule: .emptySegmentation, where: \.isOfOutlines),
    ]
}

extension ImageView {
  /// Whether there are annotations and each has a side of at most one pixel, as the reference asks.
  fileprivate var hasOnlySlivers: Bool {
    !annotations.isEmpty
      && annotations.allSatisfy { index in
        guard let box = self.set.dataset.annotations[Int(index)].box else { return false }
        return min(box.width, box.height) <= 1
      }
  }
}
