// Convolutions of 3×3 with fewer multiplications.

#pragma once

#include <ATen/ATen.h>

namespace copra {

/// Whether a convolution is one that `winogradConvolution` knows and is likely to do sooner than
/// libtorch.
bool isForWinograd(const at::Tensor &input, const at::Tensor &weight,
                   const c10::optional<at::Tensor> &bias, at::IntArrayRef stride,
                   at::IntArrayRef padding, at::IntArrayRef dilation, int64_t groups);

/// input [N, C, H, W], weight [K, C, 3, 3], bias [K] → [N, K, H, W], channels innermost, with
/// gradients.
///
/// A tile of 4×4 takes 36 products of a pair of channels instead of 144, at the cost of rounding:
/// about 1e-5 of the largest value, where a sum of the products has 2e-6.
at::Tensor winogradConvolution(const at::Tensor &input, const at::Tensor &weight,
                               const c10::optional<at::Tensor> &bias);

}  // namespace copra
