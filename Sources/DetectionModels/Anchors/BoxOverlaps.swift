public import Torch

/// Intersection over union of every box with every other: NaN where neither has an area.
///
/// - Parameters:
///   - boxes: [N, 4]: x0, y0, x1, y1
///   - others: [M, 4]
/// - Returns: [N, M]
public func boxIoU(_ boxes: Tensor, _ others: Tensor) -> Tensor {
  let overlaps = PairwiseOverlaps(boxes, others)
  return overlaps.intersection / overlaps.union
}

/// Generalised intersection over union (Rezatofighi et al., 2019) of every box with every other:
/// less, down to −1, the more of the smallest box around both neither covers.
///
/// - Parameters:
///   - boxes: [N, 4]: x0, y0, x1, y1
///   - others: [M, 4]
/// - Returns: [N, M]
public func generalizedBoxIoU(_ boxes: Tensor, _ others: Tensor) -> Tensor {
  let overlaps = PairwiseOverlaps(boxes, others)
  let around = overlaps.boxes.enclosing(overlaps.others)
  let enclosing = around.width.clamped(min: 0) * around.height.clamped(min: 0)
  return overlaps.intersection / overlaps.union - (enclosing - overlaps.union) / enclosing
}

/// The areas [N, M] that boxes share and that they cover together.
private struct PairwiseOverlaps {
  /// [N, 1]
  let boxes: BoxCorners
  /// [M]
  let others: BoxCorners
  let intersection: Tensor
  let union: Tensor

  init(_ boxes: Tensor, _ others: Tensor) {
    self.boxes = BoxCorners(boxes.unsqueezed(1))
    self.others = BoxCorners(others)
    let shared = self.boxes.intersection(self.others)
    intersection = shared.width.clamped(min: 0) * shared.height.clamped(min: 0)
    union = self.boxes.area + self.others.area - intersection
  }
}
