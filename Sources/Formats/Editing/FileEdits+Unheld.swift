import COCO

/// The changes that neither VOC nor YOLO can hold: COCO's bookkeeping, and values that follow from
/// others.
extension FileEdits {
  /// Refuses each change of an annotation that files of `format` cannot hold, except box, outline
  /// and category.
  mutating func refuseUnheld(
    _ change: RecordChange, _ after: Annotation, _ setting: AnnotationSetting, format: String
  ) {
    for field in change.orderedFields {
      switch field {
      case .box, .segmentation, .categoryID, .imageID, .name: break
      case .area:
        // The area that reading the file gives is as good as written.
        if !isDerived(after, on: setting.image) {
          refuse(change, field, "\(format) files hold no area")
        }
      default: refuse(change, field, "\(format) files hold no \(field.rawValue)")
      }
    }
  }

  private func isDerived(_ annotation: Annotation, on image: Image?) -> Bool {
    guard let area = annotation.area, let read = Completion.area(of: annotation, on: image) else {
      return false
    }
    return abs(area - read) <= 1e-6 * max(1, abs(read))
  }

  /// Refuses each change of an image except those of the fields `held`.
  mutating func refuseUnheld(_ change: RecordChange, held: [RecordField], format: String) {
    for field in change.orderedFields where !held.contains(field) {
      refuse(change, field, "\(format) files hold no \(field.rawValue) that could be changed")
    }
  }
}

extension RecordChange {
  /// The fields in the order in which COCO names them.
  var orderedFields: [RecordField] { RecordField.allCases.filter(fields.contains) }
}

extension Annotation {
  /// Whether the box is the one around the outline, to a millionth of a pixel.
  var isBoxedByOutline: Bool {
    guard case .polygons(let polygons)? = segmentation, let extent = polygons.extent, let box else {
      return false
    }
    return box.isClose(to: extent)
  }
}

extension Box {
  /// Returns whether no edge differs by more than a millionth of a pixel.
  func isClose(to other: Box) -> Bool {
    let limit = 1e-6
    return abs(x - other.x) <= limit && abs(y - other.y) <= limit
      && abs(width - other.width) <= limit && abs(height - other.height) <= limit
  }
}
