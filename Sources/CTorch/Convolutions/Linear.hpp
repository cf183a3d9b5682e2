// Products of matrices by oneDNN.

#pragma once

#include <ATen/ATen.h>

namespace copra {

/// Whether `multiply` can be called.
bool canMultiply();

enum class Side { asIs, transposed };

/// Whether a product takes the place of what stands in the result or is added to it.
enum class Sum { fresh, added };

/// result [rows, columns] = left · right, [rows, inner] · [inner, columns] once they are transposed
/// where it is said; all row-major, a stride for the rows as they lie. On one thread within
/// `forEachInParallel`.
void multiply(Side leftSide, Side rightSide, int64_t rows, int64_t columns, int64_t inner,
              const float *left, int64_t leftStride, const float *right, int64_t rightStride,
              float *result, Sum sum = Sum::fresh);

/// Whether oneDNN is there and likely to be the faster one for `linearMap`.
bool isForLinearMap(const at::Tensor &input, const at::Tensor &weight);

/// input [N, in] · weight [out, in] transposed, with gradients of both.
at::Tensor linearMap(const at::Tensor &input, const at::Tensor &weight);

}  // namespace copra
