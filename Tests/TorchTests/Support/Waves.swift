import Torch

/// Numbers from −1 to 1 in float64 that no generator draws, as other tests draw from it too.
func wave(_ shape: [Int], _ step: Double) -> Tensor {
  (Tensor.arange(shape.reduce(1, *), dtype: .float64) * step).sin().reshaped(shape)
}

/// The greatest difference as a share of the greatest number: sums that cancel are no measure.
func difference(_ found: Tensor, _ expected: Tensor) -> Double {
  let (found, expected) = (found.detached().to(.float64), expected.detached().to(.float64))
  return (found - expected).abs().amax().item() / expected.abs().amax().item()
}
