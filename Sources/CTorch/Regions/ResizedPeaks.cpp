// The highest point of each map once it is resized to a size of its own, without the resized map.

#include <algorithm>
#include <cmath>

#include "../Shim/Guard.hpp"
#include "../Shim/Parallel.hpp"

using namespace copra;

namespace {

/// The pixels that each pixel of a resized line is made of, by cubic convolution (Keys, 1981) with
/// libtorch's a = -0.75: four of the map's own and their weights.
template <typename T>
struct CubicLine {
  struct Tap {
    int64_t sources[4];
    T weights[4];
  };
  std::vector<Tap> taps;

  CubicLine(int64_t from, int64_t to) : taps(static_cast<size_t>(to)) {
    const T scale = static_cast<T>(from) / static_cast<T>(to);
    for (int64_t pixel = 0; pixel < to; pixel++) {
      const T place = scale * (static_cast<T>(pixel) + T(0.5)) - T(0.5);
      const auto first = static_cast<int64_t>(std::floor(place));
      const T share = place - static_cast<T>(first);
      auto &tap = taps[static_cast<size_t>(pixel)];
      const T weights[] = {far(share + 1), near(share), near(1 - share), far(2 - share)};
      for (int64_t index = 0; index < 4; index++) {
        tap.sources[index] = std::clamp<int64_t>(first + index - 1, 0, from - 1);
        tap.weights[index] = weights[index];
      }
    }
  }

 private:
  static constexpr T a = T(-0.75);

  /// The weight of a pixel at most one away.
  static T near(T distance) {
    return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
  }

