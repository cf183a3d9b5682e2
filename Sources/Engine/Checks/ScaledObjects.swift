import COCO
import DetectionModels

/// The objects of a dataset in pixels of the images as a detector resizes them.
struct ScaledObjects: Sendable {
  struct Object: Sendable {
    /// The annotation's index in the dataset.
    let annotation: Int
    let label: Int64
    /// The box in pixels of the resized image, within it.
    let box: Box
    /// The area of the box in the original image, in square pixels.
    let area: Double
  }

  struct Picture: Sendable {
    let position: Int
    /// The original size.
    let original: SpatialSize
    /// The size after the detector's resizing.
    let size: SpatialSize
    /// The size with padding, in a batch of its own.
    let batch: SpatialSize
    let objects: Range<Int>
  }

  let pictures: [Picture]
  let objects: [Object]

  /// Scales the objects of samples.
  ///
  /// - Parameters:
  ///   - samples: The samples; images of unknown size are left out.
  ///   - transform: The detector's transform.
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

  /// Returns the box within the image, its corners scaled in float32 as by the detector; nil if
  /// nothing of it is left.
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
