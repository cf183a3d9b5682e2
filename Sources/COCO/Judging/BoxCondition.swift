/// The condition of a box: the gravest fault that applies, so that one fault is reported once.
///
/// All judgement of boxes uses it: the admission of records that are read, rules, profiles of
/// consumers, and the engine before a model gets them.
public enum BoxCondition: UInt8, Sendable {
  case absent, nonFinite, inverted, zeroArea, outside, pastEdge, sound

  /// The distance in pixels that a box may reach past the edge, which rounding explains.
  public static let edgeTolerance = 0.5

  /// Judges a box; nil gives the condition of a missing one.
  ///
  /// - Parameters:
  ///   - box: The box that is judged.
  ///   - width: The image's width in pixels; 0 if it is not known.
  ///   - height: The image's height in pixels; 0 if it is not known.
  public init(_ box: Box?, width: Double, height: Double) {
    guard let box else {
      self = .absent
      return
    }
    if !box.isFinite {
      self = .nonFinite
    } else if box.isInverted {
      self = .inverted
    } else if box.width == 0 || box.height == 0 {
      self = .zeroArea
    } else if width <= 0 || height <= 0 {
      self = .sound
    } else if box.x0 >= width || box.y0 >= height || box.x1 <= 0 || box.y1 <= 0 {
      self = .outside
    } else if box.excess(width: width, height: height) > Self.edgeTolerance {
      self = .pastEdge
    } else {
      self = .sound
    }
  }

  /// Whether the box covers any part of the image.
  public var isUsable: Bool { self == .pastEdge || self == .sound }

  /// Whether COCO can hold the box: what it cannot is left out when a set is converted.
  public var isAdmissible: Bool { self != .nonFinite && self != .inverted }
}

extension Box {
  /// Returns the distance in pixels that the box reaches past the edge of an image; negative if all
  /// edges are within it.
  func excess(width: Double, height: Double) -> Double {
    max(-x0, -y0, x1 - width, y1 - height)
  }

  /// Returns the part of the box on an image of `width` × `height` pixels.
  public func clipped(width: Double, height: Double) -> Box {
    Box(
      x0: min(max(x0, 0), width), y0: min(max(y0, 0), height), x1: min(max(x1, 0), width),
      y1: min(max(y1, 0), height))
  }
}

extension BoxCondition {
  /// Returns the fault of a box in this condition; nil if there is none.
  ///
  /// - Parameters:
  ///   - box: The box that is judged.
  ///   - width: The image's width in pixels.
  ///   - height: The image's height in pixels.
  ///   - outline: The outline that is clipped together with the box.
  ///   - text: The corners as the source writes them, for the message.
  public func fault(
    of box: Box, width: Double, height: Double, corners text: String? = nil,
    outline: Segmentation? = nil
  ) -> Fault? {
    // Computed where they are used, as most boxes are sound.
    var corners: String { text ?? box.cornersText }
    var picture: String { "\(Int(width))×\(Int(height))" }
    switch self {
    case .absent, .sound: return nil
    case .nonFinite:
      return Fault(
        .nonFiniteBox, "expected finite numbers, found \(box.extentsText)", .box, fix: .removal)
    case .inverted:
      return Fault(
        .invertedBox, box.inversionText, .box, fix: box.sorting(width: width, height: height))
    case .zeroArea:
      return Fault(.zeroAreaBox, "the box has no area: \(corners)", .box, fix: .removal)
    case .outside:
      return Fault(
        .boxOutsideImage, "the box \(corners) lies outside the image of \(picture)", .box,
        fix: .removal)
    case .pastEdge:
      let excess = box.excess(width: width, height: height).shortest
      return Fault(
        .boxPastEdge, "the box \(corners) reaches \(excess) px past the image of \(picture)",
        .box, fix: box.cut(width: width, height: height, outline: outline))
    }
  }
}

extension Box {
  /// The corner on the wrong side, as a phrase.
  fileprivate var inversionText: String {
    width < 0
      ? "xmax \(x1.shortest) is left of xmin \(x0.shortest)"
      : "ymax \(y1.shortest) is above ymin \(y0.shortest)"
  }

  /// Returns the fix that sorts the corners; nil if the result is no box that is sound or can be
  /// clipped to one.
  fileprivate func sorting(width: Double, height: Double) -> Fix? {
    let isKnown = width > 0 && height > 0
    let result = isKnown ? sorted.clipped(width: width, height: height) : sorted
    guard result.isPlain else { return nil }
    return Fix("sort the corners", isSafe: true, edits: [.setBox(sorted)])
  }

  /// Returns the fix that clips the box and its outline to the image; nil if a sliver would remain,
  /// which is another fault: then the box itself is wrong.
  fileprivate func cut(width: Double, height: Double, outline: Segmentation?) -> Fix? {
    let rest = clipped(width: width, height: height)
    guard rest.isPlain else { return nil }
    var edits = [Fix.Edit.setBox(rest)]
    let condition = OutlineCondition(outline, Outline(outline), width: width, height: height)
    if condition == .sound, case .polygons(let polygons)? = outline {
      let clipped = polygons.clipped(width: width, height: height)
      if clipped != polygons, !clipped.isEmpty {
        edits.append(.setSegmentation(.polygons(clipped)))
      }
    }
    return Fix("clip the box at the edge", isSafe: true, edits: edits)
  }

  /// Whether no rule about sizes and shapes reports the box. The result of a fix must be plain, or
  /// a person has to look at it.
  public var isPlain: Bool {
    let (short, long) = (min(width, height), max(width, height))
    return short >= 2 && long <= 20 * short
  }
}

extension Fix {
  /// The fix that removes the annotation.
  static let removal = Fix("remove the annotation", isSafe: false, edits: [.remove])
}
