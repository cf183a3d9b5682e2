// Limits that are not rounded to the type of what is compared with them.

#pragma once

#include <cmath>
#include <limits>

namespace copra {

/// The greatest number of a type that is not above a limit: a number of the type is above the one
/// if it is above the other.
template <typename T>
T atMost(double limit) {
  const auto near = static_cast<T>(limit);
  return static_cast<double>(near) > limit
             ? std::nextafter(near, -std::numeric_limits<T>::infinity())
             : near;
}

}  // namespace copra
