public import Torch

/// The masks of the detections of one image.
///
/// Each is kept at the resolution that the network predicts, relative to its box; `pasted()` brings
/// them to the size of the image.
public struct InstanceMasks: Sendable {
  /// The mask probabilities within each box, [N, M, M] from 0 to 1.
  public let probabilities: Tensor
  /// The box of each mask, [N, 4]: corners in pixels of the image.
  public private(set) var boxes: Tensor
  /// The size of the image.
  public private(set) var imageSize: SpatialSize

  /// Creates masks from probabilities [N, M, M] within boxes [N, 4] of an image.
  public init(probabilities: Tensor, boxes: Tensor, imageSize: SpatialSize) {
    self.probabilities = probabilities
    self.boxes = boxes
    self.imageSize = imageSize
  }

  mutating func move(to boxes: Tensor, in imageSize: SpatialSize) {
    self.boxes = boxes
    self.imageSize = imageSize
  }

  /// Returns the probabilities of every pixel of the image, [N, 1, H, W], as torchvision's `masks`.
  public func pasted() -> Tensor {
    let shape = [1, imageSize.height, imageSize.width]
    let masks = probabilities.padded([1, 1, 1, 1])
    let pasted = zip(0..., expandedBoxes()).map { index, box -> Tensor in
      let whole = Tensor.zeros(shape, dtype: masks.dtype, on: masks.device)
      paste(masks[index], into: whole[0], at: box)
      return whole
    }
    return pasted.isEmpty
      ? .zeros([0] + shape, dtype: masks.dtype, on: masks.device) : .stack(pasted)
  }

  /// Returns the boxes enlarged by the margin of one mask pixel and truncated to integers.
  private func expandedBoxes() -> [PixelBox] {
    let side = Double(probabilities.size(-1))
    let (topLeft, bottomRight) = (boxes[.all, ..<2], boxes[.all, 2...])
    let half = (bottomRight - topLeft) * 0.5 * ((side + 2) / side)
    let centres = (bottomRight + topLeft) * 0.5
    let corners = Tensor.concatenate([centres - half, centres + half], dim: 1)
      .to(.int64).scalars(as: Int.self)
    return stride(from: 0, to: corners.count, by: 4).map {
      PixelBox(
        left: corners[$0], top: corners[$0 + 1], right: corners[$0 + 2], bottom: corners[$0 + 3])
    }
  }

  private func paste(_ mask: Tensor, into image: Tensor, at box: PixelBox) {
    let grown = interpolate(
      mask.unsqueezed(0).unsqueezed(0), height: box.height, width: box.width, .bilinear)
    let rows = max(box.top, 0)..<max(min(box.bottom + 1, imageSize.height), max(box.top, 0))
    let columns = max(box.left, 0)..<max(min(box.right + 1, imageSize.width), max(box.left, 0))
    guard !rows.isEmpty, !columns.isEmpty else { return }
    image[rows, columns].copy(
      from: grown[
        0, 0, (rows.lowerBound - box.top)..<(rows.upperBound - box.top),
        (columns.lowerBound - box.left)..<(columns.upperBound - box.left)])
  }
}

/// A box given by the pixels in its corners, the last row and column included.
private struct PixelBox {
  let left: Int
  let top: Int
  let right: Int
  let bottom: Int

  var width: Int { max(right - left + 1, 1) }
  var height: Int { max(bottom - top + 1, 1) }
}
