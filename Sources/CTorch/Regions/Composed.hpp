// Operations on regions put together of libtorch's own operators: what runs where tensors are not in
// the processor's memory.

#pragma once

#include "SamplingPlan.hpp"

namespace copra::composed {

/// The indices of the boxes [N, 4] that stay, from the highest of the scores [N] on.
at::Tensor suppressed(const at::Tensor &boxes, const at::Tensor &scores, double threshold);

/// The same among the boxes of each class [N] alone.
at::Tensor suppressedByClass(const at::Tensor &boxes, const at::Tensor &scores,
                             const at::Tensor &classes, double threshold);

/// RoIAlign of features [N, C, H, W] for regions [K, 5]: [K, C, pooled height, pooled width] of the
/// features' type, with their gradient.
///
/// Every number of the rows and columns in which a region lies has a weight, mostly zero; a pixel
/// that is not a number thus spoils more regions than those that touch it.
at::Tensor align(const at::Tensor &features, const at::Tensor &regions, const PooledShape &shape,
                 const SamplingOptions &options);

}  // namespace copra::composed
