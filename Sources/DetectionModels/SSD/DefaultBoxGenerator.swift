public import Torch

/// SSD's default boxes (Liu et al., 2016); torchvision's `DefaultBoxGenerator`.
///
/// Around every place of every feature map there are a square of the map's scale, a square of a
/// scale between that and the next map's, and two boxes of each aspect ratio.
public struct DefaultBoxGenerator: Sendable {
  /// The ratios of width to height besides 1, each of which stands for itself and its reciprocal;
  /// one list for each map.
  public let aspectRatios: [[Double]]
  /// The side of each map's square as a fraction of the image, and one more at the end.
  public let scales: [Double]
  /// The distance between two places of each map in pixels; nil if the places divide the image
  /// evenly.
  public let steps: [Double]?
  /// A Boolean value that is true if boxes are limited to the width and height of the image.
  public let clip: Bool

  /// Creates default boxes from torchvision's arguments.
  ///
  /// - Parameters:
  ///   - aspectRatios: The ratios of width to height besides 1, one list for each map.
  ///   - minRatio: The scale of the first map if `scales` is nil.
  ///   - maxRatio: The scale of the last map if `scales` is nil.
  ///   - scales: The side of each map's square as a fraction of the image, and one more.
  ///   - steps: The distance between two places of each map in pixels.
  ///   - clip: Whether boxes are limited to the width and height of the image.
  /// - Throws: `ModelConfigurationError` for lists of different lengths and for numbers that are
  ///   not finite and above 0.
  public init(
    aspectRatios: [[Double]], minRatio: Double = 0.15, maxRatio: Double = 0.9,
    scales: [Double]? = nil, steps: [Double]? = nil, clip: Bool = true
  ) throws(ModelConfigurationError) {
    self.init(
      unchecked: aspectRatios, minRatio: minRatio, maxRatio: maxRatio, scales: scales,
      steps: steps, clip: clip)
    try check()
  }

  private init(
    unchecked aspectRatios: [[Double]], minRatio: Double = 0.15, maxRatio: Double = 0.9,
    scales: [Double]? = nil, steps: [Double]? = nil, clip: Bool = true
  ) {
    self.aspectRatios = aspectRatios
    self.scales =
      scales ?? Self.scales(from: minRatio, to: maxRatio, maps: aspectRatios.count)
    self.steps = steps
    self.clip = clip
  }

  /// The default boxes of SSD300.
  public static let ssd300 = DefaultBoxGenerator(
    unchecked: [[2], [2, 3], [2, 3], [2, 3], [2], [2]],
    scales: [0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05], steps: [8, 16, 32, 64, 100, 300])

  /// The default boxes of SSDLite.
  public static let ssdLite = DefaultBoxGenerator(
    unchecked: Array(repeating: [2, 3], count: 6), minRatio: 0.2, maxRatio: 0.95)

  /// The number of boxes at each place of each feature map.
  public var boxesPerLocation: [Int] { aspectRatios.map { 2 + 2 * $0.count } }

  /// Returns the default boxes of each feature map, [H·W·B, 4], row by row, those of one place
  /// together.
  ///
  /// They have the map's type, but at least 32 bits. All images of a batch share them.
  ///
  /// - Parameters:
  ///   - imageSize: The size of the batch.
  ///   - maps: The feature maps, [N, C, H, W] each, as many as there are lists of aspect
  ///     ratios.
  public func callAsFunction(imageSize: SpatialSize, maps: [Tensor]) -> [Tensor] {
    precondition(
      maps.count == aspectRatios.count,
      "expected \(aspectRatios.count) feature maps, found \(maps.count)")
    return maps.enumerated().map { index, map in
      // In 16 bits a coordinate would be off by several pixels.
      let type = map.dtype == .float64 ? DType.float64 : .float32
      let places = centres(ofMap: index, SpatialSize(of: map), imageSize).to(type)
      let sizes = sizes(ofMap: index).to(type)
      let picture = Tensor([imageSize.width, imageSize.height])
      // [H·W, B, 2]
      let half = 0.5 * sizes.unsqueezed(0)
      let centres = places.unsqueezed(1)
      return Tensor.concatenate([(centres - half) * picture, (centres + half) * picture], dim: 2)
        .reshaped([-1, 4]).to(map.device)
    }
  }

