import COCO

/// A selection of records of a split.
struct RecordSelection: Sendable {
  let records: @Sendable (DatasetView) -> [RecordReference]

  static func annotations(
    where holds: @escaping @Sendable (Annotation, Frame) -> Bool
  ) -> RecordSelection {
    RecordSelection { set in
      set.dataset.annotations.withUnsafeBufferPointer { annotations in
        annotations.indices.compactMap { index in
          let frame = set.frame(of: annotations[index], at: index)
          guard holds(annotations[index], frame) else { return nil }
          return RecordReference(.annotation, index, dataset: set.index)
        }
      }
    }
  }

  static func images(where holds: @escaping @Sendable (ImageView) -> Bool) -> RecordSelection {
    RecordSelection { set in
      set.dataset.images.indices.compactMap { index in
        guard holds(ImageView(set, index)) else { return nil }
        return RecordReference(.image, index, dataset: set.index)
      }
    }
  }

  /// Returns the selection of records of a kind at the positions that `positions` returns.
  static func positions(
    _ kind: Rejection.Kind, _ positions: @escaping @Sendable (DatasetView) -> [Int]
  ) -> RecordSelection {
    RecordSelection { set in
      positions(set).map { RecordReference(kind, $0, dataset: set.index) }
    }
  }
}

/// Selections of records that several consumers fail on.
extension RecordSelection {
  static let repeatedAnnotationIDs = positions(.annotation) { $0.annotationIndex.repeated }
  static let repeatedImageIDs = positions(.image) { $0.imageIndex.repeated }
  static let repeatedCategoryIDs = positions(.category) { $0.categoryIndex.repeated }
  static let annotationsOfNoImage = annotations { $1.image == nil }
  static let annotationsOfNoCategory = annotations { annotation, frame in
    annotation.categoryID != nil && frame.category == nil
  }
  static let crowds = annotations { annotation, _ in annotation.isCrowd == 1 }
  static let objectsWithoutBox = annotations { annotation, _ in
    annotation.categoryID != nil && annotation.box == nil
  }
  static let nonFiniteBoxes = annotations { $1.condition == .nonFinite }
  static let oddCrowdFlags = annotations { annotation, _ in
    annotation.isCrowd.map { $0 != 0 && $0 != 1 } ?? false
  }
  static let emptyOutlines = annotations { annotation, _ in
    guard case .polygons(let polygons)? = annotation.segmentation else { return false }
    return polygons.isEmpty
  }
  /// The annotations whose outline has a ring of one or two corners.
  static let shortOutlines = annotations { annotation, _ in
    annotation.hasRing { $0 < 6 }
  }
  static let oddOutlines = annotations { annotation, _ in
    annotation.hasRing { !$0.isMultiple(of: 2) }
  }
  /// The annotations with masks whose size is not their image's.
  static let foreignMasks = RecordSelection { set in
    set.dataset.annotations.indices.compactMap { index in
      let annotation = set.dataset.annotations[index]
      guard let mask = annotation.segmentation?.mask,
        let image = set.imageIndex.position(of: annotation.imageID)
      else { return nil }
      let size = set.dataset.images[image]
      guard mask.width != size.width || mask.height != size.height else { return nil }
      return RecordReference(.annotation, index, dataset: set.index)
    }
  }
  static let undecodablePictures = images { view in
    switch view.picture?.content?.decoding {
    case .corrupt?, .truncated?: true
    default: false
    }
  }
  static let lostPictures = images { !$0.set.pictures.isEmpty && $0.picture == nil }
  /// The images whose file was found under a name similar to the one in the record.
  static let renamedPictures = images { view in
    guard let path = view.picture?.path else { return false }
    return path.split(separator: "/").last != view.image.fileName.split(separator: "/").last
  }
  static let imagesWithoutAnnotations = images { $0.annotations.isEmpty }
}

extension Annotation {
  /// Returns whether the number of coordinates of a ring satisfies `holds`.
  func hasRing(_ holds: (Int) -> Bool) -> Bool {
    guard case .polygons(let polygons)? = segmentation else { return false }
    var isFound = false
    polygons.forEachRing { isFound = isFound || holds($0.count) }
    return isFound
  }
}
