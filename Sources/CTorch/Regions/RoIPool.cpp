#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

#include "ChannelTile.hpp"

using namespace copra;

namespace {

/// Pixels from one on up to another.
struct Range {
  int64_t first, end;
};

/// The nearest pixel, halves away from zero; far beyond any features it stops.
template <typename T>
int64_t nearestPixel(T place) {
  constexpr T farthest = T(1LL << 40);
  return static_cast<int64_t>(std::round(std::clamp(place, -farthest, farthest)));
}

/// Adds the rows or the columns of a region's bins: a bin begins at the pixel that it begins in and
/// ends after the one that it ends in.
template <typename T>
void addBins(std::vector<Range> &ranges, T low, T high, int64_t bins, int64_t size) {
  // No coordinate, no pixels.
  const bool isFinite = std::isfinite(low) && std::isfinite(high);
  const auto start = isFinite ? nearestPixel(low) : 0;
  const auto end = isFinite ? nearestPixel(high) : 0;
  const T binSize = static_cast<T>(std::max<int64_t>(end - start + 1, 1)) / static_cast<T>(bins);
  for (int64_t bin = 0; bin < bins; bin++) {
    const auto from = static_cast<int64_t>(std::floor(static_cast<T>(bin) * binSize));
    const auto to = static_cast<int64_t>(std::ceil(static_cast<T>(bin + 1) * binSize));
    ranges.push_back(isFinite ? Range{std::clamp<int64_t>(from + start, 0, size),
                                      std::clamp<int64_t>(to + start, 0, size)}
                              : Range{0, 0});
  }
}

template <typename T>
struct MaxPooling {
  /// As wide as the features' numbers, so that their lanes match.
  using Place = std::conditional_t<sizeof(T) == 4, int32_t, int64_t>;

  const PooledShape &shape;
  const RoIs &rois;
  /// Of every region its bins' rows, then their columns.
  std::vector<Range> ranges;

  MaxPooling(const PooledShape &shape, const RoIs &rois, T scale) : shape(shape), rois(rois) {
    for (int64_t index = 0; index < rois.count(); index++) {
      const T *region = rois.region<T>(index);
      addBins(ranges, region[2] * scale, region[4] * scale, shape.pooledHeight, shape.height);
      addBins(ranges, region[1] * scale, region[3] * scale, shape.pooledWidth, shape.width);
    }
  }

  /// Writes the maxima [K, C, pooled height, pooled width] of features [N, C, H, W], and the
  /// numbers of the pixels at which they were found; -1 where there is none.
  void forward(const T *features, T *pooled, Place *places) const {
    forEachBlock(shape, [&](auto width, int64_t image, int64_t channel, int64_t channels) {
      if (rois.of(image).empty()) return;
      ChannelTile<T, width()> tile(shape.pixels(), channels);
      tile.load(features + (image * shape.channels + channel) * shape.pixels(), 1, shape.pixels(),
                0, shape.pixels());
      ChannelTile<T, width()> maxima(shape.bins(), channels);
      ChannelTile<Place, width()> found(shape.bins(), channels);
      for (const auto region : rois.of(image)) {
        const auto *rows = ranges.data() + region * (shape.pooledHeight + shape.pooledWidth);
        const auto *columns = rows + shape.pooledHeight;
        for (int64_t bin = 0; bin < shape.bins(); bin++) {
          findGreatest(tile, rows[bin / shape.pooledWidth], columns[bin % shape.pooledWidth],
                       maxima[bin], found[bin]);
        }
        const auto first = (region * shape.channels + channel) * shape.bins();
        maxima.store(pooled + first, 1, shape.bins());
        found.store(places + first, 1, shape.bins());
      }
    });
  }

  /// Writes the gradient of the features; every plane is one thread's.
  void backward(const T *pooled, const Place *places, T *gradient) const {
    forEachInParallel(shape.images * shape.channels, [&](int64_t plane) {
      const auto image = plane / shape.channels, channel = plane % shape.channels;
      T *target = gradient + plane * shape.pixels();
      std::fill_n(target, shape.pixels(), T(0));
      for (const auto region : rois.of(image)) {
        const auto first = (region * shape.channels + channel) * shape.bins();
        for (auto bin = first; bin < first + shape.bins(); bin++) {
          if (places[bin] >= 0) target[places[bin]] += pooled[bin];
        }
      }
    });
  }

