// The numbers of a list, read four at a time. Part of Tokenizer.cpp.

#pragma once

#include "CSimdJSON.h"
#include "ShortNumber.hpp"

#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace {

// Where a list is being read, and where its numbers go.
struct NumberList {
  const char *text;
  const uint32_t *place;  // of the next piece of structure, one more than its offset in the text
  const uint32_t *last;
  copra_json_token *token;
  int32_t *hundredths;
};

#if defined(__x86_64__)

#define COPRA_AVX2 [[gnu::target("avx2")]] inline

const bool reads_fours = __builtin_cpu_supports("avx2");

COPRA_AVX2 __m256i lanes(uint64_t value) {
  return _mm256_set1_epi64x(static_cast<int64_t>(value));
}

COPRA_AVX2 __m256i equal(__m256i left, uint64_t right) {
  return _mm256_cmpeq_epi64(left, lanes(right));
}

COPRA_AVX2 __m256i choose(__m256i condition, uint64_t yes, __m256i no) {
  return _mm256_blendv_epi8(no, lanes(yes), condition);
}

COPRA_AVX2 __m256i negate(__m256i value, __m256i where) {
  return _mm256_sub_epi64(_mm256_xor_si256(value, where), where);
}

COPRA_AVX2 int64_t eight_bytes(const char *start) {
  int64_t bytes;
  std::memcpy(&bytes, start, sizeof bytes);
  return bytes;
}

// Four numbers, one a lane.
struct FourNumbers {
  __m256i magnitude;   // all digits as one integer
  __m256i hundredths;  // the magnitude of these
  __m256i has_point;
  __m256i is_negative;
  __m256i faults;  // any bits in the lane of what is no number or has to be read otherwise
};

// What the eight digits of each lane stand for, as `eight_digits` of one.
COPRA_AVX2 __m256i joined(__m256i digits) {
  __m256i pairs = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(10 | 1 << 8));
  __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(100 | 1 << 16));
  return _mm256_add_epi64(_mm256_mul_epu32(fours, lanes(10000)), _mm256_srli_epi64(fours, 32));
}

// Reads the numbers that end before the highest byte of each word and are so many bytes long, at
// least one: up to seven, with at most two decimals.
COPRA_AVX2 FourNumbers four_numbers(__m256i words, __m256i length) {
  __m256i text = _mm256_slli_epi64(words, 8);
  __m256i start = _mm256_sub_epi64(lanes(64), _mm256_slli_epi64(length, 3));
  __m256i sign = _mm256_and_si256(_mm256_srlv_epi64(text, start), lanes(0xff));
  __m256i is_negative = equal(sign, '-');
  start = _mm256_add_epi64(start, _mm256_and_si256(is_negative, lanes(8)));
  __m256i faults = _mm256_or_si256(_mm256_and_si256(length, lanes(~uint64_t{7})),
                                   _mm256_and_si256(start, lanes(64)));

  // From its first digit on, the lowest byte; then moved back up, with zeros before it. A zero must
  // stand alone or before the point, and no point at the front.
  constexpr uint64_t point = '.' ^ '0';
  __m256i front = _mm256_srlv_epi64(_mm256_xor_si256(text, lanes(every_byte('0'))), start);
  __m256i digits = _mm256_sllv_epi64(front, start);
  __m256i first = _mm256_and_si256(front, lanes(0xff));
  __m256i may_be_zero = _mm256_or_si256(
      equal(start, 56), equal(_mm256_and_si256(front, lanes(0xff00)), point << 8));
  faults = _mm256_or_si256(faults, _mm256_andnot_si256(may_be_zero, equal(first, 0)));
  faults = _mm256_or_si256(faults, equal(first, point));

  // The digits before a point move up to where it stands.
  __m256i one = equal(_mm256_and_si256(digits, lanes(uint64_t{0xff} << 48)), point << 48);
  __m256i two = equal(_mm256_and_si256(digits, lanes(uint64_t{0xff} << 40)), point << 40);
  __m256i behind = choose(one, uint64_t{0xff} << 56, lanes(~uint64_t{0}));
  behind = choose(two, uint64_t{0xffff} << 48, behind);
  digits = _mm256_or_si256(_mm256_and_si256(digits, behind),
                           _mm256_andnot_si256(behind, _mm256_slli_epi64(digits, 8)));
  faults = _mm256_or_si256(faults, _mm256_subs_epu8(digits, lanes(every_byte(9))));

  // Seven digits without a point have no hundredths: the sum shows that above the limit.
  __m256i magnitude = joined(digits);
  __m256i scale = choose(two, 1, choose(one, 10, lanes(100)));
  __m256i hundredths = _mm256_mul_epu32(magnitude, scale);
  constexpr uint64_t limit = COPRA_JSON_ZERO_HUNDREDTHS;
  __m256i past = _mm256_add_epi64(hundredths, lanes(limit - 100000000));
  faults = _mm256_or_si256(faults, _mm256_and_si256(past, lanes(~(limit - 1))));
  // Zero has no sign in hundredths.
  faults = _mm256_or_si256(faults, _mm256_and_si256(is_negative, equal(magnitude, 0)));
  return {magnitude, hundredths, _mm256_or_si256(one, two), is_negative, faults};
}

