#include "Winograd.hpp"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "../Shim/Guard.hpp"
#include "Linear.hpp"
#include "../Shim/Parallel.hpp"
#include "WinogradGradient.hpp"
#include "WinogradGrid.hpp"
#include "WinogradTransforms.hpp"

using namespace copra;

namespace {

using winograd::apart;
using winograd::Grid;
using winograd::kernelSide;
using winograd::points;
using winograd::tileSide;
using winograd::windowSide;

enum class Direction {
  /// From the input to the output.
  forwards,
  /// From the output's gradient to the input's: the same with the kernels turned round.
  backwards
};

/// A convolution [K, C, 3, 3] in Winograd's domain, for the channels that go in and come out in a
/// direction.
struct TransformedWeights {
  const int64_t inputs, outputs;
  /// [points, inputs, outputs], a plane for each point.
  const at::Tensor values;

  TransformedWeights(const at::Tensor &weight, Direction direction)
      : inputs(weight.size(direction == Direction::forwards ? 1 : 0)),
        outputs(weight.size(direction == Direction::forwards ? 0 : 1)),
        values(at::empty({points * plane()}, weight.options())) {
    const bool isForwards = direction == Direction::forwards;
    const auto *source = weight.data_ptr<float>();
    // The places of a kernel have one stride in either layout.
    const auto place = weight.stride(3);
    const winograd::WeightStrides strides = {weight.stride(isForwards ? 1 : 0),
                                             weight.stride(isForwards ? 0 : 1),
                                             isForwards ? place : -place};
    const auto *first = isForwards ? source : source + (kernelSide * kernelSide - 1) * place;
    const auto &kernels = winograd::kernels();
    const auto width = kernels.width;
    forEachInParallel((outputs + width - 1) / width, [&](int64_t block) {
      const auto output = block * width;
      kernels.weights(first + output * strides.out, strides, inputs,
                      std::min(width, outputs - output), {numbers() + output, plane()}, outputs);
    });
  }

  float *numbers() const { return values.data_ptr<float>(); }
  int64_t plane() const { return apart(inputs * outputs); }
};

/// input [N, C, H, W] with its channels innermost → [N, K, H, W], likewise.
at::Tensor convolve(const at::Tensor &input, const TransformedWeights &weights, const float *bias) {
  const Grid grid(input);
  const auto inputs = weights.inputs, outputs = weights.outputs;
  const auto result = at::empty({grid.images, outputs, grid.height, grid.width},
                                input.options().memory_format(at::MemoryFormat::ChannelsLast));
  const auto *source = input.data_ptr<float>();
  auto *target = result.data_ptr<float>();
  const std::vector<float> outside(static_cast<size_t>(inputs), 0);
  const auto &kernels = winograd::kernels();
  // Few enough to stay in the cache, many enough for a product to be worth its preparation; as many
  // blocks for each thread.
  constexpr int64_t mostTiles = 64;
  const auto threads = static_cast<int64_t>(at::get_num_threads());
  const auto rounds = (grid.tiles() + mostTiles * threads - 1) / (mostTiles * threads);
  const auto tilesOfBlock = (grid.tiles() + rounds * threads - 1) / (rounds * threads);
  const auto blocks = (grid.tiles() + tilesOfBlock - 1) / tilesOfBlock;
  forEachInParallel(blocks, [&](int64_t block) {
    const auto first = block * tilesOfBlock;
    const auto tiles = std::min(tilesOfBlock, grid.tiles() - first);
    // Of each point [tiles, inputs] and [tiles, outputs].
    const auto numbers = points * (apart(tiles * inputs) + apart(tiles * outputs));
    const std::unique_ptr<float[]> scratch(new float[static_cast<size_t>(numbers)]);
    auto *windows = scratch.get(), *products = windows + points * apart(tiles * inputs);
    for (int64_t tile = 0; tile < tiles; tile++) {
      const float *pixels[windowSide * windowSide];
      grid.forEachPixel<windowSide>(first + tile, [&](int64_t index, int64_t pixel) {
        pixels[index] = pixel < 0 ? outside.data() : source + pixel * inputs;
      });
      kernels.window(pixels, inputs, {windows + tile * inputs, apart(tiles * inputs)});
    }
    for (int64_t point = 0; point < points; point++) {
      multiply(Side::asIs, Side::asIs, tiles, outputs, inputs,
               windows + point * apart(tiles * inputs), inputs,
               weights.numbers() + point * weights.plane(), outputs,
               products + point * apart(tiles * outputs));
    }
    for (int64_t tile = 0; tile < tiles; tile++) {
      float *pixels[tileSide * tileSide];
      grid.forEachPixel<tileSide>(first + tile, [&](int64_t index, int64_t pixel) {
        pixels[index] = pixel < 0 ? nullptr : target + pixel * outputs;
      });
      kernels.tile({products + tile * outputs, apart(tiles * outputs)}, outputs, bias, pixels);
    }
  });
  return result;
}

at::Tensor withChannelsInnermost(const at::Tensor &tensor) {
  return tensor.contiguous(at::MemoryFormat::ChannelsLast);
}

class WinogradMap : public torch::autograd::Function<WinogradMap> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &input,
                            const at::Tensor &weight, const c10::optional<at::Tensor> &bias) {
    context->save_for_backward({input, weight});
    context->saved_data["hasBias"] = bias.has_value();
    return convolve(withChannelsInnermost(input),
                    TransformedWeights(weight, Direction::forwards),
                    bias ? bias->data_ptr<float>() : nullptr);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &input = saved[0], &weight = saved[1];
    const auto gradient = withChannelsInnermost(gradients[0]);
    const bool hasBias = context->saved_data["hasBias"].toBool();
    torch::autograd::variable_list results(3);
    if (context->needs_input_grad(0)) {
      results[0] =
          convolve(gradient, TransformedWeights(weight, Direction::backwards), nullptr);
    }
    if (context->needs_input_grad(1)) {
      results[1] = winograd::weightGradient(withChannelsInnermost(input), gradient, weight);
    }
    if (hasBias && context->needs_input_grad(2)) results[2] = gradient.sum({0, 2, 3});
    return results;
  }
};

