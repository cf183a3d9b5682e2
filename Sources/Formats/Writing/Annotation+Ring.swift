import COCO

extension Annotation {
  /// The outline, where it is one ring of three or more finite corners.
  var onlyRing: Polygons? {
    guard case .polygons(let polygons)? = segmentation, polygons.count == 1 else { return nil }
    var isSound = false
    polygons.forEachRing { ring in
      isSound =
        ring.count >= 6 && ring.count.isMultiple(of: 2) && ring.allSatisfy(\.isFinite)
    }
    return isSound ? polygons : nil
  }
}

extension Polygons {
  /// The pixels that the outline covers, which readers take for its area; nil where the picture's
  /// size is not known.
  func area(on image: Image) -> Double? {
    guard image.width > 0, image.height > 0 else { return nil }
    let area = try? RunLengthMask.area(of: self, height: image.height, width: image.width)
    return area.map(Double.init)
  }
}
