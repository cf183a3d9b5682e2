import COCO

extension Frame {
  /// Returns the condition of the annotation's outline.
  func outlineCondition(of annotation: Annotation) -> OutlineCondition {
    // Nearly all are sound, and the outline need not be taken out of the annotation to see it.
    if outline.polygons?.plainlyCoverPixels(width: width, height: height) == true { return .sound }
    return OutlineCondition(annotation.segmentation, outline, width: width, height: height)
  }

  /// Returns whether a value may be derived from the annotation's outline without review: the
  /// outline is sound, and, if there is a usable box, both are at one place.
  ///
  /// If an outline and a box hardly meet, one belongs to another object, and nothing shows which.
  func trustsOutline(of annotation: Annotation) -> Bool {
    guard outlineCondition(of: annotation) == .sound, !annotation.hasCrossingEdges,
      var extent = annotation.outlineExtent
    else { return false }
    guard condition.isUsable, let box = annotation.box else { return true }
    if hasSize { extent = extent.clipped(width: width, height: height) }
    return extent.intersectionOverUnion(box) >= Self.leastAgreement
  }

  /// The intersection over union from which on a box and an outline's extent are of one object.
  private static let leastAgreement = 0.5
}

extension Annotation {
  /// The smallest box around the outline; nil if there is none.
  var outlineExtent: Box? { segmentation?.extent }

  /// Whether two edges of a ring cross.
  fileprivate var hasCrossingEdges: Bool {
    guard case .polygons(let polygons)? = segmentation else { return false }
    var isFound = false
    polygons.forEachRing { isFound = isFound || RingCrossing.first(in: $0) != nil }
    return isFound
  }
}
