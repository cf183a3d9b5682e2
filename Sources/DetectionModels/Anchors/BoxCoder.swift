public import Torch

/// A coder between boxes and their offsets from other boxes, which a network predicts (Girshick et
/// al., 2014); torchvision's `BoxCoder`.
///
/// The offsets are the shift of the centre relative to the size, and the logarithm of the ratio of
/// the sizes.
public struct BoxCoder: Sendable {
  /// The factors of the four offsets: x, y, width, height.
  public let weights: [Double]
  /// The upper limit of the offsets of width and height, which keeps `exp` finite.
  public let clip: Double

  /// Creates a coder; the default clip is torchvision's ln(1000 / 16). Traps unless there are four
  /// weights.
  public init(weights: [Double] = [1, 1, 1, 1], clip: Double = 4.135_166_556_742_356) {
    precondition(weights.count == 4, "expected 4 weights, found \(weights.count)")
    self.weights = weights
    self.clip = clip
  }

  /// Returns the offsets [N, 4] from proposals [N, 4] to boxes [N, 4].
  public func encode(_ boxes: Tensor, _ proposals: Tensor) -> Tensor {
    let (from, to) = (CentredBoxes(proposals), CentredBoxes(boxes))
    let weights = weights(like: boxes)
    return .concatenate(
      [
        weights[..<2] * (to.centres - from.centres) / from.sizes,
        weights[2...] * (to.sizes / from.sizes).log(),
      ], dim: 1)
  }

  /// Returns the boxes [N, K, 4] that offsets [N, 4·K] lead to from boxes [N, 4].
  public func decode(_ codes: Tensor, _ boxes: Tensor) -> Tensor {
    // Offsets in half precision would move a box's corners by several pixels.
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

/// The centres and sizes of boxes [..., 4], [..., 2] each, x before y.
private struct CentredBoxes {
  let centres: Tensor
  let sizes: Tensor

  init(_ boxes: Tensor) {
    let topLeft = boxes.slice(dim: -1, to: 2)
    sizes = boxes.slice(dim: -1, from: 2) - topLeft
    centres = topLeft + 0.5 * sizes
  }
}
