#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "DenseFloats.hpp"

using namespace copra;

namespace {

/// The sum of squares of some floats; in lanes, so that the compiler can add them side by side.
double sumOfSquares(const float *values, int64_t count) {
  std::array<double, 8> lanes{};
  int64_t i = 0;
  for (; i + 8 <= count; i += 8) {
    for (int64_t lane = 0; lane < 8; lane++) {
      const double value = values[i + lane];
      lanes[static_cast<size_t>(lane)] += value * value;
    }
  }
  double sum = 0;
  for (const auto lane : lanes) sum += lane;
  for (; i < count; i++) sum += static_cast<double>(values[i]) * values[i];
  return sum;
}

/// Block by block, each with a sum of its own: the number of threads does not change the result.
double sumOfSquares(const at::Tensor &gradient) {
  if (!isDense(gradient)) {
    const double norm = at::norm(gradient.to(at::kDouble)).item<double>();
    return norm * norm;
  }
  const float *values = floats(gradient);
  const int64_t count = gradient.numel();
  std::vector<double> sums(static_cast<size_t>((count + blockOfFloats - 1) / blockOfFloats));
  forEachInParallel(static_cast<int64_t>(sums.size()), [&](int64_t block) {
    const int64_t start = block * blockOfFloats;
    sums[static_cast<size_t>(block)] =
        sumOfSquares(values + start, std::min(blockOfFloats, count - start));
  });
  double sum = 0;
  for (const auto part : sums) sum += part;
  return sum;
}

/// Changes every number of the gradients: floats by one function, all others by ATen's.
template <typename Fused, typename General>
void change(const std::vector<at::Tensor> &gradients, const Fused &fused, const General &general) {
  for (const auto &gradient : gradients) {
    if (!isDense(gradient)) {
      general(gradient);
      continue;
    }
    float *values = floats(gradient);
    forBlocks(gradient.numel(), [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) values[i] = fused(values[i]);
    });
    markChanged(gradient);
  }
}

std::vector<at::Tensor> gradientsOf(ct_tensors parameters) {
  std::vector<at::Tensor> gradients;
  for (int32_t index = 0; index < parameters.count; index++) {
    const auto &gradient = parameters.values[index]->value.grad();
    if (gradient.defined()) gradients.push_back(gradient.detach());
  }
  return gradients;
}

}  // namespace

bool ct_clip_gradients_by_norm(ct_tensors parameters, double greatest, double *norm) {
  return done([&] {
    const at::NoGradGuard guard;
    const auto gradients = gradientsOf(parameters);
    double sum = 0;
    for (const auto &gradient : gradients) sum += sumOfSquares(gradient);
    *norm = std::sqrt(sum);
    const double factor = greatest / (*norm + 1e-6);
    if (!std::isfinite(*norm) || factor >= 1) return;
    const auto scale = static_cast<float>(factor);
    change(
        gradients, [scale](float value) { return value * scale; },
        [factor](const at::Tensor &gradient) { gradient.mul_(factor); });
  });
}

bool ct_clip_gradients_by_value(ct_tensors parameters, double greatest) {
  return done([&] {
    const at::NoGradGuard guard;
    const auto high = static_cast<float>(greatest);
    // A comparison with NaN is false: NaN stays, as in `clamp`.
    change(
        gradientsOf(parameters),
        [high](float value) { return value < -high ? -high : value > high ? high : value; },
        [greatest](const at::Tensor &gradient) { gradient.clamp_(-greatest, greatest); });
  });
}
