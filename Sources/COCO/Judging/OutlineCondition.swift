/// The condition of an outline: the gravest fault that applies, so that one fault is reported once
/// and nothing is derived from a faulty outline.
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
  /// The mask has another size than its image, or its runs do not fill it.
  case foreignSize
  /// Something is drawn, but it covers no pixel of the image.
  case coversNothing
  case sound

  /// Judges an outline.
  ///
  /// - Parameters:
  ///   - segmentation: The outline that is judged.
  ///   - outline: The measures of `segmentation`.
  ///   - width: The image's width in pixels; 0 if it is not known.
  ///   - height: The image's height in pixels; 0 if it is not known.
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
  /// Returns whether the rings cover a pixel of an image as pycocotools draws them.
  ///
  /// Drawing takes long, and is done only if the rings are thin or reach out of the image.
  ///
  /// - Parameters:
  ///   - measures: The measures of these polygons.
  ///   - width: The image's width in pixels; 0 if it is not known.
  ///   - height: The image's height in pixels; 0 if it is not known.
  fileprivate func coverPixels(_ measures: Measures, width: Double, height: Double) -> Bool {
    guard let extent = measures.extent else { return false }
    if measures.plainlyCoverPixels(width: width, height: height) { return true }
    guard width > 0, height > 0 else { return false }
    if BoxCondition(extent, width: width, height: height) == .outside { return false }
    let pixels = try? RunLengthMask.area(of: self, height: Int(height), width: Int(width))
    return pixels != 0
  }
}
