import COCO

/// Decides which annotations COCO can hold, and notes what a model could not use.
///
/// Bad is what has no finite box, corners the wrong way round, or no class and picture to belong
/// to. All else is written as it is: zero areas, boxes past the edge.
struct Admission {
  /// What becomes of an annotation.
  enum Verdict {
    case admitted
    /// The box to use instead, and what was done to it.
    case fixed(Box, String)
    case rejected(Finding)
  }

  /// How far past the picture's edge a box may reach before it is reported, in pixels.
  static let edgeTolerance = 0.5

  let appliesSafeFixes: Bool

  /// Judges `annotation`.
  func judge(_ annotation: Annotation) -> Verdict {
    guard let box = annotation.box else { return judgeWithoutBox(annotation) }
    if !box.isFinite {
      return .rejected(
        finding("non-finite-box", "expected finite numbers, found \(extents(box))", annotation))
    }
    if let other = nonFiniteValue(annotation) {
      return .rejected(finding("non-finite-value", other, annotation))
    }
    guard box.isInverted else { return .admitted }
    if appliesSafeFixes {
      return .fixed(box.sorted, "corners sorted")
    }
    let fix = Fix("sort the corners", isSafe: true, edits: [.setBox(box.sorted)])
    var inverted = finding("inverted-box", inversion(of: box), annotation)
    inverted.fixes = [fix]
    return .rejected(inverted)
  }

  /// What is odd about a box that is written all the same.
  func note(_ annotation: Annotation, width: Int, height: Int) -> Finding? {
    guard let box = annotation.box else { return nil }
    if box.width == 0 || box.height == 0 {
      return odd("zero-area-box", .error, "the box has no area: \(describe(box))", annotation)
    }
    guard width > 0, height > 0 else { return nil }
    let right = Double(width)
    let bottom = Double(height)
    if box.x0 >= right || box.y0 >= bottom || box.x1 <= 0 || box.y1 <= 0 {
      return odd(
        "box-outside-image", .error,
        "the box \(describe(box)) lies outside the picture of \(width)×\(height)", annotation)
    }
    let excess = max(-box.x0, -box.y0, box.x1 - right, box.y1 - bottom)
    guard excess > Self.edgeTolerance else { return nil }
    return odd(
      "box-past-edge", .warning,
      "the box \(describe(box)) reaches \(shortest(excess)) px past the picture of "
        + "\(width)×\(height)", annotation)
  }

  /// A caption needs no box, an outline is turned into one elsewhere.
  private func judgeWithoutBox(_ annotation: Annotation) -> Verdict {
    if annotation.segmentation != nil || annotation.keypoints != nil || annotation.categoryID == nil
    {
      if let other = nonFiniteValue(annotation) {
        return .rejected(finding("non-finite-value", other, annotation))
      }
      return .admitted
    }
    return .rejected(finding("missing-field", "the annotation has no box", annotation))
  }

  private func nonFiniteValue(_ annotation: Annotation) -> String? {
    if let area = annotation.area, !area.isFinite { return "expected a finite area, found \(area)" }
    if let keypoints = annotation.keypoints, let value = keypoints.first(where: { !$0.isFinite }) {
      return "expected finite keypoints, found \(value)"
    }
    guard case .polygons(let polygons)? = annotation.segmentation, !polygons.isFinite else {
      return nil
    }
    let culprit = polygons.rings.joined().first { !$0.isFinite } ?? .nan
    return "expected finite corners, found \(shortest(culprit))"
  }

  private func inversion(of box: Box) -> String {
    box.width < 0
      ? "xmax \(shortest(box.x1)) is left of xmin \(shortest(box.x0))"
      : "ymax \(shortest(box.y1)) is above ymin \(shortest(box.y0))"
  }

  private func describe(_ box: Box) -> String {
    [box.x0, box.y0, box.x1, box.y1].map(shortest).joined(separator: " ")
  }

  private func extents(_ box: Box) -> String {
    "x \(shortest(box.x)), y \(shortest(box.y)), width \(shortest(box.width)), "
      + "height \(shortest(box.height))"
  }

  private func shortest(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-infinity" : "infinity" }
    var output = JSONOutput()
    output.append(value)
    return output.text
  }

  private func finding(_ rule: String, _ message: String, _ annotation: Annotation) -> Finding {
    Finding(rule, .error, message, at: annotation.origin)
  }

  private func odd(
    _ rule: String, _ severity: Finding.Severity, _ message: String, _ annotation: Annotation
  ) -> Finding {
    Finding(rule, severity, message, at: annotation.origin)
  }
}

extension Annotation {
  /// The annotation as JSON, with its class by name.
  func asRecord(category: String?) -> String {
    var output = JSONOutput()
    var copy = self
    if let category { copy.extra["category"] = .string(category) }
    output.append(copy)
    return output.text
  }
}
