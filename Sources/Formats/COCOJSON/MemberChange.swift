import COCO

/// A member of a COCO record that is to have another value.
struct MemberChange {
  var name: String
  /// nil where the member goes.
  var value: JSONValue?

  init(_ name: String, _ value: JSONValue?) {
    self.name = name
    self.value = value
  }

  /// The members of `after` that are new or otherwise, and those that are gone.
  static func changes(from before: JSONObject, to after: JSONObject) -> [MemberChange] {
    var seen: Set<String> = []
    return (after.members + before.members).compactMap { member in
      guard seen.insert(member.name).inserted, before[member.name] != after[member.name] else {
        return nil
      }
      return MemberChange(member.name, after[member.name])
    }
  }
}

extension Annotation {
  /// The members to change so that a COCO record of this annotation becomes one of `after`.
  func memberChanges(to after: Annotation) -> [MemberChange] {
    let changes = fields(differingIn: after).compactMap { field in
      after.value(of: field).map { MemberChange(field.rawValue, $0) }
    }
    let attributes =
      attributes == after.attributes
      ? []
      : [
        MemberChange("attributes", after.attributes.isEmpty ? nil : .object(after.attributes))
      ]
    return changes + attributes + MemberChange.changes(from: extra, to: after.extra)
  }

  /// A field's value as JSON, `.some(nil)` where it has none; nil for what stands in `extra`.
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
    default: nil
    }
  }
}

extension Image {
  func memberChanges(to after: Image) -> [MemberChange] {
    let changes = fields(differingIn: after).map { field in
      let value: JSONValue =
        switch field {
        case .width: .integer(after.width)
        case .height: .integer(after.height)
        case .fileName: .string(after.fileName)
        default: .integer(after.id)
        }
      return MemberChange(field.rawValue, value)
    }
    return changes + MemberChange.changes(from: extra, to: after.extra)
  }
}

extension Category {
  func memberChanges(to after: Category) -> [MemberChange] {
    var changes: [MemberChange] = []
    if id != after.id { changes.append(MemberChange("id", .integer(after.id))) }
    if name != after.name { changes.append(MemberChange("name", .string(after.name))) }
    if supercategory != after.supercategory {
      changes.append(MemberChange("supercategory", after.supercategory.map { .string($0) }))
    }
    return changes + MemberChange.changes(from: extra, to: after.extra)
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
