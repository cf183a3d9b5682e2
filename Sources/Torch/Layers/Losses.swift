import CTorch

/// What becomes of the losses of all elements.
public enum LossReduction: Sendable {
  case none, mean, sum

  var code: ct_loss_reduction {
    switch self {
    case .none: CT_NONE
    case .mean: CT_REDUCE_MEAN
    case .sum: CT_REDUCE_SUM
    }
  }
}

/// Cross entropy of logits [N, C, ...] and class indices int64 [N, ...]; index −100 counts for
/// nothing.
public func crossEntropy(
  _ logits: Tensor, _ target: Tensor, reduction: LossReduction = .mean, labelSmoothing: Double = 0
) -> Tensor {
  made(ct_cross_entropy(logits.pointer, target.pointer, reduction.code, labelSmoothing))
}

/// Binary cross entropy of logits and probabilities of the same shape.
public func binaryCrossEntropy(
  logits: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) -> Tensor {
  made(ct_binary_cross_entropy(logits.pointer, target.pointer, reduction.code))
}

/// Squared below `beta`, absolute above (Girshick, 2015).
public func smoothL1(
  _ input: Tensor, _ target: Tensor, beta: Double = 1, reduction: LossReduction = .mean
) -> Tensor {
  made(ct_smooth_l1(input.pointer, target.pointer, reduction.code, beta))
}

public func l1Loss(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) -> Tensor {
  made(ct_l1(input.pointer, target.pointer, reduction.code))
}

public func meanSquaredError(
  _ input: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) -> Tensor {
  made(ct_mean_squared_error(input.pointer, target.pointer, reduction.code))
}

/// The sum of the focal loss (Lin et al., 2017) of logits whose classes are given by number:
/// torchvision's `sigmoid_focal_loss` without a matrix of ones and zeros, in one pass. On the
/// processor a kernel of our own works on all of libtorch's threads; their number changes no bit.
///
/// - Parameters:
///   - logits: float32 or float64 [A, classes]
///   - classes: int64 [A]: the class that is there, −1 for none, −2 where a row does not count
///   - alpha: the weight of what is there, against 1 − alpha for what is not
///   - gamma: the power to which what is missing to a right answer is raised
public func focalLoss(
  _ logits: Tensor, classes: Tensor, alpha: Double = 0.25, gamma: Double = 2
) -> Tensor {
  focalLoss(logits, classes: classes, alpha: alpha, gamma: gamma, composed: false)
}

/// - Parameter composed: whether libtorch's own operators do it on the processor too.
func focalLoss(
  _ logits: Tensor, classes: Tensor, alpha: Double = 0.25, gamma: Double = 2, composed: Bool
) -> Tensor {
  made(ct_focal_loss(logits.pointer, classes.pointer, alpha, gamma, composed))
}
