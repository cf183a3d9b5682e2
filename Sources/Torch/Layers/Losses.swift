import CTorch

/// The reduction of the losses of all elements to one.
public enum LossReduction: Sendable {
  /// No reduction, the mean or the sum.
  case none, mean, sum

  var code: ct_loss_reduction {
    switch self {
    case .none: CT_NONE
    case .mean: CT_REDUCE_MEAN
    case .sum: CT_REDUCE_SUM
    }
  }
}

/// Returns the cross entropy of logits [N, C, ...] and class indices int64 [N, ...]; elements with
/// index −100 are ignored.
public func crossEntropy(
  _ logits: Tensor, _ target: Tensor, reduction: LossReduction = .mean, labelSmoothing: Double = 0
) -> Tensor {
  made(ct_cross_entropy(logits.pointer, target.pointer, reduction.code, labelSmoothing))
}

/// Returns the binary cross entropy of logits and target probabilities of the same shape.
public func binaryCrossEntropy(
  logits: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) -> Tensor {
  made(ct_binary_cross_entropy(logits.pointer, target.pointer, reduction.code))
}

/// Returns the smooth L1 loss (Girshick, 2015), which is squared below `beta` and absolute above.
public func smoothL1(
  _ input: Tensor, _ target: Tensor, beta: Double = 1, reduction: LossReduction = .mean
) -> Tensor {
  made(ct_smooth_l1(input.pointer, target.pointer, reduction.code, beta))
}

/// Returns the absolute differences of two tensors of the same shape
/// (`torch.nn.functional.l1_loss`).
public func l1Loss(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) -> Tensor {
  made(ct_l1(input.pointer, target.pointer, reduction.code))
}

/// Returns the squared differences of two tensors of the same shape
/// (`torch.nn.functional.mse_loss`).
public func meanSquaredError(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) -> Tensor {
  made(ct_mean_squared_error(input.pointer, target.pointer, reduction.code))
}

/// Returns the sum of the focal loss (Lin et al., 2017) of logits and class indices.
///
/// It is torchvision's `sigmoid_focal_loss` in one pass without a matrix of ones and zeros. On the
/// processor a kernel of copra runs on all of libtorch's threads; their number changes no bit.
///
/// - Parameters:
///   - logits: The logits, float32 or float64 [A, classes].
///   - classes: The class of each row, int64 [A]; −1 for none, −2 for a row that does not
///     count.
///   - alpha: The weight of the class, against 1 − alpha for the others.
///   - gamma: The exponent of 1 − p, where p is the probability of the correct answer.
public func focalLoss(
  _ logits: Tensor, classes: Tensor, alpha: Double = 0.25, gamma: Double = 2
) -> Tensor {
  focalLoss(logits, classes: classes, alpha: alpha, gamma: gamma, composed: false)
}

/// Returns the same loss.
///
/// - Parameter composed: Whether libtorch's own operators are used on the processor too.
func focalLoss(
  _ logits: Tensor, classes: Tensor, alpha: Double = 0.25, gamma: Double = 2, composed: Bool
) -> Tensor {
  made(ct_focal_loss(logits.pointer, classes.pointer, alpha, gamma, composed))
}
