import COCO
import DetectionModels

/// The objects of a dataset in pixels of the pictures as a detector resizes them.
struct ScaledObjects: Sendable {
  struct Object: Sendable {
    /// The annotation's index in the dataset.
    let annotation: Int
    let label: Int64
    /// In pixels of the resized picture, within it.
    let box: Box
    /// Of the box in the picture as it is, pixels.
    let area: Double
  }

  struct Picture: Sendable {
    let position: Int
    /// As it is.
    let original: SpatialSize
    /// As the detector resizes it.
    let size: SpatialSize
    /// With what is filled, in a batch of its own.
    let batch: SpatialSize
    let objects: Range<Int>
  }

  let pictures: [Picture]
  let objects: [Object]

  /// - Parameters:
  ///   - samples: pictures of unknown size are left out.
  ///   - transform: the detector's.
  init(_ samples: DetectionSamples, transform: GeneralizedRCNNTransform) {
    var pictures: [Picture] = []
    var objects: [Object] = []
    let minSize = transform.options.minSize.last ?? 1
    for position in 0..<samples.count {
      let image = samples.image(at: position)
      guard image.width > 0, image.height > 0 else { continue }
      let original = SpatialSize(height: image.height, width: image.width)
      let size = transform.resizedSize(original, minSize: minSize)
      let first = objects.count
      for object in samples.learnable(at: position) {
        guard let box = Self.scaled(object.box, from: original, to: size) else { continue }
        objects.append(
          Object(
            annotation: object.annotation, label: object.label, box: box, area: object.box.area))
      }
      pictures.append(
        Picture(
          position: position, original: original, size: size,
          batch: transform.filled(size), objects: first..<objects.count))
    }
    self.pictures = pictures
    self.objects = objects
  }

  /// Returns the box within the picture, its corners scaled in float32 as the detector scales them;
  /// nil where nothing of it is left.
  private static func scaled(_ box: Box, from: SpatialSize, to: SpatialSize) -> Box? {
    let x = Float(to.width) / Float(from.width)
    let y = Float(to.height) / Float(from.height)
    func corner(_ value: Double, _ limit: Int, _ ratio: Float) -> Double {
      Double(max(0, min(Float(value), Float(limit))) * ratio)
    }
    let scaled = Box(
      x0: corner(box.x0, from.width, x), y0: corner(box.y0, from.height, y),
      x1: corner(box.x1, from.width, x), y1: corner(box.y1, from.height, y))
    return scaled.width > 0 && scaled.height > 0 ? scaled : nil
  }
}
