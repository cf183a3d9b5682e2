#include "CSimdJSON.h"

#include <charconv>
#include <cmath>

char *copra_json_format_double(double value, char *output) {
  double magnitude = std::fabs(value);
  bool plain = magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e16);
  auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
  return std::to_chars(output, output + 32, value, format).ptr;
}
