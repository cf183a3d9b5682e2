#include <torch/csrc/autograd/custom_function.h>

#include "ChannelTile.hpp"
#include "Composed.hpp"

using namespace copra;

namespace {

/// What the blocks of channels share.
template <typename T>
struct Alignment {
  const PooledShape &shape;
  const RoIs &rois;
  const SamplingPlan<T> plan;
  const ImageStrides strides;
  /// [N, C, H, W]; the gradient's in the backward pass.
  T *features;
  /// [K, C, pooled height, pooled width]
  T *pooled;

  T *bins(int64_t region, int64_t channel) const {
    return pooled + (region * shape.channels + channel) * shape.bins();
  }

  T *pixels(int64_t image, int64_t channel) const {
    return features + image * strides.image + channel * strides.channel;
  }

  /// The rows that regions of an image touch.
  std::pair<int64_t, int64_t> rows(int64_t image) const {
    int64_t first = shape.height, end = 0;
    for (const auto region : rois.of(image)) {
      for (int64_t bin = 0; bin < shape.pooledHeight; bin++) {
        for (const auto &row : plan.rows(region, bin)) {
          first = std::min(first, row.index);
          end = std::max(end, row.index + 1);
        }
      }
    }
    return {std::min(first, end), end};
  }

  /// Calls the body with every bin of a region, its pixels and their weights.
  template <typename Body>
  void forEachTap(int64_t region, const Body &body) const {
    int64_t bin = 0;
    for (int64_t y = 0; y < shape.pooledHeight; y++) {
      for (int64_t x = 0; x < shape.pooledWidth; x++, bin++) {
        body(bin, [&](const auto &take) {
          for (const auto &row : plan.rows(region, y)) {
            for (const auto &column : plan.columns(region, x)) {
              take(row.index * shape.width + column.index, row.weight * column.weight);
            }
          }
        });
      }
    }
  }

  /// Reads features, writes bins.
  template <int64_t Width>
  void forward(int64_t image, int64_t channel, int64_t channels) const {
    if (rois.of(image).empty()) return;
    ChannelTile<T, Width> tile(shape.pixels(), channels);
    const auto [firstRow, endRow] = rows(image);
    tile.load(pixels(image, channel), strides.pixel, strides.channel, firstRow * shape.width,
              endRow * shape.width);
    ChannelTile<T, Width> sums(shape.bins(), channels);
    for (const auto region : rois.of(image)) {
      forEachTap(region, [&](int64_t bin, const auto &taps) {
        Lanes<T, Width> sum{};
        taps([&](int64_t pixel, T weight) { sum += weight * tile[pixel]; });
        sums[bin] = sum;
      });
      sums.store(bins(region, channel), 1, shape.bins());
    }
  }

  /// Reads the gradient of the bins, writes the features'.
  template <int64_t Width>
  void backward(int64_t image, int64_t channel, int64_t channels) const {
    ChannelTile<T, Width> tile(shape.pixels(), channels);
    tile.fillWithZeros();
    ChannelTile<T, Width> gradients(shape.bins(), channels);
    for (const auto region : rois.of(image)) {
      gradients.load(bins(region, channel), 1, shape.bins(), 0, shape.bins());
      forEachTap(region, [&](int64_t bin, const auto &taps) {
        const auto gradient = gradients[bin];
        taps([&](int64_t pixel, T weight) { tile[pixel] += weight * gradient; });
      });
    }
    tile.store(pixels(image, channel), strides.pixel, strides.channel);
  }
};

void align(const PooledShape &shape, const RoIs &rois, const SamplingOptions &options,
           const at::Tensor &features, const at::Tensor &pooled, bool isBackward) {
  const auto run = [&](auto zero) {
    using T = decltype(zero);
    const Alignment<T> alignment{shape,
                                 rois,
                                 SamplingPlan<T>(rois, shape, options),
                                 ImageStrides::of(features),
                                 features.data_ptr<T>(),
                                 pooled.data_ptr<T>()};
    forEachBlock(shape, [&](auto width, int64_t image, int64_t channel, int64_t channels) {
      isBackward ? alignment.template backward<width()>(image, channel, channels)
                 : alignment.template forward<width()>(image, channel, channels);
    });
  };
  features.scalar_type() == at::kDouble ? run(0.0) : run(0.0f);
}

/// Whether the channels of features lie innermost; all other layouts are brought into row-major.
at::MemoryFormat layout(const at::Tensor &features) {
  return features.is_contiguous(at::MemoryFormat::ChannelsLast) && !features.is_contiguous()
             ? at::MemoryFormat::ChannelsLast
             : at::MemoryFormat::Contiguous;
}

class RoIAlign : public torch::autograd::Function<RoIAlign> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &features,
                            const at::Tensor &regions, const PooledShape &shape,
                            const SamplingOptions &options) {
    const auto type = arithmeticType(features);
    const auto format = layout(features);
    const auto given =
        features.to(at::TensorOptions(at::kCPU).dtype(type)).contiguous(format);
    const RoIs rois(regions, shape.images, type);
    const auto pooled = at::empty(
        {rois.count(), shape.channels, shape.pooledHeight, shape.pooledWidth}, given.options());
    align(shape, rois, options, given, pooled, false);

    context->save_for_backward({rois.values});
    context->saved_data["shape"] = shape.numbers();
    context->saved_data["scale"] = options.spatialScale;
    context->saved_data["ratio"] = options.samplingRatio;
    context->saved_data["aligned"] = options.aligned;
    context->saved_data["channelsLast"] = format == at::MemoryFormat::ChannelsLast;
    return asBefore(pooled, features.options());
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                 torch::autograd::variable_list gradients) {
    auto &saved = context->saved_data;
    const auto regions = context->get_saved_variables()[0];
    const PooledShape shape(saved["shape"].toIntVector());
    const RoIs rois(regions, shape.images, regions.scalar_type());
    const auto gradient = at::empty(
        {shape.images, shape.channels, shape.height, shape.width}, regions.options(),
        saved["channelsLast"].toBool() ? at::MemoryFormat::ChannelsLast
                                       : at::MemoryFormat::Contiguous);
    align(shape, rois,
          {saved["scale"].toDouble(), saved["ratio"].toInt(), saved["aligned"].toBool()}, gradient,
          onProcessor(gradients[0], regions.scalar_type()), true);
    return {asBefore(gradient, gradients[0].options()), at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

ct_tensor *ct_roi_align(const ct_tensor *features, const ct_tensor *rois, ct_list size,
                        double scale, int64_t sampling_ratio, bool aligned, bool composed) {
  return tensorOf([&] {
    const PooledShape shape(features->value, size);
    const SamplingOptions options{scale, sampling_ratio, aligned};
    return composed || !features->value.is_cpu()
               ? composed::align(features->value, rois->value, shape, options)
               : RoIAlign::apply(features->value, rois->value, shape, options);
  });
}
