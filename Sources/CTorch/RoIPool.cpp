#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <limits>

#include "Parallel.hpp"
#include "RoIs.hpp"

using namespace copra;

namespace {

/// Whole pixels of a region along one axis.
template <typename T>
struct PixelRange {
  int64_t start;
  T binSize;
  int64_t size;

  /// The pixels of a bin: it begins at the one it begins in and ends after the one it ends in.
  std::pair<int64_t, int64_t> bin(int64_t index) const {
    const auto first = static_cast<int64_t>(std::floor(static_cast<T>(index) * binSize));
    const auto end = static_cast<int64_t>(std::ceil(static_cast<T>(index + 1) * binSize));
    return {std::clamp<int64_t>(first + start, 0, size), std::clamp<int64_t>(end + start, 0, size)};
  }
};

/// The nearest pixel, halves away from zero; far beyond any features it stops.
template <typename T>
int64_t nearestPixel(T place) {
  constexpr T farthest = T(1LL << 40);
  return static_cast<int64_t>(std::round(std::clamp(place, -farthest, farthest)));
}

template <typename T>
PixelRange<T> pixelRange(T low, T high, int64_t bins, int64_t size) {
  // No coordinate, no pixels.
  if (!std::isfinite(low) || !std::isfinite(high)) return {size, 0, size};
  const auto start = nearestPixel(low);
  const auto count = std::max<int64_t>(nearestPixel(high) - start + 1, 1);
  return {start, static_cast<T>(count) / static_cast<T>(bins), size};
}

template <typename T>
struct MaxPooling {
  const PooledShape &shape;
  const RoIs &rois;
  const T scale;

  /// Writes the maxima [K, C, pooled height, pooled width] of features [N, C, H, W], and the
  /// numbers of the pixels at which they were found first; -1 where there is none.
  void forward(const T *features, T *pooled, int64_t *places) const {
    forEachInParallel(rois.count(), [&](int64_t index) {
      const T *region = rois.region<T>(index);
      const auto image = static_cast<int64_t>(region[0]);
      const auto columns =
          pixelRange(region[1] * scale, region[3] * scale, shape.pooledWidth, shape.width);
      const auto rows =
          pixelRange(region[2] * scale, region[4] * scale, shape.pooledHeight, shape.height);
      for (int64_t channel = 0; channel < shape.channels; channel++) {
        const T *plane = features + (image * shape.channels + channel) * shape.pixels();
        auto bin = (index * shape.channels + channel) * shape.bins();
        for (int64_t y = 0; y < shape.pooledHeight; y++) {
          for (int64_t x = 0; x < shape.pooledWidth; x++, bin++) {
            places[bin] = greatest(plane, rows.bin(y), columns.bin(x));
            pooled[bin] = places[bin] < 0 ? T(0) : plane[places[bin]];
          }
        }
      }
    });
  }

  /// Writes the gradient of the features; every plane is one thread's.
  void backward(const T *pooled, const int64_t *places, T *gradient) const {
    forEachInParallel(shape.images * shape.channels, [&](int64_t plane) {
      const auto image = plane / shape.channels, channel = plane % shape.channels;
      T *target = gradient + plane * shape.pixels();
      std::fill_n(target, shape.pixels(), T(0));
      for (const auto region : rois.ofImage[static_cast<size_t>(image)]) {
        const auto first = (region * shape.channels + channel) * shape.bins();
        for (auto bin = first; bin < first + shape.bins(); bin++) {
          if (places[bin] >= 0) target[places[bin]] += pooled[bin];
        }
      }
    });
  }

 private:
  int64_t greatest(const T *plane, std::pair<int64_t, int64_t> rows,
                   std::pair<int64_t, int64_t> columns) const {
    int64_t place = -1;
    for (auto y = rows.first; y < rows.second; y++) {
      for (auto x = columns.first; x < columns.second; x++) {
        const auto pixel = y * shape.width + x;
        // NaN is the greatest, so that it does not vanish.
        if (place < 0 || plane[pixel] > plane[place] ||
            (std::isnan(plane[pixel]) && !std::isnan(plane[place]))) {
          place = pixel;
        }
      }
    }
    return place;
  }
};

/// Calls the body with the pooling in the type of the arithmetic.
template <typename Body>
void withPooling(const PooledShape &shape, const RoIs &rois, double scale, const Body &body) {
  const auto call = [&](auto scale) { body(MaxPooling<decltype(scale)>{shape, rois, scale}, scale); };
  rois.values.scalar_type() == at::kDouble ? call(scale) : call(static_cast<float>(scale));
}

class RoIPool : public torch::autograd::Function<RoIPool> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &features,
                            const at::Tensor &regions, const PooledShape &shape, double scale) {
    const auto type = arithmeticType(features);
    const auto given = onProcessor(features, type);
    const RoIs rois(regions, shape.images, type);
    const auto pooled = at::empty(
        {rois.count(), shape.channels, shape.pooledHeight, shape.pooledWidth}, given.options());
    const auto places = at::empty_like(pooled, at::kLong);
    withPooling(shape, rois, scale, [&](const auto &pooling, auto zero) {
      using T = decltype(zero);
      pooling.forward(given.data_ptr<T>(), pooled.data_ptr<T>(), places.data_ptr<int64_t>());
    });

    context->save_for_backward({rois.values, places});
    context->saved_data["shape"] = shape.numbers();
    context->saved_data["scale"] = scale;
    return asBefore(pooled, features.options());
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto regions = saved[0], places = saved[1];
    const PooledShape shape(context->saved_data["shape"].toIntVector());
    const RoIs rois(regions, shape.images, regions.scalar_type());
    const auto given = onProcessor(gradients[0], regions.scalar_type());
    const auto gradient =
        at::empty({shape.images, shape.channels, shape.height, shape.width}, given.options());
    withPooling(shape, rois, context->saved_data["scale"].toDouble(),
                [&](const auto &pooling, auto zero) {
                  using T = decltype(zero);
                  pooling.backward(given.data_ptr<T>(), places.data_ptr<int64_t>(),
                                   gradient.data_ptr<T>());
                });
    return {asBefore(gradient, gradients[0].options()), at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

ct_tensor *ct_roi_pool(const ct_tensor *features, const ct_tensor *rois, ct_list size,
                       double scale) {
  return tensorOf([&] {
    return RoIPool::apply(features->value, rois->value, PooledShape(features->value, size), scale);
  });
}
