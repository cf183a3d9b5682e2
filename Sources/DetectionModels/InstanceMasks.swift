public import Torch

/// The masks that say where in its box each found object is. They are kept as small as the network
/// gives them; a mask of the whole picture is worked out where it is asked for.
public struct InstanceMasks: Sendable {
  /// [N, M, M] from 0 to 1: of each box.
  public let probabilities: Tensor
  /// [N, 4]: corners in pixels of the picture.
  public private(set) var boxes: Tensor
  public private(set) var imageSize: SpatialSize

  public init(probabilities: Tensor, boxes: Tensor, imageSize: SpatialSize) {
    self.probabilities = probabilities
    self.boxes = boxes
    self.imageSize = imageSize
  }

  mutating func move(to boxes: Tensor, in imageSize: SpatialSize) {
    self.boxes = boxes
    self.imageSize = imageSize
  }

  /// Probabilities of every pixel of the picture: [N, 1, H, W], as torchvision's `masks`.
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

  /// The boxes grown by the margin of one pixel of a mask, then cut to whole numbers.
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

/// Corners on pixels, the last row and column included.
private struct PixelBox {
  let left: Int
  let top: Int
  let right: Int
  let bottom: Int

  var width: Int { max(right - left + 1, 1) }
  var height: Int { max(bottom - top + 1, 1) }
}