bool areAll(at::IntArrayRef values, int64_t value) {
  return std::all_of(values.begin(), values.end(), [&](int64_t it) { return it == value; });
}

bool isOfFloats(const at::Tensor &tensor) {
  return tensor.dim() == 4 && tensor.is_cpu() && tensor.scalar_type() == at::kFloat;
}

}  // namespace

namespace copra {

bool isForWinograd(const at::Tensor &input, const at::Tensor &weight,
                   const c10::optional<at::Tensor> &bias, at::IntArrayRef stride,
                   at::IntArrayRef padding, at::IntArrayRef dilation, int64_t groups) {
  constexpr int64_t leastChannels = 64, mostTransformedWeights = 1 << 24;
  if (!canMultiply() || isAutocast() || !isOfFloats(input) || !isOfFloats(weight) || groups != 1 ||
      !areAll(stride, 1) || !areAll(padding, 1) || !areAll(dilation, 1) ||
      !areAll(weight.sizes().slice(2), kernelSide) || input.size(1) != weight.size(1) ||
      std::min(weight.size(0), weight.size(1)) < leastChannels ||
      weight.size(0) * weight.size(1) * points > mostTransformedWeights ||
      (bias && (bias->sizes() != weight.sizes().slice(0, 1) || !bias->is_contiguous() ||
                bias->scalar_type() != at::kFloat)) ||
      !(weight.is_contiguous() || weight.is_contiguous(at::MemoryFormat::ChannelsLast))) {
    return false;
  }
  // What both ways take, measured in products of a pair of channels, a ninth of a pixel's: those of
  // a tile cost six and a half pixels, the weights on their way into the domain three hundred.
  constexpr double pixelsOfTile = 6.5, pixelsOfWeights = 300;
  const Grid grid(input);
  return static_cast<double>(grid.tiles()) * pixelsOfTile + pixelsOfWeights <
         static_cast<double>(grid.images * grid.height * grid.width);
}

at::Tensor winogradConvolution(const at::Tensor &input, const at::Tensor &weight,
                               const c10::optional<at::Tensor> &bias) {
  at::internal::lazy_init_num_threads();
  return WinogradMap::apply(input, weight, bias);
}

}  // namespace copra
