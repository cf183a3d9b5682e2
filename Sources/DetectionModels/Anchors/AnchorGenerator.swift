public import Torch

/// A generator of anchors: boxes of several sizes and shapes around every place of every feature map
/// (Ren et al., 2015); torchvision's `AnchorGenerator`.
public struct AnchorGenerator: Sendable {
  /// The square roots of the anchors' areas in pixels; one list for each feature map.
  public let sizes: [[Double]]
  /// The ratios of height to width; one list for each feature map.
  public let aspectRatios: [[Double]]

  /// Creates anchors from the sizes and aspect ratios of each feature map.
  ///
  /// - Throws: `ModelConfigurationError` unless both have one non-empty list for each map, and
  ///   all numbers are finite and above 0.
  public init(sizes: [[Double]], aspectRatios: [[Double]]) throws(ModelConfigurationError) {
    try ModelConfigurationError.require(
      sizes.count == aspectRatios.count, at: "aspect_ratios",
      """
      expected a list of aspect ratios for each list of anchor sizes (\(sizes.count)), \
      found \(aspectRatios.count)
      """)
    for number in (sizes + aspectRatios).flatMap(\.self) {
      try ModelConfigurationError.require(
        number > 0 && number.isFinite, "expected anchors above 0, found \(number)")
    }
    try ModelConfigurationError.require(
      !sizes.isEmpty && (sizes + aspectRatios).allSatisfy { !$0.isEmpty },
      "expected a size and an aspect ratio for each feature map, found an empty list")
    self.init(checkedSizes: sizes, aspectRatios: aspectRatios)
  }

  /// Creates anchors of one size for each feature map, with the same aspect ratios on all of them.
  ///
  /// - Throws: `ModelConfigurationError` if a list is empty or a number is not above 0.
  public init(sizes: [Double], aspectRatios: [Double]) throws(ModelConfigurationError) {
    try self.init(
      sizes: sizes.map { [$0] },
      aspectRatios: Array(repeating: aspectRatios, count: sizes.count))
  }

  private init(checkedSizes: [[Double]], aspectRatios: [[Double]]) {
    sizes = checkedSizes
    self.aspectRatios = aspectRatios
  }

  /// Returns anchors of the aspect ratios 0.5, 1 and 2 that torchvision's models have.
  static func threeShapes(sizes: [[Double]]) -> AnchorGenerator {
    AnchorGenerator(
      checkedSizes: sizes, aspectRatios: Array(repeating: [0.5, 1, 2], count: sizes.count))
  }

  /// Returns one square anchor at every place.
  static func squares(sizes: [Double]) -> AnchorGenerator {
    AnchorGenerator(
      checkedSizes: sizes.map { [$0] }, aspectRatios: Array(repeating: [1], count: sizes.count))
  }

  /// Faster R-CNN's anchors on a pyramid of five maps: one size each, from 32 to 512.
  public static let fasterRCNN = threeShapes(sizes: [[32], [64], [128], [256], [512]])

  /// RetinaNet's anchors on a pyramid of five maps: three sizes each, a third of an octave apart.
  public static let retinaNet = threeShapes(sizes: [
    [32, 40, 50], [64, 80, 101], [128, 161, 203], [256, 322, 406], [512, 645, 812],
  ])

  /// The number of anchors at each place of each feature map.
  public var anchorsPerLocation: [Int] {
    zip(sizes, aspectRatios).map { $0.count * $1.count }
  }

  /// The anchors of each feature map centred on the origin, [A, 4]: corners in whole pixels, one
  /// aspect ratio after another.
  public var cellAnchors: [Tensor] {
    zip(sizes, aspectRatios).map { sizes, ratios in
      let shapes = Self.shapes(sizes: sizes, aspectRatios: ratios)
      let corners = shapes.flatMap { shape -> [Float] in
        let (right, bottom) = (Float(shape.width / 2), Float(shape.height / 2))
        return [-right, -bottom, right, bottom]
      }
      return Tensor(corners, shape: [shapes.count, 4])
    }
  }

  /// Returns the anchors of each feature map, [H·W·A, 4], row by row, those of one place together.
  ///
  /// They have the map's type, but at least 32 bits. All images of a batch share them.
  ///
  /// - Parameters:
  ///   - imageSize: The size of the batch, padding included.
  ///   - maps: The feature maps, [N, C, H, W] each, as many as there are lists of sizes.
  public func callAsFunction(imageSize: SpatialSize, maps: [Tensor]) -> [Tensor] {
    precondition(
      maps.count == sizes.count, "expected \(sizes.count) feature maps, found \(maps.count)")
    return zip(maps, cellAnchors).map { map, cell in
      let grid = SpatialSize(of: map)
      // The division drops the remainder, which gives torchvision's stride.
      let x = Tensor.arange(grid.width, on: map.device) * (imageSize.width / grid.width)
      let y = Tensor.arange(grid.height, on: map.device) * (imageSize.height / grid.height)
      let shape = [grid.height, grid.width]
      let xs = x.unsqueezed(0).expanded(shape)
      let ys = y.unsqueezed(1).expanded(shape)
      let shifts = Tensor.stack([xs, ys, xs, ys], dim: 2).reshaped([-1, 1, 4])
      // In 16 bits a coordinate would be off by several pixels.
      let type = map.dtype == .float64 ? DType.float64 : .float32
      return (shifts.to(type) + cell.to(map.device)).reshaped([-1, 4])
    }
  }
}
