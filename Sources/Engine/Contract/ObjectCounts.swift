import COCO

/// The number of learnable objects of some images, and of those that cannot be learnt by reason.
public struct ObjectCounts: Sendable, Equatable {
  /// The number of all annotations.
  public private(set) var annotations = 0
  /// The number of crowd regions, which are no objects of a target.
  public private(set) var crowds = 0
  /// The number of boxes that look normalised to the image's size instead of in pixels.
  public private(set) var normalised = 0
  /// The number of learnable objects.
  public private(set) var learnable = 0

  init() {}

  /// Counts the objects of an image.
  ///
  /// - Parameters:
  ///   - annotations: All annotations of the image.
  ///   - taken: The records of those that are in its target.
  ///   - findings: The findings about them.
  init(_ annotations: some Collection<Annotation>, taken: [RecordReference?], findings: [Finding]) {
    self.annotations = annotations.count
    crowds = annotations.count { $0.isCrowd == 1 }
    normalised = findings.count { $0.rule == FaultKind.normalisedBox.id }
    let refused = Set(findings.filter { $0.severity == .error }.compactMap(\.record))
    learnable = taken.count { $0.map { !refused.contains($0) } ?? true }
  }

  static func + (left: ObjectCounts, right: ObjectCounts) -> ObjectCounts {
    var sum = left
    sum.annotations += right.annotations
    sum.crowds += right.crowds
    sum.normalised += right.normalised
    sum.learnable += right.learnable
    return sum
  }

  /// The reason why nothing is left to learn, as a message for the user; nil if something is.
  public var nothingToLearn: String? {
    guard learnable == 0 else { return nil }
    let expected = "expected objects to learn, found"
    let boxes = annotations - crowds
    if annotations == 0 { return "\(expected) no annotation that can be used on any image" }
    if boxes == 0 { return "\(expected) only crowd regions, \(crowds) of them" }
    if normalised == boxes {
      return "\(expected) \(boxes) boxes that all lie between 0 and 1: they look normalised, "
        + "as fractions of the image's size, where pixels are expected"
    }
    let some = normalised == 0 ? "" : ", \(normalised) of which look normalised"
    return "\(expected) \(boxes) annotations, none of which a model can learn\(some)"
  }
}
