// Where RoIAlign samples features, worked out once for each region.

#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "RoIs.hpp"

namespace copra {

/// How RoIAlign lays its samples.
struct SamplingOptions {
  /// What regions' coordinates are multiplied by.
  double spatialScale;
  /// Samples of a bin along each axis; as many as its size in pixels, rounded up, if not positive.
  int64_t samplingRatio;
  /// Whether pixels are points at their centres (half a pixel is taken off), or else at corners.
  bool aligned;
};

/// A row or a column with what a bin takes of it.
template <typename T>
struct Tap {
  int64_t index;
  T weight;
};

template <typename T>
struct Taps {
  const Tap<T> *first, *last;

  const Tap<T> *begin() const { return first; }
  const Tap<T> *end() const { return last; }
};

/// What every bin of every region takes of the features.
///
/// A bin is the mean of bilinear samples on a grid. The weight that a pixel has in a sample is a
/// product of one for the row and one for the column, and so is its sum over the grid. Hence a bin
/// is Σ rowWeight · columnWeight · pixel over the rows and columns that any of its samples touches.
template <typename T>
class SamplingPlan {
 public:
  SamplingPlan(const RoIs &rois, const PooledShape &shape, const SamplingOptions &options)
      : shape(shape), options(options) {
    ends.reserve(static_cast<size_t>(rois.count() * lists() + 1));
    ends.push_back(0);
    for (int64_t region = 0; region < rois.count(); region++) add(rois.region<T>(region));
  }

  Taps<T> rows(int64_t region, int64_t bin) const { return list(region * lists() + bin); }

  Taps<T> columns(int64_t region, int64_t bin) const {
    return list(region * lists() + shape.pooledHeight + bin);
  }

 private:
  /// A region along one axis.
  struct Extent {
    T start;
    T binSize;
    T samples;
    bool isUsable;
  };

  /// From here on float32 cannot number the samples. A bin of so many has so small a share of them
  /// inside any features that it counts as zero.
  static constexpr T mostSamples = 1 << 23;

  const PooledShape shape;
  const SamplingOptions options;
  std::vector<Tap<T>> taps;
  std::vector<size_t> ends;

  int64_t lists() const { return shape.pooledHeight + shape.pooledWidth; }

  Taps<T> list(int64_t index) const {
    const auto *bounds = ends.data() + index;
    return {taps.data() + bounds[0], taps.data() + bounds[1]};
  }

  void add(const T *region) {
    const auto vertical = extent(region[2], region[4], shape.pooledHeight);
    const auto horizontal = extent(region[1], region[3], shape.pooledWidth);
    const bool isUsable = vertical.isUsable && horizontal.isUsable;
    const T samples = std::max(vertical.samples * horizontal.samples, T(1));
    for (int64_t bin = 0; bin < shape.pooledHeight; bin++) {
      if (isUsable) addBin(vertical, bin, shape.height, samples);
      ends.push_back(taps.size());
    }
    for (int64_t bin = 0; bin < shape.pooledWidth; bin++) {
      if (isUsable) addBin(horizontal, bin, shape.width, 1);
      ends.push_back(taps.size());
    }
  }

  Extent extent(T low, T high, int64_t bins) const {
    const T scale = static_cast<T>(options.spatialScale);
    const T offset = options.aligned ? T(0.5) : T(0);
    const T start = low * scale - offset;
    const T end = high * scale - offset;
    T size = end - start;
    if (!options.aligned) size = std::max(size, T(1));
    const T binSize = size / static_cast<T>(bins);
    // A bin that is upside down has none.
    const T samples = options.samplingRatio > 0 ? static_cast<T>(options.samplingRatio)
                                                : std::max(std::ceil(binSize), T(0));
    const bool isFinite = std::isfinite(start) && std::isfinite(end) && std::isfinite(size);
    return {start, binSize, samples, isFinite && samples < mostSamples};
  }

  void addBin(const Extent &extent, int64_t bin, int64_t size, T divisor) {
    const T start = extent.start + static_cast<T>(bin) * extent.binSize;
    const auto position = [&](int64_t sample) {
      return start + (static_cast<T>(sample) + T(0.5)) * extent.binSize / extent.samples;
    };
    const auto isBeyond = [&](T place) {
      return extent.binSize < 0 ? place > static_cast<T>(size) : place < -1;
    };
    const auto isInside = [&](T place) { return place >= -1 && place <= static_cast<T>(size); };
    const auto count = static_cast<int64_t>(extent.samples);
    // Positions go one way, so that the work is bounded by the features, not by the region.
    int64_t sample = 0;
    for (int64_t end = count; sample < end;) {
      const auto middle = sample + (end - sample) / 2;
      if (isBeyond(position(middle))) sample = middle + 1;
      else end = middle;
    }
    const auto first = taps.size();
    for (; sample < count && isInside(position(sample)); sample++) {
      addSample(std::max(position(sample), T(0)), size, divisor, first);
    }
  }

  /// A sample takes of the pixels on both its sides; beyond the last one there is only that one.
  void addSample(T position, int64_t size, T divisor, size_t first) {
    const auto low = std::min(static_cast<int64_t>(position), size - 1);
    const auto high = std::min(low + 1, size - 1);
    const T fraction = low == high ? T(0) : position - static_cast<T>(low);
    addTap({low, (1 - fraction) / divisor}, first);
    if (high != low) addTap({high, fraction / divisor}, first);
  }

  void addTap(Tap<T> tap, size_t first) {
    // Neighbouring samples meet in the last two.
    for (auto place = taps.size(); place > first && place + 2 > taps.size(); place--) {
      if (taps[place - 1].index == tap.index) {
        taps[place - 1].weight += tap.weight;
        return;
      }
    }
    taps.push_back(tap);
  }
};

}  // namespace copra
