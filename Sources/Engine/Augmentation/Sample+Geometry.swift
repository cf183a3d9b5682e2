import Torch

extension Sample {
  /// Returns the sample in another size in pixels: the image bilinearly, with antialiasing if it
  /// becomes smaller, as in Pillow; masks by the nearest pixel.
  public func resized(width newWidth: Int, height newHeight: Int) -> Sample {
    var sample = self
    sample.image = interpolate(
      image.unsqueezed(0), height: newHeight, width: newWidth, .bilinear, antialias: true
    ).squeezed(0)
    let x = Float(newWidth) / Float(width)
    let y = Float(newHeight) / Float(height)
    sample.target.boxes = target.boxes * Tensor([x, y, x, y] as [Float])
    sample.keypoints = keypoints.map { $0 * Tensor([x, y, 1] as [Float]) }
    sample.target.masks = target.masks.map { masks in
      guard masks.size(0) > 0 else { return .zeros([0, newHeight, newWidth], dtype: .uint8) }
      return interpolate(
        masks.unsqueezed(0).to(.float32), height: newHeight, width: newWidth, .nearest
      ).squeezed(0).to(.uint8)
    }
    return sample
  }

  /// Returns the part of the sample within a window in pixels. Boxes are clamped to it, also to
  /// nothing; keypoints outside become unlabelled.
  public func cropped(x: Int, y: Int, width newWidth: Int, height newHeight: Int) -> Sample {
    func window(_ planes: Tensor) -> Tensor {
      planes.slice(dim: 1, from: y, to: y + newHeight).slice(dim: 2, from: x, to: x + newWidth)
        .contiguous()
    }
    var sample = self
    sample.image = window(image)
    sample.target.masks = target.masks.map(window)
    let offset = Tensor([Float(x), Float(y), Float(x), Float(y)])
    let most = Tensor([Float(newWidth), Float(newHeight), Float(newWidth), Float(newHeight)])
    sample.target.boxes = (target.boxes - offset).clamped(min: 0).minimum(most)
    sample.keypoints = keypoints.map { keypoints in
      let moved = keypoints - Tensor([Float(x), Float(y), 0])
      let places = moved.slice(dim: 2, to: 2)
      let isWithin =
        (places .>= 0).all(dims: [2], keepDim: true)
        .& (places .<= Tensor([Float(newWidth), Float(newHeight)])).all(dims: [2], keepDim: true)
        .& (keypoints.slice(dim: 2, from: 2) .> 0)
      return Tensor.where(isWithin, moved, Tensor.zeros(moved.shape))
    }
    return sample
  }

  /// Returns the sample at x, y of a larger image of a plain colour, in pixels.
  ///
  /// - Parameters:
  ///   - newWidth: The width of the result in pixels.
  ///   - newHeight: The height of the result in pixels.
  ///   - x: The left edge of the part, in pixels.
  ///   - y: The upper edge of the part, in pixels.
  ///   - fill: The colour of each channel, 0 … 1.
  public func onCanvas(
    width newWidth: Int, height newHeight: Int, x: Int, y: Int, fill: [Double]
  ) -> Sample {
    var sample = self
    sample.image = .empty([image.size(0), newHeight, newWidth])
    for channel in 0..<image.size(0) {
      sample.image.select(dim: 0, channel).fill(fill[min(channel, fill.count - 1)])
    }
    sample.image[.all, y..<(y + height), x..<(x + width)].copy(from: image)
    sample.target.masks = target.masks.map { masks in
      masks.padded([x, newWidth - width - x, y, newHeight - height - y])
    }
    sample.target.boxes = target.boxes + Tensor([Float(x), Float(y), Float(x), Float(y)])
    sample.keypoints = keypoints.map { keypoints in
      let isGiven = keypoints.slice(dim: 2, from: 2) .> 0
      return Tensor.where(isGiven, keypoints + Tensor([Float(x), Float(y), 0]), keypoints)
    }
    return sample
  }

  /// Returns the sample with the objects at some positions alone.
  public func keeping(_ objects: [Int]) -> Sample {
    guard objects.count < target.labels.size(0) else { return self }
    let indices = Tensor(objects.map { Int64($0) })
    var sample = self
    sample.target.boxes = target.boxes.indexSelect(dim: 0, indices)
    sample.target.labels = target.labels.indexSelect(dim: 0, indices)
    sample.target.masks = target.masks?.indexSelect(dim: 0, indices)
    sample.keypoints = keypoints?.indexSelect(dim: 0, indices)
    return sample
  }

  /// The boxes' corners x0 y0 x1 y1, pixels.
  var corners: [[Float]] {
    let numbers = target.boxes.scalars(as: Float.self)
    return stride(from: 0, to: numbers.count, by: 4).map { Array(numbers[$0..<($0 + 4)]) }
  }

  /// Returns the sample without boxes of no width or height, or of so little that their edges may
  /// fall together in float32: a model refuses such a box.
  func withoutVanishedBoxes() -> Sample {
    let least = Float(max(width, height)) * 0x1p-20
    let boxes = corners
    return keeping(
      boxes.indices.filter {
        min(boxes[$0][2] - boxes[$0][0], boxes[$0][3] - boxes[$0][1]) > least
      })
  }
}
