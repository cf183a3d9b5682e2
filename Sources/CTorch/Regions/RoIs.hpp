// What pooling of regions, whatever its kind, knows of regions and features.

#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "../Shim/Guard.hpp"

namespace copra {

/// Features [N, C, H, W] and the bins that each region is pooled to.
struct PooledShape {
  int64_t images, channels, height, width;
  int64_t pooledHeight, pooledWidth;

  PooledShape(const at::Tensor &features, ct_list pooledSize);
  /// Of what `numbers` gave.
  explicit PooledShape(const std::vector<int64_t> &numbers);

  int64_t pixels() const { return height * width; }
  int64_t bins() const { return pooledHeight * pooledWidth; }
  std::vector<int64_t> numbers() const {
    return {images, channels, height, width, pooledHeight, pooledWidth};
  }
};

/// Regions [K, 5]: index of the image, x0, y0, x1, y1.
struct RoIs {
  /// [K, 5] on the processor, in the type of the arithmetic.
  at::Tensor values;

  /// Checks that every region is of one of the images.
  RoIs(const at::Tensor &regions, int64_t images, at::ScalarType type);

  int64_t count() const { return values.size(0); }

  const std::vector<int64_t> &of(int64_t image) const {
    return ofImage[static_cast<size_t>(image)];
  }

  template <typename T>
  const T *region(int64_t index) const {
    return values.data_ptr<T>() + index * 5;
  }

 private:
  /// Of each image the regions, in their order.
  std::vector<std::vector<int64_t>> ofImage;
};

/// What is worked in: float64 for float64, float32 for all others.
inline at::ScalarType arithmeticType(const at::Tensor &features) {
  return features.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
}

/// The tensor on the processor, in a type, row-major.
inline at::Tensor onProcessor(const at::Tensor &tensor, at::ScalarType type) {
  return tensor.detach().to(at::TensorOptions(at::kCPU).dtype(type)).contiguous();
}

/// Where the features were and of their type.
inline at::Tensor asBefore(const at::Tensor &tensor, const at::TensorOptions &options) {
  return tensor.to(options.device(), c10::typeMetaToScalarType(options.dtype()));
}

}  // namespace copra