  /// Returns the widths and heights of a map's boxes as fractions of the image's, float32 [B, 2].
  func sizes(ofMap index: Int) -> Tensor {
    let sides = sides(ofMap: index)
    return Tensor(sides.flatMap { [$0.width, $0.height] }, shape: [sides.count, 2]).to(.float32)
  }

  /// Returns the widths and heights of a map's boxes as fractions of the image's.
  func sides(ofMap index: Int) -> [AnchorGrid.Shape] {
    let scale = scales[index]
    let between = (scale * scales[index + 1]).squareRoot()
    let squares = [scale, between].map { (width: $0, height: $0) }
    let others = aspectRatios[index].flatMap { ratio in
      let (long, short) = (scale * ratio.squareRoot(), scale / ratio.squareRoot())
      return [(width: long, height: short), (width: short, height: long)]
    }
    return (squares + others).map { side in
      AnchorGrid.Shape(
        width: clip ? min(side.width, 1) : side.width,
        height: clip ? min(side.height, 1) : side.height)
    }
  }

  /// Returns the places of a map as fractions of the image, float32 [H·W, 2], x before y.
  private func centres(ofMap index: Int, _ grid: SpatialSize, _ image: SpatialSize) -> Tensor {
    let step = steps?[index]
    func along(_ count: Int, _ length: Int) -> Tensor {
      let places = Tensor.arange(count).to(.float32) + 0.5
      return places / (step.map { Double(length) / $0 } ?? Double(count))
    }
    let shape = [grid.height, grid.width]
    let xs = along(grid.width, image.width).unsqueezed(0).expanded(shape)
    let ys = along(grid.height, image.height).unsqueezed(1).expanded(shape)
    return Tensor.stack([xs, ys], dim: 2).reshaped([-1, 2])
  }

  /// Returns equidistant scales, and 1 after them.
  private static func scales(from least: Double, to greatest: Double, maps: Int) -> [Double] {
    guard maps > 1 else { return [least, greatest] }
    let range = greatest - least
    return (0..<maps).map { least + range * Double($0) / Double(maps - 1) } + [1]
  }
}

extension DefaultBoxGenerator {
  private func check() throws(ModelConfigurationError) {
    try ModelConfigurationError.require(
      !aspectRatios.isEmpty, at: "aspect_ratios",
      "expected a list of aspect ratios for each feature map, found none")
    for ratio in aspectRatios.flatMap(\.self) {
      try ModelConfigurationError.require(
        ratio > 0 && ratio.isFinite, at: "aspect_ratios",
        "expected aspect ratios above 0, found \(ratio)")
    }
    try ModelConfigurationError.require(
      scales.count > aspectRatios.count, at: "scales",
      "expected a scale for each of \(aspectRatios.count) feature maps and one more, found "
        + "\(scales.count)")
    for scale in scales {
      try ModelConfigurationError.require(
        scale > 0 && scale.isFinite, at: "scales", "expected scales above 0, found \(scale)")
    }
    guard let steps else { return }
    try ModelConfigurationError.require(
      steps.count == aspectRatios.count, at: "steps",
      "expected a step for each of \(aspectRatios.count) feature maps, found \(steps.count)")
    for step in steps {
      try ModelConfigurationError.require(
        step > 0 && step.isFinite, at: "steps", "expected steps above 0, found \(step)")
    }
  }

  /// Throws if the boxes do not lie over images of a size whose maps have the given sizes, because
  /// a step would put the last places of a map outside.
  func check(
    maps: [SpatialSize], of picture: SpatialSize
  ) throws(ModelConfigurationError) {
    guard let steps else { return }
    for (map, step) in zip(maps, steps) {
      for (places, length) in [(map.height, picture.height), (map.width, picture.width)] {
        let expected = Double(length) / step
        try ModelConfigurationError.require(
          abs(Double(places) - expected) < 1, at: "size",
          """
          expected a size at which a feature map has a place every \(short(step)) pixels, as the \
          default boxes' steps say; at \(picture.height)×\(picture.width) one has \(places) in \
          \(length) pixels
          """)
      }
    }
  }

  private func short(_ number: Double) -> String {
    number == number.rounded() && number < 1e9 ? "\(Int(number))" : "\(number)"
  }
}
