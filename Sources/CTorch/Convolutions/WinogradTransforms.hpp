// Windows, weights and tiles on their way into Winograd's domain and out. Part of Winograd.cpp.

#pragma once

#include <cstdint>
#include <cstring>

namespace copra::winograd {

/// How many pixels of a tile come out at a time, how many of a window go in, and how many weights a
/// convolution has: of each side.
constexpr int64_t tileSide = 4, windowSide = 6, kernelSide = 3;
/// Numbers of a tile in Winograd's domain.
constexpr int64_t points = windowSide * windowSide;

/// Numbers that stand for the points of one tile or one pair of channels: a plane for each point.
template <typename T>
struct Planes {
  T *first;
  int64_t stride;

  T *at(int64_t row, int64_t column) const { return first + (row * windowSide + column) * stride; }
};

/// Where the weights of a pair of channels lie; `position` is that of the kernel's places, from the
/// last one back where it is negative.
struct WeightStrides {
  int64_t in, out, position;
};

/// The transforms of F(4×4, 3×3) with the points 0, ±1, ±2 and ∞ (Lavin and Gray, 2016,
/// "Fast Algorithms for Convolutional Neural Networks"), so many channels at a time.
///
/// Everything is inlined into functions that may use wider vectors than this file's.
template <int64_t Width>
struct Transforms {
  using Lanes = float __attribute__((vector_size(Width * sizeof(float))));

  [[gnu::always_inline]] static void load(const float *source, int64_t count, Lanes &lanes) {
    if (count == Width) {
      std::memcpy(&lanes, source, sizeof lanes);
    } else {
      lanes = Lanes{};
      std::memcpy(&lanes, source, static_cast<size_t>(count) * sizeof(float));
    }
  }

  [[gnu::always_inline]] static void store(const Lanes &lanes, int64_t count, float *target) {
    if (count == Width) {
      std::memcpy(target, &lanes, sizeof lanes);
    } else {
      std::memcpy(target, &lanes, static_cast<size_t>(count) * sizeof(float));
    }
  }

  [[gnu::always_inline]] static void ofWeights(const Lanes (&g)[kernelSide],
                                               Lanes (&u)[windowSide]) {
    const Lanes even = (g[0] + g[2]) * (-1.0f / 6), odd = g[1] * (1.0f / 6);
    const Lanes wideEven = g[0] * (1.0f / 24) + g[2] * (1.0f / 6), wideOdd = g[1] * (1.0f / 12);
    u[0] = g[0] * 0.25f;
    u[1] = even - odd;
    u[2] = even + odd;
    u[3] = wideEven + wideOdd;
    u[4] = wideEven - wideOdd;
    u[5] = g[2];
  }

  [[gnu::always_inline]] static void ofWindow(const Lanes (&d)[windowSide],
                                              Lanes (&v)[windowSide]) {
    const Lanes even = d[4] - 4 * d[2], odd = d[3] - 4 * d[1];
    const Lanes wideEven = d[4] - d[2], wideOdd = 2 * (d[3] - d[1]);
    v[0] = 4 * d[0] - 5 * d[2] + d[4];
    v[1] = even + odd;
    v[2] = even - odd;
    v[3] = wideEven + wideOdd;
    v[4] = wideEven - wideOdd;
    v[5] = 4 * d[1] - 5 * d[3] + d[5];
  }

  [[gnu::always_inline]] static void ofProducts(const Lanes (&m)[windowSide],
                                                Lanes (&y)[tileSide]) {
    const Lanes even = m[1] + m[2], odd = m[1] - m[2];
    const Lanes wideEven = m[3] + m[4], wideOdd = m[3] - m[4];
    y[0] = m[0] + even + wideEven;
    y[1] = odd + 2 * wideOdd;
    y[2] = even + 4 * wideEven;
    y[3] = odd + 8 * wideOdd + m[5];
  }

  /// The transpose of `ofProducts`.
  [[gnu::always_inline]] static void ofTile(const Lanes (&y)[tileSide], Lanes (&m)[windowSide]) {
    const Lanes even = y[0] + y[2], odd = y[1] + y[3];
    const Lanes wideEven = y[0] + 4 * y[2], wideOdd = 2 * y[1] + 8 * y[3];
    m[0] = y[0];
    m[1] = even + odd;
    m[2] = even - odd;
    m[3] = wideEven + wideOdd;
    m[4] = wideEven - wideOdd;
    m[5] = y[3];
  }

