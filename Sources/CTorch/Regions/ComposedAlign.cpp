// RoIAlign by libtorch's products of matrices.

#include <c10/core/impl/LocalDispatchKeySet.h>

#include "Composed.hpp"

namespace copra::composed {

namespace {

/// What every bin of every region takes of each row and each column of the features.
struct BinWeights {
  /// [K, pooled height, H] and [K, pooled width, W], where the features are.
  at::Tensor rows, columns;

  template <typename T>
  static BinWeights of(const RoIs &rois, const PooledShape &shape, const SamplingOptions &options,
                       const at::Device &device) {
    // Worked out on the processor: a few numbers for each bin.
    const SamplingPlan<T> plan(rois, shape, options);
    const auto made = [&](int64_t bins, int64_t size, const auto &taps) {
      auto weights = at::zeros({rois.count(), bins, size}, rois.values.options());
      auto *numbers = weights.template data_ptr<T>();
      for (int64_t region = 0; region < rois.count(); region++) {
        for (int64_t bin = 0; bin < bins; bin++) {
          for (const auto &tap : taps(region, bin)) {
            numbers[(region * bins + bin) * size + tap.index] += tap.weight;
          }
        }
      }
      return weights.to(device);
    };
    return {made(shape.pooledHeight, shape.height,
                 [&](int64_t region, int64_t bin) { return plan.rows(region, bin); }),
            made(shape.pooledWidth, shape.width,
                 [&](int64_t region, int64_t bin) { return plan.columns(region, bin); })};
  }
};

/// Pools regions of one picture [C, H, W] by their weights, [k, h, H] and [k, w, W]: [k, C, h, w].
at::Tensor pooled(const at::Tensor &picture, const at::Tensor &rows, const at::Tensor &columns) {
  const auto channels = picture.size(0), height = picture.size(1), width = picture.size(2);
  const auto regions = columns.size(0), across = columns.size(1), down = rows.size(1);
  // [C·H, W] · [W, k·w]
  const auto narrowed = at::matmul(picture.reshape({channels * height, width}),
                                   columns.reshape({regions * across, width}).t())
                            .view({channels, height, regions, across})
                            .permute({2, 1, 0, 3})
                            .reshape({regions, height, channels * across});
  return at::bmm(rows, narrowed).view({regions, down, channels, across}).permute({0, 2, 1, 3});
}

/// The numbers of some regions, where the features are.
at::Tensor indices(const std::vector<int64_t> &regions, size_t start, size_t count,
                   const at::Device &device) {
  return at::tensor(at::ArrayRef<int64_t>(regions).slice(start, count), at::kLong).to(device);
}

}  // namespace

at::Tensor align(const at::Tensor &features, const at::Tensor &regions, const PooledShape &shape,
                 const SamplingOptions &options) {
  // Sums of products in the type of the arithmetic, also where products are else of 16 bits.
  const c10::impl::ExcludeDispatchKeyGuard withoutAutocast(c10::autocast_dispatch_keyset);
  const auto type = arithmeticType(features);
  const auto given = features.to(type);
  const RoIs rois(regions, shape.images, type);
  const auto device = features.device();
  if (rois.count() == 0) {
    return features.slice(0, 0, 0).narrow(2, 0, 1).narrow(3, 0, 1).expand(
        {0, shape.channels, shape.pooledHeight, shape.pooledWidth});
  }
  const auto weights = type == at::kDouble
                           ? BinWeights::of<double>(rois, shape, options, device)
                           : BinWeights::of<float>(rois, shape, options, device);
  // A quarter of a gigabyte of float32 between the two products.
  constexpr int64_t mostNumbers = 1 << 26;
  const auto step = static_cast<size_t>(std::max<int64_t>(
      1, mostNumbers / (shape.channels * shape.height * shape.pooledWidth)));
  std::vector<at::Tensor> parts, places;
  for (int64_t image = 0; image < shape.images; image++) {
    const auto &members = rois.of(image);
    for (size_t start = 0; start < members.size(); start += step) {
      const auto chosen =
          indices(members, start, std::min(step, members.size() - start), device);
      parts.push_back(pooled(given.select(0, image), weights.rows.index_select(0, chosen),
                             weights.columns.index_select(0, chosen)));
      places.push_back(chosen);
    }
  }
  return at::cat(parts).index_select(0, at::argsort(at::cat(places))).to(features.scalar_type());
}

}  // namespace copra::composed
