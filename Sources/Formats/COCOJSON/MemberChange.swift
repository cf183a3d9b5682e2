import COCO

/// A member of a COCO record that is to have another value.
struct MemberChange {
  var name: String
  /// The new value; nil if the member is removed.
  var value: JSONValue?

  init(_ name: String, _ value: JSONValue?) {
    self.name = name
    self.value = value
  }
}

extension Annotation {
  /// Returns the members of a COCO record that hold these fields. The name of its category is in
  /// the category's own record.
  func memberChanges(of fields: [RecordField]) -> [MemberChange] {
    fields.compactMap { field in value(of: field).map { MemberChange(field.rawValue, $0) } }
  }

  /// Returns a field's value as JSON, `.some(nil)` if it has none; nil for a field that the record
  /// cannot hold.
  private func value(of field: RecordField) -> JSONValue?? {
    switch field {
    case .id: .integer(id)
    case .imageID: .integer(imageID)
    case .categoryID: .some(categoryID.map { .integer($0) })
    case .box:
      .some(
        box.map { .array([.number($0.x), .number($0.y), .number($0.width), .number($0.height)]) })
    case .area: .some(area.map { .number($0) })
    case .isCrowd: .some(isCrowd.map { .integer($0) })
    case .segmentation: .some(segmentation.map { $0.value })
    case .keypoints: .some(keypoints.map { .array($0.map { .number($0) }) })
    case .keypointCount: .some(extra[field.rawValue])
    case .fileName, .width, .height, .name: nil
    }
  }
}

extension Image {
  /// Returns the members of a COCO record that hold these fields.
  func memberChanges(of fields: [RecordField]) -> [MemberChange] {
    fields.map { field in
      let value: JSONValue =
        switch field {
        case .width: .integer(width)
        case .height: .integer(height)
        case .fileName: .string(fileName)
        default: .integer(id)
        }
      return MemberChange(field.rawValue, value)
    }
  }
}

extension Category {
  /// Returns the members of a COCO record that hold these fields.
  func memberChanges(of fields: [RecordField]) -> [MemberChange] {
    fields.map { MemberChange($0.rawValue, $0 == .name ? .string(name) : .integer(id)) }
  }
}

extension Segmentation {
  fileprivate var value: JSONValue {
    func mask(_ mask: RunLengthMask, _ counts: JSONValue) -> JSONValue {
      .object([
        "size": .array([.integer(mask.height), .integer(mask.width)]), "counts": counts,
      ])
    }
    return switch self {
    case .polygons(let polygons): .array(polygons.rings.map { .array($0.map { .number($0) }) })
    case .runLengths(let lengths):
      mask(lengths, .array(lengths.counts.map { .integer(Int($0)) }))
    case .compressedRunLengths(let lengths): mask(lengths, .string(lengths.compressed))
    }
  }
}

extension JSONValue {
  /// Whether a number in it is one that JSON cannot write.
  var holdsNonFinite: Bool {
    switch self {
    case .number(let number): !number.isFinite
    case .array(let elements): elements.contains(where: \.holdsNonFinite)
    case .object(let object): object.members.contains { $0.value.holdsNonFinite }
    default: false
    }
  }
}
