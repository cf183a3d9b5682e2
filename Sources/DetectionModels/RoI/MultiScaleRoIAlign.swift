public import Torch

/// Cuts boxes out of the feature map that fits their size and brings them to one size (He et al.,
/// 2017; the choice of the map: Lin et al., 2017, equation 1).
public struct MultiScaleRoIAlign: Sendable {
  /// The maps that are looked at.
  public let featureMapNames: [String]
  public let outputSize: SpatialSize
  /// Points by height and by width in each cell of the output; ≤ 0 for as many as the box has
  /// pixels of the map there.
  public let samplingRatio: Int
  /// The side of a box that belongs to the canonical level.
  public let canonicalScale: Double
  public let canonicalLevel: Double

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

  public init(featureMapNames: [String], outputSize: Int, samplingRatio: Int) {
    self.init(
      featureMapNames: featureMapNames,
      outputSize: SpatialSize(height: outputSize, width: outputSize), samplingRatio: samplingRatio)
  }

  /// Returns what is cut out for all boxes, image by image: [K, C, outputSize].
  ///
  /// torchvision infers the maps' scales from its first batch for ever; here each batch has its
  /// own, so that the same images always give the same output.
  ///
  /// - Parameters:
  ///   - boxes: of each image [K, 4] in pixels of the batch.
  ///   - imageSizes: of the images, without what was filled.
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
    // Back into the order of the boxes.
    let order = Tensor.concatenate(members)
    let places = order.scatter(dim: 0, order, .arange(order.count, on: order.device))
    return Tensor.concatenate(pooled).indexSelect(dim: 0, places)
  }

  /// What a pixel of the image is on each map: the power of two nearest to the ratio of the
  /// heights.
  public func scales(_ maps: [SpatialSize], _ imageSizes: [SpatialSize]) -> [Double] {
    let height = imageSizes.map(\.height).max() ?? 1
    return maps.map { map in
      let ratio = Float(map.height) / Float(height)
      let roundsUp = ratio.significand > Float(2).squareRoot()
      return Double(sign: .plus, exponent: Int(ratio.exponent) + (roundsUp ? 1 : 0), significand: 1)
    }
  }

  /// Returns the index of the map that each box is taken from: int64 [K].
  ///
  /// - Parameters:
  ///   - boxes: [K, 4] in pixels of the batch.
  ///   - scales: of the maps.
  public func levels(of boxes: Tensor, _ scales: [Double]) -> Tensor {
    let lowest = -Double(scales[0].exponent)
    // Maps need not be levels that follow one another: torchvision leaves a box zeros whose level
    // has none, here it gets a coarser map.
    let highest = min(
      -Double(scales[scales.count - 1].exponent), lowest + Double(scales.count - 1))
    let sides = boxArea(boxes).sqrt()
    // The small number keeps a box that is just as large as its level from falling below it.
    let levels = (canonicalLevel + (sides / canonicalScale).log2() + 1e-6).floor()
    // A box that is not a number has no level and takes the finest map, which gives it zeros.
    let numbers = Tensor.where(
      levels.isNaN(), Tensor(lowest).to(levels.dtype).to(levels.device), levels)
    return numbers.clamped(min: lowest, max: highest).to(.int64) - Int(lowest)
  }

  /// Boxes with their image's index before them: [K, 5].
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
