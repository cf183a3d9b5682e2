import COCO

/// A box whose edges are shares of its image's width and height.
struct RelativeBox: Equatable, Sendable {
  var x0: Double
  var y0: Double
  var x1: Double
  var y1: Double

  var width: Double { x1 - x0 }
  var height: Double { y1 - y0 }
  var centre: (x: Double, y: Double) { ((x0 + x1) / 2, (y0 + y1) / 2) }

  init(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) {
    (self.x0, self.y0, self.x1, self.y1) = (x0, y0, x1, y1)
  }

  /// Creates the box of a size around a centre, moved as far as necessary to lie in the image.
  init(around centre: (x: Double, y: Double), width: Double, height: Double) {
    let x = min(max(centre.x - width / 2, 0), max(1 - width, 0))
    let y = min(max(centre.y - height / 2, 0), max(1 - height, 0))
    self.init(x, y, x + width, y + height)
  }

  /// Returns the overlap of two boxes: shared area over the area of both together, 0 … 1.
  func intersectionOverUnion(_ other: RelativeBox) -> Double {
    Box(x0: x0, y0: y0, x1: x1, y1: y1).intersectionOverUnion(
      Box(x0: other.x0, y0: other.y0, x1: other.x1, y1: other.y1))
  }

  /// Returns the box about the same centre with sides multiplied by `factor`.
  func scaled(by factor: Double) -> RelativeBox {
    let (x, y) = centre
    let (across, down) = (width / 2 * factor, height / 2 * factor)
    return RelativeBox(x - across, y - down, x + across, y + down)
  }

  /// Returns the part of the box in the image; nil if it is less than a pixel wide or high.
  func clipped(to picture: PictureSides) -> RelativeBox? {
    let box = RelativeBox(max(x0, 0), max(y0, 0), min(x1, 1), min(y1, 1))
    let isSeen = box.width * picture.width >= 1 && box.height * picture.height >= 1
    return isSeen ? box : nil
  }
}

/// The sides of an image in pixels.
struct PictureSides: Sendable {
  var width: Double
  var height: Double
}
