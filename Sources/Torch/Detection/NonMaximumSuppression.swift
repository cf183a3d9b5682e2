import CTorch

/// Keeps the box of the highest score, drops those that overlap it by more than a threshold, and
/// goes on with the rest, as torchvision's `nms` does: equal scores in their order, NaN as the
/// highest, and boxes without an area suppress nothing.
///
/// - Parameters:
///   - boxes: [N, 4]: x0, y0, x1, y1
///   - scores: [N]
///   - iouThreshold: the intersection over union up to which two boxes may both stay
/// - Returns: int64 [K], the indices of the boxes that stay, from the highest score on
public func nms(_ boxes: Tensor, _ scores: Tensor, iouThreshold: Double) -> Tensor {
  made(ct_nms(boxes.pointer, scores.pointer, iouThreshold))
}

/// `nms` among the boxes of each class alone.
///
/// To keep the same boxes as torchvision on the processor, up to 1,000 of them are moved apart by
/// their class, which rounds their coordinates; more are taken class by class as they are, and equal
/// scores then come in the order of a sort that is not stable.
///
/// - Parameters:
///   - boxes: [N, 4]: x0, y0, x1, y1
///   - scores: [N]
///   - indices: int64 [N], the class, or the feature map, of each box
///   - iouThreshold: the intersection over union up to which two boxes of a class may both stay
/// - Returns: int64 [K], the indices of the boxes that stay, from the highest score on
public func batchedNMS(
  _ boxes: Tensor, _ scores: Tensor, _ indices: Tensor, iouThreshold: Double
) -> Tensor {
  made(ct_batched_nms(boxes.pointer, scores.pointer, indices.pointer, iouThreshold))
}
