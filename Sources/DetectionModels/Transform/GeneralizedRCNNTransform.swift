public import Torch

/// A transform that normalises images, resizes them with their boxes, masks and keypoints, pads
/// them to one batch, and maps detections back to the images as they were given; torchvision's
/// `GeneralizedRCNNTransform`.
public struct GeneralizedRCNNTransform: Sendable {
  /// The options of the transform.
  public var options: TransformOptions

  /// Creates a transform; the options are torchvision's defaults unless given.
  public init(_ options: TransformOptions = TransformOptions()) {
    self.options = options
  }

  /// Returns a batch of images alone, as in inference.
  ///
  /// - Parameter images: The images, each [C, H, W] of a floating-point type, from 0 to 1.
  public func callAsFunction(_ images: [Tensor]) -> ImageList {
    let minSize = options.minSize[options.minSize.count - 1]
    return withoutGradients { batch(images.map { resized(normalized($0), minSize: minSize) }) }
  }

  /// Returns a batch of images with their targets, as in training.
  ///
  /// It draws one number for each image, even if there is only one size to choose.
  public func callAsFunction(
    _ images: [Tensor], _ targets: [TrainingTarget]
  ) -> (images: ImageList, targets: [TrainingTarget]) {
    precondition(
      images.count == targets.count,
      "expected a target for each of \(images.count) pictures, found \(targets.count)")
    return withoutGradients {
      let list = batch(
        images.enumerated().map { picture, image in
          PictureDraws.begin(picture: picture, purpose: 0)
          let image = normalized(image)
          return options.resizesInTraining ? resized(image, minSize: drawnMinSize()) : image
        })
      let resizedTargets = targets.indices.map { index in
        let target = targets[index].resized(
          from: SpatialSize(of: images[index]), to: list.imageSizes[index])
        target.checkBoxes(image: index)
        return target
      }
      return (list, resizedTargets)
    }
  }

  /// Returns the size of an image after resizing: the fixed size, or the size times a scale, which
  /// is computed in float64 as from torchvision 0.28 on.
  ///
  /// - Parameters:
  ///   - size: The size of the image.
  ///   - minSize: The length of the shorter side, unless `maxSize` limits the longer one.
  public func resizedSize(_ size: SpatialSize, minSize: Int) -> SpatialSize {
    if let fixed = options.fixedSize { return fixed }
    let (height, width) = (Double(size.height), Double(size.width))
    let scale = min(
      Double(minSize) / min(height, width), Double(options.maxSize) / max(height, width))
    // An image far longer than wide keeps one pixel, where torchvision raises.
    return SpatialSize(
      height: max(1, Int((height * scale).rounded(.down))),
      width: max(1, Int((width * scale).rounded(.down))))
  }

  /// Returns detections in pixels of the images as they were given.
  ///
  /// - Parameters:
  ///   - detections: The detections of each image, in pixels of the batch.
  ///   - from: The sizes of the images in the batch.
  ///   - to: The sizes of the images as they were given.
  public func restored(
    _ detections: [Detections], from: [SpatialSize], to: [SpatialSize]
  ) -> [Detections] {
    zip(detections, zip(from, to)).map { detections, sizes in
      var restored = detections
      restored.boxes = resizeBoxes(detections.boxes, from: sizes.0, to: sizes.1)
      restored.masks?.move(to: restored.boxes, in: sizes.1)
      restored.keypoints = detections.keypoints.map {
        resizeKeypoints($0, from: sizes.0, to: sizes.1)
      }
      return restored
    }
  }

  private func drawnMinSize() -> Int {
    let count = options.minSize.count
    let draw = Tensor.empty([1])
    draw.fillUniform(0, Double(count))
    return options.minSize[min(Int(draw.item()), count - 1)]
  }

  private func normalized(_ image: Tensor) -> Tensor {
    precondition(image.rank == 3, "expected a picture [C, H, W], found \(image.shape)")
    precondition(
      image.dtype.isFloatingPoint,
      "expected a picture of a floating point type, found \(image.dtype)")
    return (image - channels(options.imageMean, like: image))
      / channels(options.imageStandardDeviation, like: image)
  }

  private func channels(_ values: [Double], like image: Tensor) -> Tensor {
    Tensor(values, shape: [values.count, 1, 1]).to(image.dtype).to(image.device)
  }

  private func resized(_ image: Tensor, minSize: Int) -> Tensor {
    let size = resizedSize(SpatialSize(of: image), minSize: minSize)
    return interpolate(image.unsqueezed(0), height: size.height, width: size.width, .bilinear)
      .squeezed(0)
  }

