import COCO

extension Double {
  /// Equal, or both not a number.
  func isSame(as other: Double) -> Bool { self == other || (isNaN && other.isNaN) }
}

extension Box {
  func isSame(as other: Box) -> Bool {
    x.isSame(as: other.x) && y.isSame(as: other.y) && width.isSame(as: other.width)
      && height.isSame(as: other.height)
  }
}

extension Optional {
  /// Equal in the sense of `isSame`, or both nil.
  func isSame(as other: Wrapped?, _ isSame: (Wrapped, Wrapped) -> Bool) -> Bool {
    switch (self, other) {
    case (let left?, let right?): isSame(left, right)
    case (nil, nil): true
    default: false
    }
  }
}

extension Annotation {
  /// The fields whose values `other` has otherwise.
  func fields(differingIn other: Annotation) -> [RecordField] {
    var fields: [RecordField] = []
    if id != other.id { fields.append(.id) }
    if imageID != other.imageID { fields.append(.imageID) }
    if categoryID != other.categoryID { fields.append(.categoryID) }
    if !box.isSame(as: other.box, { $0.isSame(as: $1) }) { fields.append(.box) }
    if !area.isSame(as: other.area, { $0.isSame(as: $1) }) { fields.append(.area) }
    if isCrowd != other.isCrowd { fields.append(.isCrowd) }
    if !isOutlineSame(as: other) { fields.append(.segmentation) }
    if !keypoints.isSame(as: other.keypoints, { $0.elementsEqual($1) { $0.isSame(as: $1) } }) {
      fields.append(.keypoints)
    }
    let count = RecordField.keypointCount.rawValue
    if extra[count] != other.extra[count] { fields.append(.keypointCount) }
    return fields
  }

  private func isOutlineSame(as other: Annotation) -> Bool {
    if segmentation == other.segmentation { return true }
    guard case .polygons(let old)? = segmentation, case .polygons(let new)? = other.segmentation,
      !old.isFinite
    else { return false }
    return old.rings.elementsEqual(new.rings) { $0.elementsEqual($1) { $0.isSame(as: $1) } }
  }

  /// Whether anything that COCO has no field for is otherwise in `other`.
  func differsBeyondFields(from other: Annotation) -> Bool {
    var (left, right) = (extra, other.extra)
    left[RecordField.keypointCount.rawValue] = nil
    right[RecordField.keypointCount.rawValue] = nil
    return attributes != other.attributes || left != right
  }

  /// Whether all that a file can hold is the same.
  func isSame(as other: Annotation) -> Bool {
    if self == other { return true }
    return fields(differingIn: other).isEmpty && !differsBeyondFields(from: other)
  }
}

extension Image {
  /// The fields whose values `other` has otherwise.
  func fields(differingIn other: Image) -> [RecordField] {
    var fields: [RecordField] = []
    if id != other.id { fields.append(.id) }
    if fileName != other.fileName { fields.append(.fileName) }
    if width != other.width { fields.append(.width) }
    if height != other.height { fields.append(.height) }
    return fields
  }
}
