// Blocks of channels in which pooling of regions works.

#pragma once

#include <algorithm>
#include <memory>
#include <type_traits>

#include "../Shim/Parallel.hpp"
#include "RoIs.hpp"

namespace copra {

/// The strides of one image's pixels, as one row of them, and of its channels.
struct ImageStrides {
  int64_t image, pixel, channel;

  /// Of a tensor [N, C, H, W] that is contiguous row-major or with its channels innermost.
  static ImageStrides of(const at::Tensor &tensor) {
    if (tensor.is_contiguous()) return {tensor.stride(0), 1, tensor.size(2) * tensor.size(3)};
    return {tensor.stride(0), tensor.size(1), 1};
  }
};

/// So many channels of a pixel, side by side: one value for the compiler's vector instructions.
template <typename T, int64_t Width>
using Lanes = T __attribute__((vector_size(Width * sizeof(T))));

/// A block of channels of pixels, copied out of features so that a pixel's channels are one value.
template <typename T, int64_t Width>
class ChannelTile {
 public:
  using Pixel = Lanes<T, Width>;

  /// `channels` of the lanes are in use.
  ChannelTile(int64_t pixels, int64_t channels)
      : pixels(pixels), channels(channels), values(new Pixel[static_cast<size_t>(pixels)]) {}

  Pixel &operator[](int64_t pixel) { return values[static_cast<size_t>(pixel)]; }
  const Pixel &operator[](int64_t pixel) const { return values[static_cast<size_t>(pixel)]; }

  void fillWithZeros() { std::fill_n(values.get(), pixels, Pixel{}); }

  /// Takes over the pixels of a range from the block's first channel on.
  void load(const T *source, int64_t pixelStride, int64_t channelStride, int64_t first,
            int64_t last) {
    if (channels < Width) std::fill(values.get() + first, values.get() + last, Pixel{});
    forEachPlace(first, last, [&](int64_t pixel, int64_t channel) {
      values[static_cast<size_t>(pixel)][channel] =
          source[pixel * pixelStride + channel * channelStride];
    });
  }

  /// Gives back all pixels.
  void store(T *target, int64_t pixelStride, int64_t channelStride) const {
    forEachPlace(0, pixels, [&](int64_t pixel, int64_t channel) {
      target[pixel * pixelStride + channel * channelStride] =
          values[static_cast<size_t>(pixel)][channel];
    });
  }

 private:
  const int64_t pixels;
  const int64_t channels;
  const std::unique_ptr<Pixel[]> values;

  /// In squares, whose lines stay in the cache whichever way they lie.
  template <typename Body>
  void forEachPlace(int64_t first, int64_t last, const Body &body) const {
    constexpr int64_t side = 16;
    for (int64_t start = first; start < last; start += side) {
      const auto end = std::min(start + side, last);
      for (int64_t channel = 0; channel < channels; channel++) {
        for (int64_t pixel = start; pixel < end; pixel++) body(pixel, channel);
      }
    }
  }
};

/// Calls `body(width, image, channel, channels)` in parallel for every image and every block of its
/// channels; the width that tiles of the block have is a constant.
///
/// Nobody else works on the block. A body that goes through the regions in their order makes the
/// same bits with any number of threads.
template <typename Body>
void forEachBlock(const PooledShape &shape, const Body &body) {
  const auto run = [&](auto width) {
    const auto blocks = (shape.channels + width - 1) / width;
    forEachInParallel(shape.images * blocks, [&](int64_t unit) {
      const auto channel = unit % blocks * width;
      body(width, unit / blocks, channel, std::min<int64_t>(width, shape.channels - channel));
    });
  };
  // Few channels, as those of masks, would leave most lanes empty.
  shape.channels < 8 ? run(std::integral_constant<int64_t, 1>())
                     : run(std::integral_constant<int64_t, 32>());
}

}  // namespace copra