  private func batch(_ images: [Tensor]) -> ImageList {
    guard let first = images.first else { preconditionFailure("expected a picture, found none") }
    let sizes = images.map { SpatialSize(of: $0) }
    let (height, width) = (sizes.map(\.height).max() ?? 0, sizes.map(\.width).max() ?? 0)
    let batchSize = filled(SharedBatch.size(SpatialSize(height: height, width: width)))
    // Channels-last, so that oneDNN's convolutions need not reorder them.
    let batch = Tensor.zeros(
      [images.count, batchSize.height, batchSize.width, first.size(0)], dtype: first.dtype,
      on: first.device
    ).permuted([0, 3, 1, 2])
    for (index, (image, size)) in zip(images, sizes).enumerated() {
      batch[index, .all, 0..<size.height, 0..<size.width].copy(from: image)
    }
    return ImageList(tensors: batch, imageSizes: sizes)
  }

  /// Returns the size of a padded batch, given the greatest height and width of its images.
  public func filled(_ size: SpatialSize) -> SpatialSize {
    let divisor = options.sizeDivisible
    func filled(_ side: Int) -> Int { (side + divisor - 1) / divisor * divisor }
    return SpatialSize(height: filled(size.height), width: filled(size.width))
  }
}

/// Returns boxes [N, 4] of an image after resizing; the ratios are in float32 as in torchvision.
func resizeBoxes(_ boxes: Tensor, from: SpatialSize, to: SpatialSize) -> Tensor {
  let x = Float(to.width) / Float(from.width)
  let y = Float(to.height) / Float(from.height)
  return boxes * Tensor([x, y, x, y]).to(boxes.device)
}

/// Returns keypoints [N, K, 3] of an image after resizing, likewise; visibilities are kept.
func resizeKeypoints(_ keypoints: Tensor, from: SpatialSize, to: SpatialSize) -> Tensor {
  let x = Float(to.width) / Float(from.width)
  let y = Float(to.height) / Float(from.height)
  return keypoints * Tensor([x, y, 1]).to(keypoints.device)
}

extension TrainingTarget {
  /// Returns the target of the image in another size; masks take their nearest pixel.
  func resized(from: SpatialSize, to: SpatialSize) -> TrainingTarget {
    let masks = masks.map {
      interpolate(
        $0.unsqueezed(1).to(.float32), height: to.height, width: to.width, .nearest
      ).squeezed(1).to(.uint8)
    }
    return TrainingTarget(
      boxes: resizeBoxes(boxes, from: from, to: to), labels: labels, masks: masks,
      keypoints: keypoints.map { resizeKeypoints($0, from: from, to: to) })
  }
}

/// The options of the transform, with torchvision's defaults.
///
/// They are coded under the names of torchvision's arguments.
public struct TransformOptions: Sendable, Codable, Hashable {
  /// The length of the shorter side after resizing, in pixels, unless `maxSize` limits the longer
  /// one.
  ///
  /// Training draws one of them for each image, inference takes the last.
  public var minSize: [Int]
  /// The greatest length of the longer side after resizing, in pixels.
  public var maxSize: Int
  /// A Boolean value that is true if training resizes images too.
  ///
  /// It is the opposite of torchvision's `_skip_resize`, for images that have their size from an
  /// augmentation, and is not coded.
  public var resizesInTraining = true
  /// The mean of each channel, which is subtracted.
  public var imageMean: [Double] = [0.485, 0.456, 0.406]
  /// The standard deviation of each channel, by which the image is divided.
  public var imageStandardDeviation: [Double] = [0.229, 0.224, 0.225]
  /// The number of which the height and width of a batch are multiples.
  public var sizeDivisible = 32
  /// The size of all images after resizing, whatever their shape; nil to keep their shape. The
  /// options of detectors with a fixed size code it themselves.
  public private(set) var fixedSize: SpatialSize?

  /// Creates options that resize images to a shorter side, within a greatest longer side.
  public init(minSize: [Int] = [800], maxSize: Int = 1333) {
    self.minSize = minSize
    self.maxSize = maxSize
  }

  /// Creates options that resize all images to one size, whatever their shape, without padding.
  public init(fixedSize size: SpatialSize) {
    self.init(minSize: [min(size.height, size.width)], maxSize: max(size.height, size.width))
    sizeDivisible = 1
    fixedSize = size
  }

  /// Returns these options with another image size.
  ///
  /// A fixed size keeps its orientation and takes the two numbers as its sides.
  public func sized(minSize: Int, maxSize: Int) -> TransformOptions {
    var options = self
    options.minSize = [minSize]
    options.maxSize = maxSize
    guard let fixedSize else { return options }
    let isUpright = fixedSize.height > fixedSize.width
    options.fixedSize = SpatialSize(
      height: isUpright ? maxSize : minSize, width: isUpright ? minSize : maxSize)
    return options
  }

  private enum CodingKeys: String, CodingKey {
    case minSize = "min_size"
    case maxSize = "max_size"
    case imageMean = "image_mean"
    case imageStandardDeviation = "image_std"
    case sizeDivisible = "size_divisible"
  }
}
