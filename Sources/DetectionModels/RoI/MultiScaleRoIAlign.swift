public import Torch

/// A pooling that takes each box from the feature map that fits its size and resamples it to one
/// size (He et al., 2017; the choice of the map: Lin et al., 2017, equation 1); torchvision's
/// `MultiScaleRoIAlign`.
public struct MultiScaleRoIAlign: Sendable {
  /// The names of the maps that boxes are taken from.
  public let featureMapNames: [String]
  /// The height and width of each pooled box.
  public let outputSize: SpatialSize
  /// The number of sampling points along each side of a cell of the output; ≤ 0 for as many as the
  /// box has pixels of the map there.
  public let samplingRatio: Int
  /// The side, in pixels, of a box that belongs to the canonical level.
  public let canonicalScale: Double
  /// The level of a box with the canonical side; level l has 1/2ˡ of the image's resolution.
  public let canonicalLevel: Double

  /// Creates a pooling; the canonical scale and level are by default those of the paper.
  public init(
    featureMapNames: [String], outputSize: SpatialSize, samplingRatio: Int,
    canonicalScale: Double = 224, canonicalLevel: Double = 4
  ) {
    self.featureMapNames = featureMapNames
    self.outputSize = outputSize
    self.samplingRatio = samplingRatio
    self.canonicalScale = canonicalScale
    self.canonicalLevel = canonicalLevel
  }

  /// Creates a pooling to a square output.
  public init(featureMapNames: [String], outputSize: Int, samplingRatio: Int) {
    self.init(
      featureMapNames: featureMapNames,
      outputSize: SpatialSize(height: outputSize, width: outputSize), samplingRatio: samplingRatio)
  }

  /// Returns the pooled boxes, one image after another: [K, C, outputSize].
  ///
  /// torchvision infers the scales of the maps from its first batch and keeps them; here each batch
  /// has its own, so that the same images always give the same output.
  ///
  /// - Parameters:
  ///   - maps: The feature maps, which must contain those of `featureMapNames`.
  ///   - boxes: The boxes of each image, [K, 4] in pixels of the batch.
  ///   - imageSizes: The sizes of the images, without padding.
  public func callAsFunction(
    _ maps: FeatureMaps, _ boxes: [Tensor], _ imageSizes: [SpatialSize]
  ) -> Tensor {
    let maps = maps.filter { featureMapNames.contains($0.name) }.map(\.map)
    precondition(
      maps.count == featureMapNames.count,
      "expected feature maps \(featureMapNames), found \(maps.count) of them")
    let scales = scales(maps.map { SpatialSize(of: $0) }, imageSizes)
    let regions = regions(boxes)
    guard maps.count > 1 else { return aligned(maps[0], regions, scales[0]) }
    let levels = levels(of: regions[.all, 1...], scales)
    let members = maps.indices.map { (levels .== $0).nonzero().flattened() }
    let pooled = zip(zip(maps, scales), members).map { level, members in
      aligned(level.0, regions[members], level.1)
    }
    // Restores the order of the boxes.
    let order = Tensor.concatenate(members)
    let places = order.scatter(dim: 0, order, .arange(order.count, on: order.device))
    return Tensor.concatenate(pooled).indexSelect(dim: 0, places)
  }

  /// Returns the scale of each map relative to the images: the power of two nearest to the ratio of
  /// the heights.
  public func scales(_ maps: [SpatialSize], _ imageSizes: [SpatialSize]) -> [Double] {
    let height = imageSizes.map(\.height).max() ?? 1
    return maps.map { map in
      let ratio = Float(map.height) / Float(height)
      let roundsUp = ratio.significand > Float(2).squareRoot()
      return Double(sign: .plus, exponent: Int(ratio.exponent) + (roundsUp ? 1 : 0), significand: 1)
    }
  }

  /// Returns the index of the map that each box is taken from, int64 [K].
  ///
  /// - Parameters:
  ///   - boxes: The boxes, [K, 4] in pixels of the batch.
  ///   - scales: The scales of the maps, as `scales(_:_:)` returns them.
  public func levels(of boxes: Tensor, _ scales: [Double]) -> Tensor {
    let lowest = -Double(scales[0].exponent)
    // The maps need not be consecutive levels: torchvision gives zeros to a box whose level has no
    // map, here it gets a coarser map.
    let highest = min(
      -Double(scales[scales.count - 1].exponent), lowest + Double(scales.count - 1))
    let sides = boxArea(boxes).sqrt()
    // The small number keeps a box exactly as large as its level from falling below it.
    let levels = (canonicalLevel + (sides / canonicalScale).log2() + 1e-6).floor()
    // A box with NaN has no level and takes the finest map, which gives it zeros.
    let numbers = Tensor.where(
      levels.isNaN(), Tensor(lowest).to(levels.dtype).to(levels.device), levels)
    return numbers.clamped(min: lowest, max: highest).to(.int64) - Int(lowest)
  }

  /// Returns boxes with the index of their image in front: [K, 5].
  private func regions(_ boxes: [Tensor]) -> Tensor {
    let indices = boxes.enumerated().map { index, boxes in
      Tensor.full([boxes.size(0), 1], Double(index), dtype: boxes.dtype, on: boxes.device)
    }
    return .concatenate([.concatenate(indices), .concatenate(boxes)], dim: 1)
  }

  private func aligned(_ map: Tensor, _ regions: Tensor, _ scale: Double) -> Tensor {
    roiAlign(
      map, regions, outputSize: [outputSize.height, outputSize.width], spatialScale: scale,
      samplingRatio: samplingRatio)
  }
}
