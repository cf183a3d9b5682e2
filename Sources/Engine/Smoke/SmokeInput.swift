import COCO

/// How large a smoke training makes its pictures.
public enum SmokeInput {
  private static let sides = [256, 320, 384, 448, 512]
  /// Pixels of a box' side, the root of its area, that a feature map can tell apart from others.
  private static let leastSide = 16.0

  /// The smallest of some sizes at which nine of ten objects have a side that can be told apart.
  public static func size(for samples: DetectionSamples) -> InputSize {
    let sizes = sides.map { InputSize(minSize: $0, maxSize: $0 * 5 / 3) }
    let objects = objects(of: samples)
    for size in sizes {
      let small = objects.count { object in
        let scaled = size.resized(width: object.width, height: object.height)
        return object.side * Double(scaled.width) / Double(object.width) < leastSide
      }
      if small * 10 <= objects.count { return size }
    }
    return sizes[sizes.count - 1]
  }

  /// The sides of all boxes that can be learnt, with their pictures' sizes.
  private static func objects(
    of samples: DetectionSamples
  ) -> [(side: Double, width: Int, height: Int)] {
    (0..<samples.count).flatMap { position -> [(side: Double, width: Int, height: Int)] in
      let image = samples.image(at: position)
      guard image.width > 0, image.height > 0 else { return [] }
      return samples.learnable(at: position).map { object in
        (object.box.area.squareRoot(), image.width, image.height)
      }
    }
  }
}
