public import Torch

/// Returns the intersection over union of every box with every other box.
///
/// - Parameters:
///   - boxes: The boxes, [N, 4]: x0, y0, x1, y1.
///   - others: The other boxes, [M, 4].
/// - Returns: The overlaps, [N, M]; NaN for a pair without area.
public func boxIoU(_ boxes: Tensor, _ others: Tensor) -> Tensor {
  let overlaps = PairwiseOverlaps(boxes, others)
  return overlaps.intersection / overlaps.union
}

/// Returns the generalised intersection over union of every box with every other box (Rezatofighi
/// et al., 2019).
///
/// It is the IoU minus the fraction of the smallest enclosing box that neither box covers, and lies
/// between −1 and 1.
///
/// - Parameters:
///   - boxes: The boxes, [N, 4]: x0, y0, x1, y1.
///   - others: The other boxes, [M, 4].
/// - Returns: The overlaps, [N, M].
public func generalizedBoxIoU(_ boxes: Tensor, _ others: Tensor) -> Tensor {
  let overlaps = PairwiseOverlaps(boxes, others)
  let around = overlaps.boxes.enclosing(overlaps.others)
  let enclosing = around.width.clamped(min: 0) * around.height.clamped(min: 0)
  return overlaps.intersection / overlaps.union - (enclosing - overlaps.union) / enclosing
}

/// The intersections and unions of all pairs of boxes, as areas [N, M].
private struct PairwiseOverlaps {
  /// The first boxes, with coordinates [N, 1].
  let boxes: BoxCorners
  /// The other boxes, with coordinates [M].
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
