public import Torch

/// Writes boxes as offsets to other boxes, which a network learns, and back (Girshick et al.,
/// 2014): the centre's shift by the size, and the logarithm of the ratio of the sizes.
public struct BoxCoder: Sendable {
  /// What the four offsets (x, y, width, height) are multiplied by.
  public let weights: [Double]
  /// Where offsets of width and height are cut, above only, so that `exp` stays finite.
  public let clip: Double

  /// - Parameter clip: ln(1000 / 16) as in torchvision.
  public init(weights: [Double] = [1, 1, 1, 1], clip: Double = 4.135_166_556_742_356) {
    precondition(weights.count == 4, "expected 4 weights, found \(weights.count)")
    self.weights = weights
    self.clip = clip
  }

  /// Offsets [N, 4] that lead from proposals [N, 4] to boxes [N, 4].
  public func encode(_ boxes: Tensor, _ proposals: Tensor) -> Tensor {
    let (from, to) = (CentredBoxes(proposals), CentredBoxes(boxes))
    let weights = weights(like: boxes)
    return .concatenate(
      [
        weights[..<2] * (to.centres - from.centres) / from.sizes,
        weights[2...] * (to.sizes / from.sizes).log(),
      ], dim: 1)
  }

  /// Boxes [N, K, 4] to which offsets [N, 4·K] lead from each of the boxes [N, 4].
  public func decode(_ codes: Tensor, _ boxes: Tensor) -> Tensor {
    // Offsets in half precision would put a box's corners pixels away.
    let codes = codes.inFullPrecision.reshaped([boxes.size(0), codes.size(1) / 4, 4])
    let boxes = boxes.to(codes.dtype)
    let offsets = codes / weights(like: boxes)
    let from = CentredBoxes(boxes.unsqueezed(1))
    let centres = offsets[.all, .all, ..<2] * from.sizes + from.centres
    let half = 0.5 * (offsets[.all, .all, 2...].clamped(max: clip).exp() * from.sizes)
    return .concatenate([centres - half, centres + half], dim: 2)
  }

  private func weights(like boxes: Tensor) -> Tensor {
    Tensor(weights).to(boxes.dtype).to(boxes.device)
  }
}

/// Boxes [..., 4] as centres and sizes [..., 2], x before y.
private struct CentredBoxes {
  let centres: Tensor
  let sizes: Tensor

  init(_ boxes: Tensor) {
    let topLeft = boxes.slice(dim: -1, to: 2)
    sizes = boxes.slice(dim: -1, from: 2) - topLeft
    centres = topLeft + 0.5 * sizes
  }
}