  /// The weight of a pixel from one to two away.
  static T far(T distance) {
    return ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
  }
};

template <typename T>
struct Peak {
  T value;
  int64_t x, y;
};

/// The greatest number of a line, several side by side so that the compiler makes vectors of them.
template <typename T>
T greatest(const std::vector<T> &line) {
  constexpr size_t width = 16;
  T lanes[width];
  std::fill_n(lanes, width, line[0]);
  const size_t whole = line.size() / width * width;
  for (size_t start = 0; start < whole; start += width) {
    for (size_t lane = 0; lane < width; lane++) {
      const T value = line[start + lane];
      lanes[lane] = lanes[lane] < value ? value : lanes[lane];
    }
  }
  T found = *std::max_element(lanes, lanes + width);
  for (size_t index = whole; index < line.size(); index++) found = std::max(found, line[index]);
  return found;
}

/// - Parameter map: [width, height] of a map: its columns one after the other.
template <typename T>
Peak<T> peak(const T *map, int64_t mapHeight, int64_t mapWidth, int64_t height, int64_t width) {
  const CubicLine<T> columns(mapWidth, width), rows(mapHeight, height);
  // [mapHeight, width]: the map's own rows, as wide as they will be.
  std::vector<T> wide(static_cast<size_t>(mapHeight * width));
  std::vector<T> column(static_cast<size_t>(mapHeight)), line(static_cast<size_t>(width));
  for (int64_t x = 0; x < width; x++) {
    const auto &tap = columns.taps[static_cast<size_t>(x)];
    const T *given[4];
    for (int index = 0; index < 4; index++) given[index] = map + tap.sources[index] * mapHeight;
    for (int64_t y = 0; y < mapHeight; y++) {
      T sum = given[0][y] * tap.weights[0];
      for (int index = 1; index < 4; index++) sum += given[index][y] * tap.weights[index];
      column[static_cast<size_t>(y)] = sum;
    }
    for (int64_t y = 0; y < mapHeight; y++) {
      wide[static_cast<size_t>(y * width + x)] = column[static_cast<size_t>(y)];
    }
  }
  Peak<T> best{map[0], 0, 0};
  for (int64_t y = 0; y < height; y++) {
    const auto &tap = rows.taps[static_cast<size_t>(y)];
    const T *given[4];
    for (int index = 0; index < 4; index++) given[index] = wide.data() + tap.sources[index] * width;
    for (int64_t x = 0; x < width; x++) {
      T sum = given[0][x] * tap.weights[0];
      for (int index = 1; index < 4; index++) sum += given[index][x] * tap.weights[index];
      line[static_cast<size_t>(x)] = sum;
    }
    const T found = greatest(line);
    // The first of several that are as high, as in `argmax`.
    if (y > 0 && !(found > best.value)) continue;
    const auto place = std::find(line.begin(), line.end(), found);
    best = {found, place == line.end() ? 0 : place - line.begin(), y};
  }
  return best;
}

struct Peaks {
  /// [N, K]
  at::Tensor values;
  /// int64 [N, K, 2]: x, y.
  at::Tensor places;
};

Peaks peaksOnProcessor(const at::Tensor &maps, const int64_t *heights, const int64_t *widths) {
  const auto count = maps.size(0), channels = maps.size(1);
  const auto height = maps.size(2), width = maps.size(3);
  const auto turned = maps.transpose(2, 3).contiguous();
  const Peaks peaks{at::empty({count, channels}, maps.options()),
                    at::empty({count, channels, 2}, at::kLong)};
  auto *places = peaks.places.data_ptr<int64_t>();
  AT_DISPATCH_FLOATING_TYPES(maps.scalar_type(), "resized_peaks", [&] {
    const auto *numbers = turned.data_ptr<scalar_t>();
    auto *values = peaks.values.data_ptr<scalar_t>();
    forEachInParallel(count * channels, [&](int64_t index) {
      const auto region = index / channels;
      const auto found = peak(numbers + index * height * width, height, width, heights[region],
                              widths[region]);
      values[index] = found.value;
      places[2 * index] = found.x;
      places[2 * index + 1] = found.y;
    });
  });
  return peaks;
}

/// Elsewhere libtorch resizes the maps of one region after the other.
Peaks peaksOnDevice(const at::Tensor &maps, const int64_t *heights, const int64_t *widths) {
  std::vector<at::Tensor> values, places;
  for (int64_t region = 0; region < maps.size(0); region++) {
    const auto width = widths[region];
    const auto resized = at::upsample_bicubic2d(maps.narrow(0, region, 1), {heights[region], width},
                                                /*align_corners=*/false);
    const auto [value, index] = resized.flatten(2).max(2);
    values.push_back(value);
    places.push_back(at::stack({index.remainder(width), index.floor_divide(width)}, 2));
  }
  return {at::cat(values), at::cat(places)};
}

}  // namespace

ct_tensor *ct_resized_peaks(const ct_tensor *maps, const ct_tensor *heights,
                            const ct_tensor *widths, ct_tensor **places) {
  return guarded<ct_tensor *>(nullptr, [&] {
    const auto given = maps->value.detach();
    TORCH_CHECK(given.dim() == 4 && given.size(2) > 0 && given.size(3) > 0,
                "expected maps [N, K, H, W], found ", given.sizes());
    const auto sizes = [&](const ct_tensor *tensor) {
      TORCH_CHECK(tensor->value.dim() == 1 && tensor->value.size(0) == given.size(0),
                  "expected a size for each of ", given.size(0), " regions, found ",
                  tensor->value.sizes());
      return tensor->value.to(at::kCPU, at::kLong).contiguous();
    };
    const auto tall = sizes(heights), wide = sizes(widths);
    TORCH_CHECK(given.size(0) == 0 || std::min(tall.min().item<int64_t>(),
                                               wide.min().item<int64_t>()) > 0,
                "expected sizes from 1 on");
    const bool isHere = given.is_cpu() || given.size(0) == 0;
    const auto peaks = (isHere ? peaksOnProcessor : peaksOnDevice)(
        given, tall.data_ptr<int64_t>(), wide.data_ptr<int64_t>());
    *places = owned(peaks.places.to(given.device()));
    return owned(peaks.values);
  });
}
