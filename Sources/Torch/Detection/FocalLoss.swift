import CTorch

/// The sum of the focal loss (Lin et al., 2017) of logits whose classes are given by number:
/// torchvision's `sigmoid_focal_loss` without a matrix of ones and zeros, in one pass. Works on the
/// processor, on all of libtorch's threads; their number changes no bit.
///
/// - Parameters:
///   - logits: float32 or float64 [A, classes]
///   - classes: int64 [A]: the class that is there, −1 for none, −2 where a row does not count
///   - alpha: the weight of what is there, against 1 − alpha for what is not
///   - gamma: the power to which what is missing to a right answer is raised
public func focalLoss(
  _ logits: Tensor, classes: Tensor, alpha: Double = 0.25, gamma: Double = 2
) -> Tensor {
  made(ct_focal_loss(logits.pointer, classes.pointer, alpha, gamma))
}
