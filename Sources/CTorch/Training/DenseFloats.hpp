// Tensors whose numbers can be gone through as one row of floats.

#pragma once

#include <algorithm>

#include "../Shim/Guard.hpp"
#include "../Shim/Parallel.hpp"

namespace copra {

/// How many numbers a thread takes at a time: 128 KB of floats, some of which stay in its cache.
constexpr int64_t blockOfFloats = 32768;

/// Whether every number of the block of memory is one of the tensor's.
inline bool isDense(const at::Tensor &tensor) {
  return tensor.is_cpu() && tensor.scalar_type() == at::kFloat &&
         tensor.layout() == at::kStrided && tensor.is_non_overlapping_and_dense();
}

/// Whether both are dense, of the same shape, and have their numbers in the same order.
inline bool isDense(const at::Tensor &tensor, const at::Tensor &like) {
  if (!isDense(tensor) || !isDense(like) || tensor.sizes() != like.sizes()) return false;
  for (int64_t dimension = 0; dimension < tensor.dim(); dimension++) {
    // The stride of a dimension of size 1 is never used and may be anything.
    if (tensor.size(dimension) != 1 && tensor.stride(dimension) != like.stride(dimension)) {
      return false;
    }
  }
  return true;
}

inline float *floats(const at::Tensor &tensor) { return tensor.data_ptr<float>(); }

/// Calls the body with parts of 0 ..< count, on all threads where there is enough to do.
template <typename Body>
void forBlocks(int64_t count, const Body &body) {
  const auto blocks = (count + blockOfFloats - 1) / blockOfFloats;
  forEachInParallel(blocks, [&](int64_t block) {
    const auto begin = block * blockOfFloats;
    body(begin, std::min(begin + blockOfFloats, count));
  });
}

/// Tells autograd that the numbers have changed: a backward pass that needs the old ones fails
/// instead of using the new ones.
inline void markChanged(const at::Tensor &tensor) {
  tensor.unsafeGetTensorImpl()->bump_version();
}

}  // namespace copra
