import COCO

/// mmdetection 3: `mmdet/datasets/coco.py` (`load_data_list`, `parse_data_info`, `filter_data`; the
/// same tests as `_parse_ann_info` and `_filter_imgs` of version 2), with the configurations'
/// `filter_empty_gt=True` and `min_size=32`.
enum MMDetectionProfile: Profile {
  static let name = "mmdetection"
  static let summary = "CocoDataset with the filter of the training configurations"
  static let effects = [
    Effect(
      .crashes, "annotations with a repeated id: loading asserts that ids are unique",
      rules: .duplicateAnnotationID, of: .repeatedAnnotationIDs),
    Effect(
      .crashes, "annotations without a box: loading requires it (KeyError)", rules: .missingBox,
      of: .objectsWithoutBox),
    Effect(
      .drops, "boxes that do not overlap their image, by its recorded size",
      rules: .boxOutsideImage, .zeroImageSize, .imageSizeMismatch,
      of: RecordSelection { set in
        set.records { annotation, image in
          guard let box = annotation.box, let image, !annotation.hasUnusableExtent else {
            return false
          }
          let width = min(box.x1, Double(image.width)) - max(box.x0, 0)
          let height = min(box.y1, Double(image.height)) - max(box.y0, 0)
          return !(width > 0 && height > 0)
        }
      }),
    Effect(
      .drops, "annotations with an area of 0 or less, or a box with a side under 1 pixel",
      rules: .zeroAreaBox, .invertedBox, .tinyBox, .areaMismatch,
      of: .annotations { annotation, _ in annotation.hasUnusableExtent }),
    Effect(
      .drops, "annotations of an unlisted category", rules: .unknownCategory,
      of: .annotationsOfNoCategory),
    Effect(
      .drops, "annotations of an unlisted image: never read", rules: .unknownImage,
      of: .annotationsOfNoImage),
    Effect(
      .drops, "images with a repeated id: only the last of each id is kept",
      rules: .duplicateImageID, of: .repeatedImageIDs),
    Effect(
      .drops, "images with a side under 32 pixels: left out of training", rules: .zeroImageSize,
      of: .images { min($0.image.width, $0.image.height) < 32 }),
    Effect(
      .ignores, "crowds: their boxes become regions to ignore", rules: .crowdWithoutRLE,
      of: .crowds),
    Effect(
      .ignores, "images without annotations: left out of training",
      rules: .imageWithoutAnnotations, of: .imagesWithoutAnnotations),
  ]

  static let lists: Set<LoadSurvey.List> = [.images, .categories]
  static let requirements: [KeyRequirement] =
    .index + .pictureKeys + [
      KeyRequirement(
        .annotations, .area, [.absent], "loading requires it (KeyError)", rule: .missingArea,
        where: \.hasBoxes),
      .categoryOfNumber,
      KeyRequirement(
        .annotations, .bbox, .notOfFourNumbers,
        "loading requires four numbers", rule: .malformedValue),
      KeyRequirement(
        .annotations, .area, .otherThanNumber,
        "loading compares it with 0 (TypeError)", rule: .malformedValue),
    ]
}

extension Annotation {
  /// Whether the area or a side is too small for mmdetection.
  fileprivate var hasUnusableExtent: Bool {
    guard let box, let area else { return false }
    return area <= 0 || box.width < 1 || box.height < 1
  }
}

extension DatasetView {
  /// The annotations of which `holds` says true, each with its image.
  fileprivate func records(
    where holds: (Annotation, Image?) -> Bool
  ) -> [RecordReference] {
    dataset.annotations.indices.compactMap { position in
      let annotation = dataset.annotations[position]
      let image = imageIndex.position(of: annotation.imageID).map { dataset.images[$0] }
      guard holds(annotation, image) else { return nil }
      return RecordReference(.annotation, position, dataset: index)
    }
  }
}