 private:
  /// The first of equal values; zero, at -1, of no pixels. NaN counts as the greatest, so that it
  /// does not vanish.
  template <int64_t Width>
  void findGreatest(const ChannelTile<T, Width> &tile, Range rows, Range columns,
                    Lanes<T, Width> &greatest, Lanes<Place, Width> &place) const {
    greatest = Lanes<T, Width>{};
    place = Lanes<Place, Width>{} - 1;
    if (rows.first >= rows.end || columns.first >= columns.end) return;
    auto best = tile[rows.first * shape.width + columns.first];
    auto where =
        Lanes<Place, Width>{} + static_cast<Place>(rows.first * shape.width + columns.first);
    for (auto y = rows.first; y < rows.end; y++) {
      for (auto x = columns.first; x < columns.end; x++) {
        const auto pixel = y * shape.width + x;
        const auto &value = tile[pixel];
        const Lanes<Place, Width> isGreater = (value > best) | (value != value);
        best = isGreater ? value : best;
        where = isGreater ? Lanes<Place, Width>{} + static_cast<Place>(pixel) : where;
      }
    }
    greatest = best;
    place = where;
  }
};

/// Calls the body with the pooling in the type of the arithmetic.
template <typename Body>
void withPooling(const PooledShape &shape, const RoIs &rois, double scale, const Body &body) {
  rois.values.scalar_type() == at::kDouble
      ? body(MaxPooling<double>(shape, rois, scale), 0.0)
      : body(MaxPooling<float>(shape, rois, static_cast<float>(scale)), 0.0f);
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
    const auto places = at::empty_like(pooled, type == at::kDouble ? at::kLong : at::kInt);
    withPooling(shape, rois, scale, [&](const auto &pooling, auto zero) {
      using T = decltype(zero);
      pooling.forward(given.data_ptr<T>(), pooled.data_ptr<T>(),
                      places.data_ptr<typename MaxPooling<T>::Place>());
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
                  pooling.backward(given.data_ptr<T>(),
                                   places.data_ptr<typename MaxPooling<T>::Place>(),
                                   gradient.data_ptr<T>());
                });
    return {asBefore(gradient, gradients[0].options()), at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

/// The greatest numbers of ranges along a dimension, put side by side; zero in an empty one.
at::Tensor greatest(const at::Tensor &numbers, int64_t dimension, const Range *ranges,
                    int64_t count) {
  std::vector<at::Tensor> maxima;
  for (const auto *range = ranges; range < ranges + count; range++) {
    const auto part = numbers.slice(dimension, range->first, std::max(range->first, range->end));
    maxima.push_back(part.size(dimension) > 0 ? std::get<0>(at::max(part, dimension))
                                              : at::zeros_like(numbers.select(dimension, 0)));
  }
  return at::stack(maxima, dimension);
}

/// The same by libtorch's operators, region by region: along the rows, then along the columns.
at::Tensor composedPool(const at::Tensor &features, const at::Tensor &regions,
                        const PooledShape &shape, double scale) {
  const auto type = arithmeticType(features);
  const auto given = features.to(type);
  const RoIs rois(regions, shape.images, type);
  std::vector<at::Tensor> pooled{given.slice(0, 0, 0).narrow(2, 0, 1).narrow(3, 0, 1).expand(
      {0, shape.channels, shape.pooledHeight, shape.pooledWidth})};
  const auto images = rois.values.select(1, 0).to(at::kLong).contiguous();
  withPooling(shape, rois, scale, [&](const auto &pooling, auto) {
    for (int64_t index = 0; index < rois.count(); index++) {
      const auto *rows =
          pooling.ranges.data() + index * (shape.pooledHeight + shape.pooledWidth);
      const auto picture = given.select(0, images.data_ptr<int64_t>()[index]);
      const auto across = greatest(picture, 2, rows + shape.pooledHeight, shape.pooledWidth);
      pooled.push_back(greatest(across, 1, rows, shape.pooledHeight).unsqueeze(0));
    }
  });
  return at::cat(pooled).to(features.scalar_type());
}

}  // namespace

ct_tensor *ct_roi_pool(const ct_tensor *features, const ct_tensor *rois, ct_list size,
                       double scale, bool composed) {
  return tensorOf([&] {
    const PooledShape shape(features->value, size);
    return composed || !features->value.is_cpu()
               ? composedPool(features->value, rois->value, shape, scale)
               : RoIPool::apply(features->value, rois->value, shape, scale);
  });
}
