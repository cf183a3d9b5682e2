import COCO

/// The shapes of objects as SVG's path data, in pixels of a small image.
struct ShapeMarkup {
  /// The distance outside the image at which paths are clipped.
  private static let farthest = 9_999.0

  let scale: PagePictures.Scale

  /// Returns the path of a box; empty if it is not finite.
  func path(of box: Box) -> String {
    guard box.hasFiniteEdges else { return "" }
    let box = box.sorted
    let (x0, y0) = (x(box.x0), y(box.y0))
    return "M\(x0.brief(1)) \(y0.brief(1))H\(x(box.x1).brief(1))V\(y(box.y1).brief(1))"
      + "H\(x0.brief(1))z"
  }

  /// Returns the rings of an outline, without the points that a small image cannot show apart.
  func path(of outline: Segmentation) -> String {
    let polygons =
      switch outline {
      case .polygons(let polygons): polygons
      case .runLengths(let mask), .compressedRunLengths(let mask):
        (try? mask.polygons()) ?? Polygons([])
      }
    var text = ""
    polygons.forEachRing { ring in
      var last: (x: Double, y: Double)?
      for index in stride(from: 0, to: ring.count - 1, by: 2) {
        guard ring[index].isFinite, ring[index + 1].isFinite else { continue }
        let point = (x: x(ring[index]), y: y(ring[index + 1]))
        if let last, abs(last.x - point.x) < 1, abs(last.y - point.y) < 1 { continue }
        text += "\(last == nil ? "M" : "L")\(point.x.brief(1)) \(point.y.brief(1))"
        last = point
      }
      if last != nil { text += "z" }
    }
    return text
  }

  /// Returns a dot for each labelled keypoint: a line of no length, which round ends turn into a
  /// dot.
  func path(ofKeypoints keypoints: [Double]) -> String {
    stride(from: 0, to: keypoints.count - 2, by: 3).map { index in
      let (x, y) = (keypoints[index], keypoints[index + 1])
      guard keypoints[index + 2] > 0, x.isFinite, y.isFinite else { return "" }
      return "M\(self.x(x).brief(1)) \(self.y(y).brief(1))h0"
    }.joined()
  }

  /// Returns a box in pixels of the small image.
  func scaled(_ box: Box) -> Box {
    let box = box.sorted
    return Box(x0: x(box.x0), y0: y(box.y0), x1: x(box.x1), y1: y(box.y1))
  }

  private func x(_ value: Double) -> Double { Self.near(value * scale.x) }
  private func y(_ value: Double) -> Double { Self.near(value * scale.y) }
  private static func near(_ value: Double) -> Double { min(max(value, -farthest), farthest) }
}
