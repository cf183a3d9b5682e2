public import Torch

/// A coder between boxes and the distances of their four sides from the centre of another box,
/// relative to that box's size (Tian et al., 2019); torchvision's `BoxLinearCoder`.
public struct BoxLinearCoder: Sendable {
  /// Creates a coder that normalises distances by the size of the other box.
  public init() {}

  /// Returns the distances [..., 4] (left, top, right, bottom) of the boxes' sides from the centres
  /// of places.
  ///
  /// - Parameters:
  ///   - places: The places as boxes, [..., 4]: x0, y0, x1, y1.
  ///   - boxes: The boxes, [..., 4] of the same shape.
  public func encode(_ places: Tensor, _ boxes: Tensor) -> Tensor {
    let (centres, sizes) = centresAndSizes(of: places)
    return .concatenate(
      [
        (centres - boxes.slice(dim: -1, to: 2)) / sizes,
        (boxes.slice(dim: -1, from: 2) - centres) / sizes,
      ], dim: -1)
  }

  /// Returns the boxes [..., 4] whose sides have distances [..., 4] from the centres of places
  /// [..., 4].
  public func decode(_ codes: Tensor, _ places: Tensor) -> Tensor {
    // Distances in half precision would move a box's corners by several pixels.
    let codes = codes.inFullPrecision
    let (centres, sizes) = centresAndSizes(of: places.to(codes.dtype))
    return .concatenate(
      [
        centres - codes.slice(dim: -1, to: 2) * sizes,
        centres + codes.slice(dim: -1, from: 2) * sizes,
      ], dim: -1)
  }

  /// Returns the centres and sizes of boxes [..., 4], [..., 2] each, x before y.
  private func centresAndSizes(of boxes: Tensor) -> (centres: Tensor, sizes: Tensor) {
    let (topLeft, bottomRight) = (boxes.slice(dim: -1, to: 2), boxes.slice(dim: -1, from: 2))
    return (0.5 * (topLeft + bottomRight), bottomRight - topLeft)
  }
}
