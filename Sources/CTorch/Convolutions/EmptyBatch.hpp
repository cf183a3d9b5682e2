// Batches without a picture.

#pragma once

#include <ATen/ATen.h>

namespace copra {

/// A convolution's weight, row-major for an empty batch: where no oneDNN takes that, as on one thread
/// or in float64, libtorch 1.13 refuses weights with channels side by side.
inline at::Tensor weightFor(const at::Tensor &input, const at::Tensor &weight) {
  return input.numel() == 0 ? weight.contiguous() : weight;
}

}  // namespace copra