  /// The transpose of `ofWeights`.
  [[gnu::always_inline]] static void ofSums(const Lanes (&u)[windowSide],
                                            Lanes (&g)[kernelSide]) {
    const Lanes even = (u[1] + u[2]) * (1.0f / 6), odd = (u[2] - u[1]) * (1.0f / 6);
    const Lanes wideEven = u[3] + u[4], wideOdd = (u[3] - u[4]) * (1.0f / 12);
    g[0] = u[0] * 0.25f - even + wideEven * (1.0f / 24);
    g[1] = odd + wideOdd;
    g[2] = wideEven * (1.0f / 6) - even + u[5];
  }

  /// What a transform makes of the columns of a square and then of the rows.
  template <int64_t Given, int64_t Made,
            void (*transform)(const Lanes (&)[Given], Lanes (&)[Made])>
  [[gnu::always_inline]] static void ofSquare(const Lanes (&given)[Given][Given],
                                              Lanes (&made)[Made][Made]) {
    Lanes rows[Made][Given];
    for (int64_t x = 0; x < Given; x++) {
      Lanes column[Given], transformed[Made];
      for (int64_t y = 0; y < Given; y++) column[y] = given[y][x];
      transform(column, transformed);
      for (int64_t y = 0; y < Made; y++) rows[y][x] = transformed[y];
    }
    for (int64_t y = 0; y < Made; y++) transform(rows[y], made[y]);
  }

  /// The weights of `inputs` channels that go in, at most `Width`, for `count` that come out, in
  /// lanes side by side.
  [[gnu::always_inline]] static void gather(const float *source, WeightStrides strides,
                                            int64_t inputs, int64_t count,
                                            Lanes (&kernels)[Width][kernelSide][kernelSide]) {
    constexpr int64_t positions = kernelSide * kernelSide;
    if (strides.out == 1) {
      for (int64_t input = 0; input < inputs; input++) {
        for (int64_t position = 0; position < positions; position++) {
          load(source + input * strides.in + position * strides.position, count,
               kernels[input][position / kernelSide][position % kernelSide]);
        }
      }
      return;
    }
    // Numbers that lie together one after the other: the rows of channels that come out lie so far
    // apart that the cache does not keep many.
    for (int64_t lane = 0; lane < count; lane++) {
      for (int64_t position = 0; position < positions; position++) {
        const auto *weights = source + lane * strides.out + position * strides.position;
        for (int64_t input = 0; input < inputs; input++) {
          kernels[input][position / kernelSide][position % kernelSide][lane] =
              weights[input * strides.in];
        }
      }
    }
  }

  /// `count` channels that come out, at most `Width`, for `inputs` that go in; the planes of the
  /// one after are `row` numbers further.
  [[gnu::always_inline]] static void weights(const float *source, WeightStrides strides,
                                             int64_t inputs, int64_t count, Planes<float> target,
                                             int64_t row) {
    for (int64_t first = 0; first < inputs; first += Width) {
      const auto taken = inputs - first < Width ? inputs - first : Width;
      Lanes kernels[Width][kernelSide][kernelSide];
      gather(source + first * strides.in, strides, taken, count, kernels);
      for (int64_t input = 0; input < taken; input++, target.first += row) {
        Lanes made[windowSide][windowSide];
        ofSquare<kernelSide, windowSide, ofWeights>(kernels[input], made);
        for (int64_t y = 0; y < windowSide; y++) {
          for (int64_t x = 0; x < windowSide; x++) store(made[y][x], count, target.at(y, x));
        }
      }
    }
  }

  /// The channels of a square's pixels, which lie where `pixels` says, row by row.
  template <int64_t Given, void (*transform)(const Lanes (&)[Given], Lanes (&)[windowSide])>
  [[gnu::always_inline]] static void square(const float *const *pixels, int64_t channels,
                                            Planes<float> target) {
    for (int64_t channel = 0; channel < channels; channel += Width) {
      const auto count = channels - channel < Width ? channels - channel : Width;
      Lanes given[Given][Given], made[windowSide][windowSide];
      for (int64_t y = 0; y < Given; y++) {
        for (int64_t x = 0; x < Given; x++) {
          load(pixels[y * Given + x] + channel, count, given[y][x]);
        }
      }
      ofSquare<Given, windowSide, transform>(given, made);
      for (int64_t y = 0; y < windowSide; y++) {
        for (int64_t x = 0; x < windowSide; x++) {
          store(made[y][x], count, target.at(y, x) + channel);
        }
      }
    }
  }

  [[gnu::always_inline]] static void window(const float *const *pixels, int64_t channels,
                                            Planes<float> target) {
    square<windowSide, ofWindow>(pixels, channels, target);
  }

  [[gnu::always_inline]] static void gradientTile(const float *const *pixels, int64_t channels,
                                                  Planes<float> target) {
    square<tileSide, ofTile>(pixels, channels, target);
  }

