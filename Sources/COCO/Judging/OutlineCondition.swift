/// What is the matter with an outline: the gravest that applies, so that one fault is reported once,
/// and so that nothing is made of an outline that is itself at fault.
public enum OutlineCondition: UInt8, Sendable {
  /// There is none.
  case absent
  /// A list without rings, or a mask in which nothing is set.
  case empty
  case nonFinite
  /// A ring has a coordinate without its other.
  case oddRing
  /// A ring has fewer than three corners.
  case shortRing
  /// A mask of another size than its picture, or whose runs do not fill it.
  case foreignSize
  /// Something is drawn, and it covers no pixel of the picture.
  case coversNothing
  case sound

  /// - Parameters:
  ///   - outline: what was measured of `segmentation`.
  ///   - width: the picture's in pixels; 0 where it is not known.
  ///   - height: likewise.
  public init(_ segmentation: Segmentation?, _ outline: Outline, width: Double, height: Double) {
    switch (segmentation, outline) {
    case (.polygons(let polygons)?, .polygons(let measures)):
      self = Self.condition(of: polygons, measures, width: width, height: height)
    case (.runLengths(let mask)?, .mask(let pixels)),
      (.compressedRunLengths(let mask)?, .mask(let pixels)):
      let isForeign =
        mask.runsFault != nil
        || width > 0 && height > 0 && !mask.fits(width: Int(width), height: Int(height))
      self = pixels == 0 ? .empty : isForeign ? .foreignSize : .sound
    default: self = .absent
    }
  }

  private static func condition(
    of polygons: Polygons, _ measures: Polygons.Measures, width: Double, height: Double
  ) -> OutlineCondition {
    if measures.rings == 0 { return .empty }
    if !measures.isFinite { return .nonFinite }
    if measures.hasOddRing { return .oddRing }
    if measures.hasShortRing { return .shortRing }
    return polygons.coverPixels(measures, width: width, height: height) ? .sound : .coversNothing
  }
}

extension Polygons {
  /// Whether the rings cover a pixel of a picture as pycocotools draws them.
  ///
  /// Drawing takes long, and is done only where the rings are thin or reach out of the picture.
  ///
  /// - Parameters:
  ///   - measures: these polygons'.
  ///   - width: the picture's in pixels; 0 where it is not known.
  ///   - height: likewise.
  fileprivate func coverPixels(_ measures: Measures, width: Double, height: Double) -> Bool {
    guard let extent = measures.extent else { return false }
    if measures.plainlyCoverPixels(width: width, height: height) { return true }
    guard width > 0, height > 0 else { return false }
    if BoxCondition(extent, width: width, height: height) == .outside { return false }
    let pixels = try? RunLengthMask.area(of: self, height: Int(height), width: Int(width))
    return pixels != 0
  }
}
