import COCO

/// detectron2: `detectron2/data/datasets/coco.py` (`load_coco_json`), `detectron2/data/build.py`
/// (`filter_images_with_only_crowd_annotations`), `detectron2/data/detection_utils.py`
/// (`check_image_size`, `filter_empty_instances`), `detectron2/data/dataset_mapper.py` and
/// `detectron2/structures/boxes.py` (`Boxes.clip`).
enum Detectron2Profile: Profile {
  static let name = "detectron2"
  static let summary = "load_coco_json and the default data loader for training"
  static let effects = [
    Effect(
      .crashes, "annotations with a repeated id: loading asserts that ids are unique",
      rules: .duplicateAnnotationID, of: .repeatedAnnotationIDs),
    Effect(
      .crashes, "annotations of an unlisted category: it has no label (KeyError)",
      rules: .unknownCategory, of: .annotationsOfNoCategory),
    Effect(
      .crashes, "annotations without a box: the mapper requires it (KeyError)", rules: .missingBox,
      of: .objectsWithoutBox),
    Effect(
      .crashes, "boxes with non-finite numbers: clipping asserts that they are finite",
      rules: .nonFiniteBox,
      of: .nonFiniteBoxes),
    Effect(
      .crashes, "images whose size differs from their file's: the mapper raises SizeMismatchError",
      rules: .imageSizeMismatch,
      of: .images { view in
        guard let picture = view.picture, view.image.width > 0 else { return false }
        return view.image.width != picture.width || view.image.height != picture.height
      }),
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
      .drops,
      "annotations with no ring of three or more corners and an even number of "
        + "coordinates", rules: .polygonTooShort, .oddPolygon,
      of: .annotations { annotation, _ in annotation.hasNoUsableRing }),
    Effect(
      .drops, "boxes that are inverted, without extent or entirely outside: empty once clipped",
      rules: .invertedBox, .zeroAreaBox, .boxOutsideImage,
      of: .annotations { annotation, frame in
        guard annotation.isCrowd != 1 else { return false }
        switch frame.condition {
        case .inverted, .zeroArea, .outside: return true
        default: return false
        }
      }),
    Effect(
      .drops, "images with a repeated id: only the last of each id is kept",
      rules: .duplicateImageID, of: .repeatedImageIDs),
    Effect(
      .drops, "annotations of an unlisted image: never read", rules: .unknownImage,
      of: .annotationsOfNoImage),
    Effect(
      .ignores, "crowds: left out of training", rules: .crowdWithoutRLE, of: .crowds),
    Effect(
      .ignores, "images without annotations: left out of training",
      rules: .imageWithoutAnnotations, of: .imagesWithoutAnnotations),
    Effect(
      .ignores, "categories whose id is not their rank: renumbered from 0",
      rules: .categoryIDsNotContiguous, .categoryZero,
      of: .positions(.category) { set in
        let ranks = set.dataset.categories.map(\.id).sorted()
        return set.dataset.categories.indices.filter { index in
          let id = set.dataset.categories[index].id
          return id < 1 || id > ranks.count || ranks[id - 1] != id
        }
      }),
  ]

  static let lists: Set<LoadSurvey.List> = [.images, .categories]
  static let requirements: [KeyRequirement] =
    .index + .pictureKeys + [
      KeyRequirement(
        .annotations, .categoryID, .noNumber,
        "it has no label (KeyError)", rule: .nonIntegerID),
      KeyRequirement(
        .annotations, .bbox, .notOfFourNumbers,
        "the mapper requires four numbers", rule: .malformedValue),
    ]
}

extension Annotation {
  /// Whether there is an outline and no ring of it is one that detectron2 keeps.
  fileprivate var hasNoUsableRing: Bool {
    guard case .polygons(let polygons)? = segmentation, !polygons.isEmpty else { return false }
    return !hasRing { $0 >= 6 && $0.isMultiple(of: 2) }
  }
}
