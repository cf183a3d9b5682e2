// The gradient of a 3×3 convolution's weights with fewer multiplications. Part of Winograd.cpp.

#pragma once

#include <ATen/ATen.h>

namespace copra::winograd {

/// The gradient of the weight [K, C, 3, 3], laid out as that is.
///
/// - input: [N, C, H, W], channels innermost.
/// - gradient: [N, K, H, W] of the output, likewise.
at::Tensor weightGradient(const at::Tensor &input, const at::Tensor &gradient,
                          const at::Tensor &weight);

}  // namespace copra::winograd
