import COCO

extension Annotation {
  /// Whether there is an outline with anything in it.
  var hasOutline: Bool { segmentation?.isEmpty == false }

  /// The area that the annotation should have, in square pixels: its mask's as pycocotools draws it
  /// on a picture of `width` × `height`, else its box's. nil where there is neither.
  func expectedArea(width: Double, height: Double) -> Double? {
    switch segmentation {
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?: Double(mask.area)
    case .polygons(let polygons)? where !polygons.isEmpty:
      if width > 0, height > 0 {
        (try? RunLengthMask.area(of: polygons, height: Int(height), width: Int(width)))
          .map(Double.init)
      } else {
        polygons.isFinite ? polygons.enclosedArea : nil
      }
    case .polygons?, nil: box?.area
    }
  }
}

extension Polygons {
  /// The sum of what the rings enclose, by the shoelace formula; overlaps count twice.
  var enclosedArea: Double {
    var sum = 0.0
    forEachRing { ring in
      var twice = 0.0
      var index = 0
      let count = ring.count & ~1
      while index < count {
        let next = index + 2 < count ? index + 2 : 0
        twice += ring[index] * ring[next + 1] - ring[next] * ring[index + 1]
        index += 2
      }
      sum += abs(twice) / 2
    }
    return sum
  }
}
