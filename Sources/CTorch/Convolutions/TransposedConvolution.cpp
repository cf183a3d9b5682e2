// Transposed convolutions, as one product of matrices where their windows lie side by side.

#include "EmptyBatch.hpp"
#include "../Shim/Guard.hpp"
#include "Linear.hpp"

using namespace copra;

namespace {

/// Whether the window is [K, kernel, kernel] for each place of the input and touches no other, as
/// those that make a mask of a box twice as fine. libtorch multiplies picture by picture there.
bool isTiled(const at::Tensor &input, const at::Tensor &weight, at::IntArrayRef stride,
             at::IntArrayRef padding) {
  return input.dim() == 4 && input.numel() > 0 && weight.dim() == 4 &&
         input.size(1) == weight.size(0) && weight.sizes().slice(2) == stride &&
         std::all_of(padding.begin(), padding.end(), [](int64_t size) { return size == 0; });
}

/// [N, C, H, W] · [C, K, h, w] → [N, K, H·h, W·w], channels side by side; undefined where libtorch
/// itself is as fast.
at::Tensor tiled(const at::Tensor &input, const at::Tensor &weight) {
  const auto places = input.permute({0, 2, 3, 1}).reshape({-1, input.size(1)});
  const auto windows = weight.permute({2, 3, 1, 0}).reshape({-1, weight.size(0)});
  const bool isForOneDNN = isForLinearMap(places, windows);
  if (!isForOneDNN && !isAutocast()) return {};
  const auto height = weight.size(2), width = weight.size(3), channels = weight.size(1);
  return (isForOneDNN ? linearMap(places, windows) : at::linear(places, windows))
      .view({input.size(0), input.size(2), input.size(3), height, width, channels})
      .permute({0, 1, 3, 2, 4, 5})
      .reshape({input.size(0), input.size(2) * height, input.size(3) * width, channels})
      .permute({0, 3, 1, 2});
}

}  // namespace

ct_tensor *ct_transposed_convolution(const ct_tensor *input, const ct_tensor *weight,
                                     const ct_tensor *bias, ct_list stride, ct_list padding) {
  return tensorOf([&] {
    if (isTiled(input->value, weight->value, list(stride), list(padding))) {
      auto output = tiled(input->value, weight->value);
      if (output.defined()) {
        return bias ? output.add_(bias->value.view({1, -1, 1, 1})) : output;
      }
    }
    return at::conv_transpose2d(input->value, weightFor(input->value, weight->value),
                                optional(bias), list(stride), list(padding));
  });
}
