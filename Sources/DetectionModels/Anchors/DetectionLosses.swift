public import Torch

/// Focal loss (Lin et al., 2017): cross entropy of logits that counts the less, the surer and the
/// more right they are.
///
/// - Parameters:
///   - logits: of any shape
///   - targets: of the same shape, 1 where the class is there and 0 where not
///   - alpha: the weight of what is there, against 1 − alpha for what is not; nil weighs both alike
///   - gamma: the power to which what is missing to a right answer is raised
/// - Returns: of the logits' shape, or a single number if reduced
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

/// 1 − generalised intersection over union of each box with the one it should be (Rezatofighi et
/// al., 2019). Areas are raised by 1e-7 where they divide.
///
/// - Parameters:
///   - boxes: [..., 4]: x0, y0, x1, y1
///   - targets: [..., 4] of the same shape
/// - Returns: [...], or a single number if reduced; the mean of no box is 0
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
