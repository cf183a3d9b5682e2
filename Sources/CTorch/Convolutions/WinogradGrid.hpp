// The tiles of pictures. Part of Winograd.cpp.

#pragma once

#include <ATen/ATen.h>

#include "WinogradTransforms.hpp"

namespace copra::winograd {

/// The tiles that pictures are cut into, row by row; those at the right and below may reach past.
struct Grid {
  const int64_t images, height, width;
  const int64_t rows = (height + tileSide - 1) / tileSide;
  const int64_t columns = (width + tileSide - 1) / tileSide;

  explicit Grid(const at::Tensor &pictures)
      : images(pictures.size(0)), height(pictures.size(2)), width(pictures.size(3)) {}

  int64_t tiles() const { return images * rows * columns; }

  /// Calls the body with the place of each pixel of a square around or in a tile: its number in the
  /// square and, if it is one of the picture's, in all pictures; else -1.
  template <int64_t Side, typename Body>
  void forEachPixel(int64_t tile, const Body &body) const {
    constexpr int64_t margin = (Side - tileSide) / 2;
    const auto image = tile / (rows * columns);
    const auto top = tile / columns % rows * tileSide - margin;
    const auto left = tile % columns * tileSide - margin;
    for (int64_t row = 0; row < Side; row++) {
      for (int64_t column = 0; column < Side; column++) {
        const auto y = top + row, x = left + column;
        const bool isInside = y >= 0 && y < height && x >= 0 && x < width;
        body(row * Side + column, isInside ? (image * height + y) * width + x : -1);
      }
    }
  }
};

/// How far planes of so many numbers are to lie apart: not by a power of two, which would send the
/// same place of all of them to the same few lines of the cache.
inline int64_t apart(int64_t numbers) { return numbers + 16; }

}  // namespace copra::winograd
