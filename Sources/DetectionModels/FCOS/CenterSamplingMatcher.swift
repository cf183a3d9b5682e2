public import Torch

/// A matcher that assigns each place the smallest object around it whose centre is near and whose
/// sides are within the range of the place's feature map (Tian et al., 2019, with centre sampling).
public struct CenterSamplingMatcher: Sendable {
  /// The places of all feature maps, with the range of distances to an object's farthest side.
  public struct Places: Sendable {
    /// The centre's x coordinate, [A, 1], as are the other four.
    fileprivate let x: Tensor
    fileprivate let y: Tensor
    fileprivate let size: Tensor
    fileprivate let lowerBound: Tensor
    fileprivate let upperBound: Tensor

    /// Creates places from the squares of each feature map, [A, 4], finest first.
    ///
    /// A place takes objects whose farthest side is 4 to 8 times its size away; the finest map has
    /// no lower limit, the coarsest no upper one.
    public init(_ levels: [Tensor]) {
      let boxes = Tensor.concatenate(levels)
      let (left, right) = (boxes[.all, 0..<1], boxes[.all, 2..<3])
      x = (left + right) / 2
      y = (boxes[.all, 1..<2] + boxes[.all, 3..<4]) / 2
      size = right - left
      let counts = levels.map { $0.size(0) }
      let (first, last) = (counts.first ?? 0, counts.last ?? 0)
      let lower = (size * 4)[first...]
      lowerBound = .concatenate([.zeros([first, 1], dtype: size.dtype, on: size.device), lower])
      let upper = (size * 8)[..<(size.size(0) - last)]
      upperBound = .concatenate([
        upper, .full([last, 1], .infinity, dtype: size.dtype, on: size.device),
      ])
    }

    /// The number of places.
    public var count: Int { size.size(0) }
  }

  /// The greatest distance from a place to the centre of its object, relative to the place's size.
  public let radius: Double

  /// Creates a matcher with a radius of centre sampling.
  public init(radius: Double) {
    self.radius = radius
  }

  /// Returns the index of each place's object, or −1: int64 [A].
  ///
  /// - Parameters:
  ///   - places: The places of all feature maps.
  ///   - boxes: The boxes [M, 4] of M > 0 objects.
  public func callAsFunction(_ places: Places, to boxes: Tensor) -> Tensor {
    // Each [M], against places [A, 1].
    let (x0, y0) = (boxes.select(dim: 1, 0), boxes.select(dim: 1, 1))
    let (x1, y1) = (boxes.select(dim: 1, 2), boxes.select(dim: 1, 3))
    let fromCentre = (places.x - (x0 + x1) / 2).abs().maximum((places.y - (y0 + y1) / 2).abs())
    let (left, right) = (places.x - x0, x1 - places.x)
    let (top, bottom) = (places.y - y0, y1 - places.y)
    let nearest = left.minimum(right).minimum(top.minimum(bottom))
    let farthest = left.maximum(right).maximum(top.maximum(bottom))
    let isMatch =
      (fromCentre .< radius * places.size) .& (nearest .> 0)
      .& (farthest .> places.lowerBound) .& (farthest .< places.upperBound)
    // The smallest object has the greatest weight, and an object that does not match has none.
    let weights = isMatch.to(.float32) * (1e8 - (x1 - x0) * (y1 - y0))
    let best = weights.max(dim: 1)
    return .where(best.values .< 1e-5, Tensor(-1).to(boxes.device), best.indices)
  }

  /// Returns the index of each place's object; −1 for all places if the image has no objects.
  func matches(_ places: Places, to target: TrainingTarget) -> Tensor {
    target.isEmpty
      ? .full([places.count], -1, dtype: .int64, on: places.size.device)
      : self(places, to: target.boxes)
  }
}
