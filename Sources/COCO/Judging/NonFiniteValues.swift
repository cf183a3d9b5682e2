extension Annotation {
  /// Returns the fault of a number beside the box that is not finite: in the outline, the keypoints
  /// or the area; nil if all are finite.
  ///
  /// - Parameters:
  ///   - annotation: The annotation in place, since taking it out of an array counts references.
  ///   - expectedArea: The area that the annotation should have, in square pixels.
  public static func nonFiniteValue(
    in annotation: UnsafePointer<Annotation>, expectedArea: @autoclosure () -> Double? = nil
  ) -> Fault? {
    if !hasFinitePolygons(annotation),
      case .polygons(let polygons)? = annotation.pointee.segmentation
    {
      let corner = polygons.rings.joined().first { !$0.isFinite } ?? .nan
      return Fault(
        .nonFiniteValue, "expected finite corners, found \(corner.shortest)", .segmentation,
        fix: Fix("remove the outline", isSafe: false, edits: [.setSegmentation(nil)]))
    }
    if let value = annotation.pointee.keypoints?.first(where: { !$0.isFinite }) {
      return Fault(
        .nonFiniteValue, "expected finite keypoints, found \(value.shortest)", .keypoints,
        fix: .removal)
    }
    guard let area = annotation.pointee.area, !area.isFinite else { return nil }
    let fix = expectedArea().flatMap { expected in
      expected.isFinite
        ? Fix("set it to \(expected.shortest)", isSafe: false, edits: [.setArea(expected)]) : nil
    }
    return Fault(
      .nonFiniteValue, "expected a finite area, found \(area.shortest)", .area, fix: fix)
  }
}
