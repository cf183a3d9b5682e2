import COCO

/// Decides which annotations COCO can hold, and notes what a model could not use.
///
/// Bad is what has no finite box, corners the wrong way round, or no class and picture to belong
/// to. All else is written as it is: zero areas, boxes past the edge.
///
/// Annotations stay where they are: taking them out of their array would count references.
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
    if !box.isFinite {
      let message = "expected finite numbers, found \(box.extentsText)"
      return .rejected(error("non-finite-box", message, annotation, .box))
    }
    if let other = nonFiniteValue(annotation) { return .rejected(other) }
    guard box.isInverted else { return .admitted }
    if appliesSafeFixes {
      return .fixed(box.sorted, "corners sorted")
    }
    let fix = Fix("sort the corners", isSafe: true, edits: [.setBox(box.sorted)])
    var inverted = error("inverted-box", inversion(of: box), annotation, .box)
    inverted.fixes = [fix]
    return .rejected(inverted)
  }

  /// What is odd about a box that is written all the same.
  func note(_ annotation: UnsafePointer<Annotation>, width: Int, height: Int) -> Finding? {
    guard judgesRecords, let box = annotation.pointee.box else { return nil }
    if box.width == 0 || box.height == 0 {
      let message = "the box has no area: \(box.cornersText)"
      return error("zero-area-box", message, annotation, .box)
    }
    guard width > 0, height > 0 else { return nil }
    let right = Double(width)
    let bottom = Double(height)
    if box.x0 >= right || box.y0 >= bottom || box.x1 <= 0 || box.y1 <= 0 {
      let message = "the box \(box.cornersText) lies outside the picture of \(width)×\(height)"
      return error("box-outside-image", message, annotation, .box)
    }
    let excess = max(-box.x0, -box.y0, box.x1 - right, box.y1 - bottom)
    guard excess > Self.edgeTolerance else { return nil }
    return Finding(
      "box-past-edge", .warning,
      "the box \(box.cornersText) reaches \(excess.shortest) px past the picture of "
        + "\(width)×\(height)", at: annotation.pointee.origin, field: .box)
  }

  /// A caption needs no box, an outline is turned into one elsewhere.
  private func judgeWithoutBox(_ annotation: UnsafePointer<Annotation>) -> Verdict {
    if annotation.pointee.segmentation != nil || annotation.pointee.keypoints != nil
      || annotation.pointee.categoryID == nil
    {
      guard judgesRecords, let other = nonFiniteValue(annotation) else { return .admitted }
      return .rejected(other)
    }
    return .rejected(error("missing-field", "the annotation has no box", annotation, .box))
  }

  private func nonFiniteValue(_ annotation: UnsafePointer<Annotation>) -> Finding? {
    let rule = "non-finite-value"
    if let area = annotation.pointee.area, !area.isFinite {
      return error(rule, "expected a finite area, found \(area)", annotation, .area)
    }
    if let keypoints = annotation.pointee.keypoints,
      let value = keypoints.first(where: { !$0.isFinite })
    {
      return error(rule, "expected finite keypoints, found \(value)", annotation, .keypoints)
    }
    guard !Annotation.hasFinitePolygons(annotation),
      case .polygons(let polygons)? = annotation.pointee.segmentation
    else { return nil }
    let culprit = polygons.rings.joined().first { !$0.isFinite } ?? .nan
    let message = "expected finite corners, found \(culprit.shortest)"
    return error(rule, message, annotation, .segmentation)
  }

  private func inversion(of box: Box) -> String {
    box.width < 0
      ? "xmax \(box.x1.shortest) is left of xmin \(box.x0.shortest)"
      : "ymax \(box.y1.shortest) is above ymin \(box.y0.shortest)"
  }

  private func error(
    _ rule: String, _ message: String, _ annotation: UnsafePointer<Annotation>,
    _ field: RecordField
  ) -> Finding {
    Finding(rule, .error, message, at: annotation.pointee.origin, field: field)
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
