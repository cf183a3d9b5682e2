import COCO

/// What is the matter with a box: the gravest that applies, so that one fault is reported once.
public enum BoxCondition: UInt8, Sendable {
  case absent, nonFinite, inverted, zeroArea, outside, pastEdge, sound

  /// How far past the edge a box may reach, in pixels.
  static let edgeTolerance = 0.5

  /// `width` and `height` are the picture's in pixels, 0 where they are not known.
  init(_ box: Box?, width: Double, height: Double) {
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
    } else if max(-box.x0, -box.y0, box.x1 - width, box.y1 - height) > Self.edgeTolerance {
      self = .pastEdge
    } else {
      self = .sound
    }
  }

  /// Whether the box covers any of the picture.
  var isUsable: Bool { self == .pastEdge || self == .sound }
}
