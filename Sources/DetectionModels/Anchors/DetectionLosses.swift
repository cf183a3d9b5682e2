public import Torch

/// Returns the focal loss (Lin et al., 2017): binary cross entropy that gives less weight to
/// confident correct predictions.
///
/// - Parameters:
///   - logits: The logits, of any shape.
///   - targets: The targets, of the same shape: 1 for the class, 0 for its absence.
///   - alpha: The weight of the targets 1, against 1 − alpha for the targets 0; nil weighs both
///     alike.
///   - gamma: The exponent of 1 − p, where p is the probability of the correct answer.
///   - reduction: The reduction of the loss.
/// - Returns: The loss, of the logits' shape, or a single number if reduced.
public func sigmoidFocalLoss(
  _ logits: Tensor, _ targets: Tensor, alpha: Double? = 0.25, gamma: Double = 2,
  reduction: LossReduction = .none
) -> Tensor {
  let probability = logits.sigmoid()
  let entropy = binaryCrossEntropy(logits: logits, targets, reduction: .none)
  let right = probability * targets + (1 - probability) * (1 - targets)
  let loss = entropy * (1 - right).power(gamma)
  guard let alpha else { return loss.reduced(reduction) }
  return ((alpha * targets + (1 - alpha) * (1 - targets)) * loss).reduced(reduction)
}

/// Returns 1 − generalised IoU of each box with its target (Rezatofighi et al., 2019).
///
/// Divisors are raised by 1e-7.
///
/// - Parameters:
///   - boxes: The boxes, [..., 4]: x0, y0, x1, y1.
///   - targets: The targets, [..., 4] of the same shape.
///   - reduction: The reduction of the loss.
/// - Returns: The loss, [...], or a single number if reduced; the mean over no boxes is 0.
public func generalizedIoULoss(
  _ boxes: Tensor, _ targets: Tensor, reduction: LossReduction = .none
) -> Tensor {
  let epsilon = 1e-7
  let boxes = BoxCorners(boxes)
  let targets = BoxCorners(targets)
  let shared = boxes.intersection(targets)
  let meets = (shared.x1 .> shared.x0) .& (shared.y1 .> shared.y0)
  let apart = Tensor.zeros([], dtype: shared.x0.dtype, on: shared.x0.device)
  let intersection = Tensor.where(meets, shared.area, apart)
  let union = boxes.area + targets.area - intersection
  let enclosing = boxes.enclosing(targets).area
  let overlap = intersection / (union + epsilon)
  return (1 - (overlap - (enclosing - union) / (enclosing + epsilon))).reduced(reduction)
}

extension Tensor {
  fileprivate func reduced(_ reduction: LossReduction) -> Tensor {
    switch reduction {
    case .none: self
    case .sum: sum()
    case .mean: isEmpty ? sum() : mean()
    }
  }
}
