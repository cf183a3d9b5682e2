import COCO

/// Ultralytics 8: `ultralytics/data/utils.py` (`verify_image`, `verify_image_label`) for the labels in
/// its own format, and `ultralytics/data/converter.py` (`convert_coco`), which makes them of a COCO
/// file.
enum UltralyticsProfile: Profile {
  static let name = "ultralytics"
  static let summary = "convert_coco, and the label check before training"
  static let effects = [
    Effect(
      .crashes, "annotations of an unlisted image: convert_coco looks it up (KeyError)",
      rules: .unknownImage, of: .annotationsOfNoImage),
    Effect(
      .drops,
      "images with a row out of range (a coordinate over 1.01 or under -0.01, or a "
        + "negative class): left out with all their rows",
      rules: .boxOutsideImage, .boxPastEdge, .nonFiniteBox, .unnormalisedCoordinates,
      .categoryZero, of: .images { $0.hasRowOutOfRange }),
    Effect(
      .drops, "boxes that are inverted or without extent: convert_coco leaves them out",
      rules: .zeroAreaBox, .invertedBox,
      of: .annotations { _, frame in
        frame.condition == .zeroArea || frame.condition == .inverted
      }),
    Effect(
      .drops, "repeated rows of an image: only one is kept", rules: .duplicateBox,
      of: .positions(.annotation) { set in
        set.dataset.images.indices.flatMap { ImageView(set, $0).repeatedRows }.sorted()
      }),
    Effect(
      .drops, "images with a side under 10 pixels: left out", rules: .zeroImageSize,
      of: .images { view in
        let size = view.set.size(ofImage: view.index)
        return size.width > 0 && size.height > 0 && min(size.width, size.height) < 10
      }),
    Effect(
      .drops, "images that cannot be decoded: left out with their rows", rules: .corruptImage,
      of: .images { view in
        if case .corrupt? = view.picture?.content?.decoding { true } else { false }
      }),
    Effect(
      .misreads, "JPEGs that end early: the file is decoded as far as possible and overwritten",
      rules: .truncatedImage,
      of: .images { view in
        if case .truncated? = view.picture?.content?.decoding { true } else { false }
      }),
    Effect(
      .ignores, "crowds: convert_coco leaves them out", rules: .crowdWithoutRLE, of: .crowds),
  ]

  static let lists: Set<LoadSurvey.List> = [.images, .annotations]
  static let requirements: [KeyRequirement] =
    [LoadSurvey.Key.width, .height].map {
      KeyRequirement(
        .images, $0, [.absent, .null, .text, .digits, .object], "boxes are divided by it",
        rule: .zeroImageSize)
    } + [
      KeyRequirement(
        .images, .id, [.absent, .null, .fraction, .text, .digits, .list, .object],
        "it is written as a whole number", rule: .nonIntegerID),
      KeyRequirement(
        .images, .fileName, [.absent, .null, .boolean, .whole, .fraction, .list, .object],
        "the label file is named after it", rule: .missingField),
      KeyRequirement(
        .annotations, .imageID, [.absent, .null, .fraction, .text, .digits, .list, .object],
        "it is written as a whole number", rule: .nonIntegerID),
      KeyRequirement(
        .annotations, .categoryID, [.absent, .null, .text, .digits, .list, .object],
        "the class number is derived from it", rule: .nonIntegerID),
      KeyRequirement(
        .annotations, .bbox, .noList, "convert_coco requires four numbers", rule: .missingBox),
      KeyRequirement(
        .annotations, .iscrowd, .otherThanNumber,
        "any text counts as true, and crowds are left out", as: .drops, rule: .badIscrowd),
    ]
}

extension ImageView {
  private func annotation(_ position: Int32) -> Annotation {
    self.set.dataset.annotations[Int(position)]
  }

  /// Whether a row made of one of the annotations fails the check that rejects the whole picture.
  fileprivate var hasRowOutOfRange: Bool {
    let size = self.set.size(ofImage: index)
    guard size.width > 0, size.height > 0 else { return false }
    return annotations.contains { position in
      let annotation = annotation(position)
      guard annotation.isCrowd != 1, let box = annotation.box else { return false }
      // convert_coco leaves these out before any check.
      if box.width <= 0 || box.height <= 0 { return false }
      let row = [
        (box.x + box.width / 2) / size.width, (box.y + box.height / 2) / size.height,
        box.width / size.width, box.height / size.height,
      ]
      // Not a number fails both comparisons, as it does there.
      return annotation.categoryID == 0 || !row.allSatisfy { $0 >= -0.01 && $0 <= 1.01 }
    }
  }

  /// The positions of annotations that have the category and box of one before.
  fileprivate var repeatedRows: [Int] {
    guard annotations.count > 1 else { return [] }
    var seen: Set<[UInt64]> = []
    return annotations.compactMap { position in
      let annotation = annotation(position)
      guard annotation.isCrowd != 1, let box = annotation.box else { return nil }
      let category = UInt64(bitPattern: Int64(annotation.categoryID ?? -1))
      let row = [category] + [box.x, box.y, box.width, box.height].map(\.bitPattern)
      return seen.insert(row).inserted ? nil : Int(position)
    }
  }
}
