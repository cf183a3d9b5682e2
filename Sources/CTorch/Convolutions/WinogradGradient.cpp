#include "WinogradGradient.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "../Shim/Parallel.hpp"
#include "Linear.hpp"
#include "WinogradGrid.hpp"

using namespace copra;
using namespace copra::winograd;

namespace {

/// Numbers in Winograd's domain: for each point a matrix of so many rows.
class Domain {
 public:
  Domain(int64_t rows, int64_t columns)
      : columns(columns),
        plane(apart(rows * columns)),
        numbers(new float[static_cast<size_t>(points * plane)]) {}

  Planes<float> row(int64_t index) const { return {numbers.get() + index * columns, plane}; }
  float *point(int64_t index) const { return numbers.get() + index * plane; }

  const int64_t columns;

 private:
  const int64_t plane;
  const std::unique_ptr<float[]> numbers;
};

/// Tiles one after another that are taken into the domain together: as many as 64 MB hold, with what
/// goes in and what comes out of each.
int64_t tilesTogether(int64_t channels) {
  constexpr int64_t most = 64 << 20, least = 64;
  return std::max(least, most / (points * channels * static_cast<int64_t>(sizeof(float))));
}

}  // namespace

namespace copra::winograd {

at::Tensor weightGradient(const at::Tensor &input, const at::Tensor &gradient,
                          const at::Tensor &weight) {
  const Grid grid(input);
  const auto inputs = input.size(1), outputs = gradient.size(1);
  const auto *pictures = input.data_ptr<float>(), *gradients = gradient.data_ptr<float>();
  const std::vector<float> outside(static_cast<size_t>(std::max(inputs, outputs)), 0);
  const auto &kernels = winograd::kernels();
  const auto together = std::min(tilesTogether(inputs + outputs), grid.tiles());
  const Domain windows(together, inputs), tiles(together, outputs), sums(inputs, outputs);
  for (int64_t first = 0; first < grid.tiles(); first += together) {
    const auto count = std::min(together, grid.tiles() - first);
    forEachInParallel(count, [&](int64_t tile) {
      const float *pixels[windowSide * windowSide];
      grid.forEachPixel<windowSide>(first + tile, [&](int64_t index, int64_t pixel) {
        pixels[index] = pixel < 0 ? outside.data() : pictures + pixel * inputs;
      });
      kernels.window(pixels, inputs, windows.row(tile));
      grid.forEachPixel<tileSide>(first + tile, [&](int64_t index, int64_t pixel) {
        pixels[index] = pixel < 0 ? outside.data() : gradients + pixel * outputs;
      });
      kernels.gradientTile(pixels, outputs, tiles.row(tile));
    });
    forEachInParallel(points, [&](int64_t point) {
      multiply(Side::transposed, Side::asIs, inputs, outputs, count, windows.point(point), inputs,
               tiles.point(point), outputs, sums.point(point), first > 0 ? Sum::added : Sum::fresh);
    });
  }
  const auto result = at::empty_like(weight);
  const WeightStrides strides = {result.stride(1), result.stride(0), result.stride(3)};
  auto *target = result.data_ptr<float>();
  forEachInParallel(inputs, [&](int64_t channel) {
    kernels.weightGradient(sums.row(channel), outputs, strides,
                           target + channel * strides.in);
  });
  return result;
}

}  // namespace copra::winograd
