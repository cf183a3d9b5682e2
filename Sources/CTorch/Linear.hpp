// Products of matrices by oneDNN.

#pragma once

#include <ATen/ATen.h>

namespace copra {

/// Whether oneDNN is there and likely to be the faster one for `linearMap`.
bool isForLinearMap(const at::Tensor &input, const at::Tensor &weight);

/// input [N, in] · weight [out, in] transposed, with gradients of both.
at::Tensor linearMap(const at::Tensor &input, const at::Tensor &weight);

}  // namespace copra
