import COCO

/// The admission of annotations to a set, with findings for those that a model could not use.
///
/// `BoxCondition` judges a box. Annotations are left out that COCO cannot hold, or that lack a
/// class or an image. All others are written as they are, with zero areas and boxes past the edge.
///
/// Annotations are judged in place: taking them out of their array would count references.
struct Admission {
  /// The verdict on an annotation.
  enum Verdict {
    case admitted
    /// The box to use instead, and what was done to it.
    case fixed(Box, String)
    case rejected(Finding)
  }

  /// Whether anything but a record without any shape is rejected, or noted at all.
  let judgesRecords: Bool
  private let appliesSafeFixes: Bool

  init(_ options: ImportOptions) {
    judgesRecords = options.judgesRecords
    appliesSafeFixes = options.appliesSafeFixes
  }

  /// Judges `annotation`.
  func judge(_ annotation: UnsafePointer<Annotation>) -> Verdict {
    guard let box = annotation.pointee.box else { return judgeWithoutBox(annotation) }
    guard judgesRecords else { return .admitted }
    let condition = BoxCondition(box, width: 0, height: 0)
    if condition == .nonFinite { return reject(condition, box, annotation) }
    if let other = Annotation.nonFiniteValue(in: annotation) {
      return .rejected(Finding(other, at: annotation.pointee.origin))
    }
    guard !condition.isAdmissible else { return .admitted }
    return appliesSafeFixes
      ? .fixed(box.sorted, "corners sorted") : reject(condition, box, annotation)
  }

  /// Returns what is odd about a box that is written all the same.
  func note(_ annotation: UnsafePointer<Annotation>, width: Int, height: Int) -> Finding? {
    guard judgesRecords, let box = annotation.pointee.box else { return nil }
    let (width, height) = (Double(width), Double(height))
    let condition = BoxCondition(box, width: width, height: height)
    // What COCO cannot hold is rejected or fixed.
    guard condition.isAdmissible,
      let fault = condition.fault(
        of: box, width: width, height: height, outline: annotation.pointee.segmentation)
    else { return nil }
    return Finding(fault, at: annotation.pointee.origin)
  }

  private func reject(
    _ condition: BoxCondition, _ box: Box, _ annotation: UnsafePointer<Annotation>
  ) -> Verdict {
    condition.fault(of: box, width: 0, height: 0)
      .map { .rejected(Finding($0, at: annotation.pointee.origin)) } ?? .admitted
  }

  /// Judges an annotation without a box. A caption needs none, and an outline is turned into one
  /// elsewhere.
  private func judgeWithoutBox(_ annotation: UnsafePointer<Annotation>) -> Verdict {
    if annotation.pointee.segmentation != nil || annotation.pointee.keypoints != nil
      || annotation.pointee.categoryID == nil
    {
      guard judgesRecords, let other = Annotation.nonFiniteValue(in: annotation) else {
        return .admitted
      }
      return .rejected(Finding(other, at: annotation.pointee.origin))
    }
    return .rejected(
      Finding(
        .missingField, "the annotation has no box", at: annotation.pointee.origin, field: .box))
  }
}

extension Annotation {
  /// Returns the annotation as JSON, with its class by name.
  func asRecord(category: String?) -> String {
    var output = JSONOutput()
    var copy = self
    if let category { copy.extra["category"] = .string(category) }
    output.append(copy)
    return output.text
  }
}