// Adds the numbers, which begin at these places, to the list.
COPRA_AVX2 void append(const FourNumbers &four, __m256i begins, NumberList &list) {
  __m256i hundredths = negate(four.hundredths, four.is_negative);
  __m256i link = _mm256_add_epi64(hundredths, lanes(COPRA_JSON_ZERO_HUNDREDTHS));
  __m256i kind = choose(four.has_point, uint64_t{COPRA_JSON_DOUBLE} << 28,
                        lanes(uint64_t{COPRA_JSON_INTEGER} << 28));
  __m256i offset = _mm256_sub_epi64(begins, lanes(1));
  __m256i rest = _mm256_or_si256(offset, _mm256_slli_epi64(_mm256_or_si256(link, kind), 32));
  __m256i bits =
      _mm256_andnot_si256(four.has_point, negate(four.magnitude, four.is_negative));
  __m256i even = _mm256_unpacklo_epi64(bits, rest), odd = _mm256_unpackhi_epi64(bits, rest);
  auto tokens = reinterpret_cast<__m256i *>(list.token);
  _mm256_storeu_si256(tokens, _mm256_permute2x128_si256(even, odd, 0x20));
  _mm256_storeu_si256(tokens + 1, _mm256_permute2x128_si256(even, odd, 0x31));
  __m256i low_halves = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  __m256i packed = _mm256_permutevar8x32_epi32(hundredths, low_halves);
  _mm_storeu_si128(reinterpret_cast<__m128i *>(list.hundredths), _mm256_castsi256_si128(packed));
  list.token += 4;
  list.hundredths += 4;
}

// Reads numbers with the commas behind them as long as there are four that are short. Says whether
// the last one has the list's bracket behind it.
COPRA_AVX2 bool read_fours(NumberList &list) {
  const __m256i three_commas = _mm256_setr_epi64x(',', ',', ',', 0);
  while (list.last - list.place >= 8) {
    const uint32_t *place = list.place;
    char separator = list.text[place[7] - 1];
    if (separator != ',' && separator != ']') return false;
    const char *text = list.text - 8;
    __m256i words = _mm256_setr_epi64x(eight_bytes(text + place[1]), eight_bytes(text + place[3]),
                                       eight_bytes(text + place[5]), eight_bytes(text + place[7]));
    __m256i separators = _mm256_srli_epi64(words, 56);
    separators = _mm256_and_si256(separators, _mm256_setr_epi64x(-1, -1, -1, 0));
    __m256i places = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(place));
    __m256i begins = _mm256_and_si256(places, lanes(0xffffffff));
    FourNumbers four =
        four_numbers(words, _mm256_sub_epi64(_mm256_srli_epi64(places, 32), begins));
    __m256i faults = _mm256_or_si256(four.faults, _mm256_xor_si256(separators, three_commas));
    if (!_mm256_testz_si256(faults, faults)) return false;
    append(four, begins, list);
    list.place += separator == ',' ? 8 : 7;
    if (separator == ']') return true;
  }
  return false;
}

#undef COPRA_AVX2

#else

constexpr bool reads_fours = false;

inline bool read_fours(NumberList &) { return false; }

#endif

}  // namespace
