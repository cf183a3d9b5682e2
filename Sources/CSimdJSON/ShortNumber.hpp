// Numbers of few digits, read all digits at once. Part of Tokenizer.cpp.

#pragma once

#include "CSimdJSON.h"

#include <cstdint>
#include <cstring>

namespace {

constexpr double powers_of_ten[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10,
                                    1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20};

constexpr uint64_t every_byte(uint8_t byte) { return 0x0101010101010101 * byte; }

inline bool has_zero(uint64_t bytes) {
  return ((bytes - every_byte(0x01)) & ~bytes & every_byte(0x80)) != 0;
}

// The number that the eight bytes, each a digit from 0 to 9, the first one lowest, stand for: pairs
// of digits are joined, then pairs of pairs, then those.
inline uint32_t eight_digits(uint64_t digits) {
  digits = digits * 10 + (digits >> 8);
  uint64_t low = (digits & 0x000000ff000000ff) * (100 + (uint64_t{1000000} << 32));
  uint64_t high = (digits >> 16 & 0x000000ff000000ff) * (1 + (uint64_t{10000} << 32));
  return static_cast<uint32_t>((low + high) >> 32);
}

// What an integer of seven digits with so many decimals is multiplied by to become hundredths.
constexpr uint32_t hundredths_in[] = {100, 10, 1, 0, 0, 0, 0, 0};

// A number's link: of `digits` with the point `decimals` places before their end.
inline uint32_t hundredths_link(uint32_t digits, unsigned decimals, bool is_negative) {
  int32_t hundredths = static_cast<int32_t>(digits * hundredths_in[decimals]);
  if (hundredths == 0 && (digits != 0 || is_negative)) return 0;
  return COPRA_JSON_ZERO_HUNDREDTHS + (is_negative ? -hundredths : hundredths);
}

// Which of eight bytes are no digit from 0 to 9: their highest bits.
inline uint64_t no_digits(uint64_t bytes) {
  return (((bytes & every_byte(0x7f)) + every_byte(0x76)) | bytes) & every_byte(0x80);
}

// Reads a number of two decimals and at most five digits before them, as most coordinates are: the
// place of the point is known, and nothing has to be divided.
[[gnu::always_inline]] inline bool two_decimals(const char *text, uint32_t at, uint32_t end,
                                                copra_json_token *token) {
  bool is_negative = text[at] == '-';
  size_t length = end - at - is_negative;
  // The length first: where no structure follows, the end is no place in the text.
  if (length - 4 > 4 || text[end - 3] != '.') return false;
  uint64_t digits;
  std::memcpy(&digits, text + end - 8, 8);
  unsigned first = 64 - 8 * length;  // the bit where the number begins; zeros stand before it
  digits = (digits ^ every_byte('0')) >> first << first;
  digits = digits >> 48 << 48 | (digits & 0xffffffffff) << 8;
  bool begins_with_zero = (digits >> first >> 8 & 0xff) == 0;
  if (no_digits(digits) || (begins_with_zero && length > 4)) return false;
  int32_t hundredths = static_cast<int32_t>(eight_digits(digits));
  if (is_negative && hundredths == 0) return false;
  uint32_t link = COPRA_JSON_ZERO_HUNDREDTHS + (is_negative ? -hundredths : hundredths);
  *token = {0, at, link, COPRA_JSON_DOUBLE};
  return true;
}

// Reads a number of at most eight digits, perhaps with a point among them, all digits at once:
// nearly all numbers are such, and a loop over their digits would guess its end wrong each time.
// Says no to all others, and to what is no number.
inline bool short_number(const char *text, uint32_t at, uint32_t end, copra_json_token *token) {
  bool is_negative = text[at] == '-';
  size_t length = end - at - is_negative;
  if (length - 1 > 7) return false;
  uint64_t digits;
  std::memcpy(&digits, text + end - 8, 8);
  unsigned first = 64 - 8 * length;  // the bit where the number begins; zeros stand before it
  digits = (digits ^ every_byte('0')) >> first << first;
  uint64_t others = no_digits(digits);
  bool begins_with_zero = (digits >> first & 0xff) == 0;
  if (others == 0) {
    if (begins_with_zero && length > 1) return false;
    uint32_t magnitude = eight_digits(digits);
    int64_t integer = magnitude;
    if (is_negative) integer = -integer;
    uint32_t link = length <= 6 ? hundredths_link(magnitude, 0, is_negative) : 0;
    *token = {static_cast<uint64_t>(integer), at, link, COPRA_JSON_INTEGER};
    return true;
  }
  unsigned point = __builtin_ctzll(others) - 7;
  bool is_point = (others & (others - 1)) == 0 && (digits >> point & 0xff) == ('.' ^ '0');
  if (!is_point || point == first || point == 56) return false;
  if (begins_with_zero && point > first + 8) return false;
  uint64_t whole = digits & ((uint64_t{1} << point) - 1);
  uint64_t rest = digits >> point >> 8 << 8 << point;
  uint32_t magnitude = eight_digits(whole << 8 | rest);
  unsigned decimals = 7 - point / 8;
  uint32_t link = hundredths_link(magnitude, decimals, is_negative);
  uint64_t bits = 0;
  if (link == 0) {
    double real = magnitude / powers_of_ten[decimals];
    if (is_negative) real = -real;
    std::memcpy(&bits, &real, sizeof bits);
  }
  *token = {bits, at, link, COPRA_JSON_DOUBLE};
  return true;
}

}  // namespace
