public import Torch

/// Writes boxes as the distances of their four sides from the centre of another box, by that box's
/// size, and back (Tian et al., 2019).
public struct BoxLinearCoder: Sendable {
  public init() {}

  /// Distances [..., 4] (left, top, right, bottom) of the sides of boxes from the centres of places.
  ///
  /// - Parameters:
  ///   - places: [..., 4]: x0, y0, x1, y1
  ///   - boxes: [..., 4] of the same shape
  public func encode(_ places: Tensor, _ boxes: Tensor) -> Tensor {
    let (centres, sizes) = centresAndSizes(of: places)
    return .concatenate(
      [
        (centres - boxes.slice(dim: -1, to: 2)) / sizes,
        (boxes.slice(dim: -1, from: 2) - centres) / sizes,
      ], dim: -1)
  }

  /// Boxes [..., 4] whose sides have distances [..., 4] from the centres of places [..., 4].
  public func decode(_ codes: Tensor, _ places: Tensor) -> Tensor {
    // Distances in half precision would put a box's corners pixels away.
    let codes = codes.inFullPrecision
    let (centres, sizes) = centresAndSizes(of: places.to(codes.dtype))
    return .concatenate(
      [
        centres - codes.slice(dim: -1, to: 2) * sizes,
        centres + codes.slice(dim: -1, from: 2) * sizes,
      ], dim: -1)
  }

  /// Of boxes [..., 4], each [..., 2], x before y.
  private func centresAndSizes(of boxes: Tensor) -> (centres: Tensor, sizes: Tensor) {
    let (topLeft, bottomRight) = (boxes.slice(dim: -1, to: 2), boxes.slice(dim: -1, from: 2))
    return (0.5 * (topLeft + bottomRight), bottomRight - topLeft)
  }
}
