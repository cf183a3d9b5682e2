#include "RoIs.hpp"

#include <limits>

namespace copra {

PooledShape::PooledShape(const at::Tensor &features, ct_list pooledSize) {
  TORCH_CHECK(features.dim() == 4 && features.is_floating_point(),
              "expected floating point features [N, C, H, W], found ", features.scalar_type(), " ",
              features.sizes());
  TORCH_CHECK(pooledSize.count == 2 && pooledSize.values[0] > 0 && pooledSize.values[1] > 0,
              "expected a positive height and width to pool to, found ", list(pooledSize));
  images = features.size(0);
  channels = features.size(1);
  height = features.size(2);
  width = features.size(3);
  pooledHeight = pooledSize.values[0];
  pooledWidth = pooledSize.values[1];
  TORCH_CHECK(pixels() > 0 && pixels() <= std::numeric_limits<int32_t>::max(),
              "expected features of 1 to 2^31 - 1 pixels, found ", features.sizes());
}

PooledShape::PooledShape(const std::vector<int64_t> &numbers)
    : images(numbers.at(0)),
      channels(numbers.at(1)),
      height(numbers.at(2)),
      width(numbers.at(3)),
      pooledHeight(numbers.at(4)),
      pooledWidth(numbers.at(5)) {}

RoIs::RoIs(const at::Tensor &regions, int64_t images, at::ScalarType type) {
  TORCH_CHECK(regions.dim() == 2 && regions.size(1) == 5,
              "expected regions [K, 5] of image, x0, y0, x1, y1, found ", regions.sizes());
  values = onProcessor(regions, type);
  ofImage.resize(static_cast<size_t>(images));
  const auto indices = values.select(1, 0).to(at::kDouble).contiguous();
  for (int64_t region = 0; region < count(); region++) {
    const double image = indices.data_ptr<double>()[region];
    // Also false of NaN.
    TORCH_CHECK(image >= 0 && image < static_cast<double>(images),
                "expected the index of one of ", images, " images, found ", image, " in region ",
                region);
    ofImage[static_cast<size_t>(image)].push_back(region);
  }
}

}  // namespace copra