  /// The gradients of the weights of one channel that goes in, for `outputs` that come out, from the
  /// sums of their products.
  [[gnu::always_inline]] static void weightGradient(Planes<float> sums, int64_t outputs,
                                                    WeightStrides strides, float *target) {
    for (int64_t output = 0; output < outputs; output += Width) {
      const auto count = outputs - output < Width ? outputs - output : Width;
      Lanes given[windowSide][windowSide], made[kernelSide][kernelSide];
      for (int64_t y = 0; y < windowSide; y++) {
        for (int64_t x = 0; x < windowSide; x++) {
          load(sums.at(y, x) + output, count, given[y][x]);
        }
      }
      ofSquare<windowSide, kernelSide, ofSums>(given, made);
      for (int64_t y = 0; y < kernelSide; y++) {
        for (int64_t x = 0; x < kernelSide; x++) {
          auto *place = target + (y * kernelSide + x) * strides.position;
          for (int64_t lane = 0; lane < count; lane++) {
            place[(output + lane) * strides.out] = made[y][x][lane];
          }
        }
      }
    }
  }

  /// The channels of a tile's pixels, which go where `pixels` says; those at NULL are none of the
  /// picture's. `bias` may be NULL.
  [[gnu::always_inline]] static void tile(Planes<const float> source, int64_t channels,
                                          const float *bias, float *const *pixels) {
    for (int64_t channel = 0; channel < channels; channel += Width) {
      const auto count = channels - channel < Width ? channels - channel : Width;
      Lanes products[windowSide][windowSide], made[tileSide][tileSide], shift = {};
      for (int64_t y = 0; y < windowSide; y++) {
        for (int64_t x = 0; x < windowSide; x++) {
          load(source.at(y, x) + channel, count, products[y][x]);
        }
      }
      ofSquare<windowSide, tileSide, ofProducts>(products, made);
      if (bias) load(bias + channel, count, shift);
      for (int64_t y = 0; y < tileSide; y++) {
        for (int64_t x = 0; x < tileSide; x++) {
          if (auto *pixel = pixels[y * tileSide + x]) {
            store(made[y][x] + shift, count, pixel + channel);
          }
        }
      }
    }
  }
};

/// The transforms for one kind of processor.
struct Kernels {
  int64_t width;
  void (*weights)(const float *source, WeightStrides strides, int64_t inputs, int64_t count,
                  Planes<float> target, int64_t row);
  void (*window)(const float *const *pixels, int64_t channels, Planes<float> target);
  void (*gradientTile)(const float *const *pixels, int64_t channels, Planes<float> target);
  void (*weightGradient)(Planes<float> sums, int64_t outputs, WeightStrides strides,
                         float *target);
  void (*tile)(Planes<const float> source, int64_t channels, const float *bias,
               float *const *pixels);
};

#define COPRA_WINOGRAD_KERNELS(name, lanes, attribute)                                             \
  struct name {                                                                                    \
    attribute static void weights(const float *source, WeightStrides strides, int64_t inputs,      \
                                  int64_t count, Planes<float> target, int64_t row) {              \
      Transforms<lanes>::weights(source, strides, inputs, count, target, row);                     \
    }                                                                                              \
    attribute static void window(const float *const *pixels, int64_t channels,                     \
                                 Planes<float> target) {                                           \
      Transforms<lanes>::window(pixels, channels, target);                                         \
    }                                                                                              \
    attribute static void gradientTile(const float *const *pixels, int64_t channels,               \
                                       Planes<float> target) {                                     \
      Transforms<lanes>::gradientTile(pixels, channels, target);                                   \
    }                                                                                              \
    attribute static void weightGradient(Planes<float> sums, int64_t outputs,                      \
                                         WeightStrides strides, float *target) {                   \
      Transforms<lanes>::weightGradient(sums, outputs, strides, target);                           \
    }                                                                                              \
    attribute static void tile(Planes<const float> source, int64_t channels, const float *bias,    \
                               float *const *pixels) {                                             \
      Transforms<lanes>::tile(source, channels, bias, pixels);                                     \
    }                                                                                              \
    static constexpr Kernels kernels = {lanes,        weights,        window,                      \
                                        gradientTile, weightGradient, tile};                       \
  }

COPRA_WINOGRAD_KERNELS(Baseline, 4, );
#if defined(__x86_64__)
COPRA_WINOGRAD_KERNELS(AVX2, 8, [[gnu::target("avx2,fma")]]);
COPRA_WINOGRAD_KERNELS(AVX512, 16, [[gnu::target("avx512f")]]);
#endif

#undef COPRA_WINOGRAD_KERNELS

/// Those of the widest vectors that the processor has.
inline const Kernels &kernels() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return AVX512::kernels;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return AVX2::kernels;
#endif
  return Baseline::kernels;
}

}  // namespace copra::winograd
