#include "CSimdJSON.h"
#include "FourNumbers.hpp"
#include "ShortNumber.hpp"

#include <simdjson.h>

#include <charconv>
#include <cstring>
#include <malloc.h>
#include <memory>
#include <mutex>
#include <vector>

namespace {

constexpr size_t padding = simdjson::SIMDJSON_PADDING;
constexpr size_t lead = 8;  // at least a bracket, and what a short number is read with
constexpr int deepest = 500;  // the walk recurses

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

inline bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Whether a number or word may end before this character.
inline bool is_delimiter(char c) { return c == ',' || c == ']' || c == '}' || c == ':' || is_blank(c); }

// Walks the structure that simdjson's first stage has found: where every bracket, colon, comma and
// value begins, with strings and UTF-8 checked.
struct Walker {
  copra_json_token *tokens;  // with room for one a piece of structure
  copra_json_token *next;
  simdjson::internal::dom_parser_implementation &parser;
  const char *text;
  const uint32_t *place;  // of the next piece of structure, one more than its offset in the text
  const uint32_t *last;
  uint8_t *strings;
  int32_t *const all_hundredths;
  int32_t *hundredths = all_hundredths;  // behind the last that was added
  const char *error = nullptr;

  uint32_t offset() const { return *place - 1; }
  char peek() const { return place < last ? text[offset()] : '\0'; }

  void add(unsigned kind, uint32_t at, uint64_t bits, size_t link = 0) {
    *next++ = {bits, at, static_cast<uint32_t>(link), kind};
  }

  bool fail(const char *why) {
    error = why;
    return false;
  }

  // A quote in it may hide structure: such a value has no certain end.
  void malformed(uint32_t at) {
    const char *end = text + at;
    while (*end && !is_delimiter(*end)) {
      if (*end++ == '"') fail("expected a value");
    }
    add(COPRA_JSON_MALFORMED, at, 0, end - (text + at));
  }

  // The closing quote of the string that begins at `at`, where it stands right before the next
  // piece of structure and nothing in the string is escaped.
  const char *plain_end(uint32_t at) const {
    const char *start = text + at + 1, *end = text + place[1] - 2;
    if (end < start || *end != '"') return nullptr;
    for (const char *c = start; c < end; c += 8) {
      uint64_t bytes;
      std::memcpy(&bytes, c, 8);
      if (end - c < 8) bytes <<= 8 * (8 - (end - c));
      if (has_zero(bytes ^ every_byte('\\'))) return nullptr;
    }
    return end;
  }

  void string(unsigned kind) {
    uint32_t at = offset();
    const char *start = text + at + 1, *plain = place + 1 < last ? plain_end(at) : nullptr;
    place++;
    // As nearly all strings are, and as keys are: it can stay where it is.
    if (plain) return add(kind, at, reinterpret_cast<uintptr_t>(start), plain - start);
    uint8_t *end = parser.parse_string(reinterpret_cast<const uint8_t *>(start), strings);
    if (end) {
      add(kind, at, reinterpret_cast<uintptr_t>(strings), end - strings);
      strings = end;
    } else {
      const char *close = start;
      while (*close != '"') close += *close == '\\' ? 2 : 1;
      add(COPRA_JSON_MALFORMED, at, 0, close + 1 - (text + at));
    }
  }

  // Up to 15 digits are exact as an integer, and dividing by a power of ten up to 10^22 rounds
  // once (Clinger, 1990); all other numbers go through the standard library.
  void number() {
    uint32_t at = offset();
    uint32_t end = place[1] - 1;
    if (two_decimals(text, at, end, next) || short_number(text, at, end, next)) {
      next++;
      place++;
      return;
    }
    place++;
    const char *start = text + at, *c = start + (*start == '-');
    const char *digits = c;
    uint64_t value = 0;
    while (is_digit(*c)) value = value * 10 + (*c++ - '0');
    size_t count = c - digits, decimals = 0;
    bool is_integer = true;
    if (count == 0 || (count > 1 && *digits == '0')) return malformed(at);
    if (*c == '.') {
      is_integer = false;
      const char *point = c++;
      while (is_digit(*c)) value = value * 10 + (*c++ - '0');
      decimals = c - point - 1;
      if (decimals == 0) return malformed(at);
    }
    if (*c == 'e' || *c == 'E') return exponent(at);
    if (!is_delimiter(*c)) return malformed(at);
    if (is_integer && count <= 18) {
      int64_t integer = *start == '-' ? -static_cast<int64_t>(value) : static_cast<int64_t>(value);
      return add(COPRA_JSON_INTEGER, at, static_cast<uint64_t>(integer));
    }
    if (is_integer || count + decimals > 15) return standard(at, is_integer);
    double real = static_cast<double>(value) / powers_of_ten[decimals];
    real_number(at, *start == '-' ? -real : real);
  }

  void exponent(uint32_t at) {
    const char *c = text + at;
    while (*c != 'e' && *c != 'E') c++;
    c++;
    if (*c == '+' || *c == '-') c++;
    const char *digits = c;
    while (is_digit(*c)) c++;
    if (c == digits || !is_delimiter(*c)) return malformed(at);
    standard(at, false);
  }

  void standard(uint32_t at, bool is_integer) {
    const char *start = text + at, *end = start;
    while (!is_delimiter(*end)) end++;
    int64_t integer;
    if (is_integer) {
      if (std::from_chars(start, end, integer).ec != std::errc{}) return malformed(at);
      return add(COPRA_JSON_INTEGER, at, static_cast<uint64_t>(integer));
    }
    double real;
    if (std::from_chars(start, end, real).ec != std::errc{}) return malformed(at);
    real_number(at, real);
  }

  void real_number(uint32_t at, double real) {
    uint64_t bits;
    std::memcpy(&bits, &real, sizeof bits);
    add(COPRA_JSON_DOUBLE, at, bits);
  }

  void word(const char *spelling, size_t length, unsigned kind) {
    uint32_t at = offset();
    place++;
    bool is_it = std::memcmp(text + at, spelling, length) == 0 && is_delimiter(text[at + length]);
    if (is_it) add(kind, at, 0); else malformed(at);
  }

  // Reads the numbers that come next in a list and the commas behind them, as far as they are
  // short. Says whether the last one has the list's bracket behind it.
  bool short_numbers() {
    NumberList list{text, place, last, next, hundredths};
    bool ends = (reads_fours && read_fours(list)) || read_singly(list);
    place = list.place;
    next = list.token;
    hundredths = list.hundredths;
    return ends;
  }

  static bool read_singly(NumberList &list) {
    while (list.place + 1 < list.last) {
      uint32_t at = list.place[0] - 1, end = list.place[1] - 1;
      char separator = list.text[end];
      while (is_blank(list.text[end - 1])) end--;
      bool is_short = (separator == ',' || separator == ']') &&
                      (two_decimals(list.text, at, end, list.token) ||
                       short_number(list.text, at, end, list.token));
      if (!is_short) return false;
      uint32_t link = list.token++->link;
      if (link != 0) *list.hundredths++ = static_cast<int32_t>(link - COPRA_JSON_ZERO_HUNDREDTHS);
      list.place += separator == ',' ? 2 : 1;
      if (separator == ']') return true;
    }
    return false;
  }

  bool close(size_t start) {
    tokens[start].bits = offset() + 1;
    tokens[start].link = static_cast<uint32_t>(next - tokens);
    place++;
    return true;
  }

  // Notes where a list's hundredths are, if all that is in it has some.
  bool close_list(size_t start, const int32_t *first) {
    close(start);
    bool has_all = next - tokens - static_cast<ptrdiff_t>(start) - 1 == hundredths - first;
    if (has_all) tokens[start].bits |= static_cast<uint64_t>(first - all_hundredths + 1) << 32;
    return true;
  }

  bool array(int depth) {
    size_t start = next - tokens;
    const int32_t *first = hundredths;
    add(COPRA_JSON_ARRAY, offset(), 0);
    place++;
    if (peek() == ']') return close_list(start, first);
    while (true) {
      if (short_numbers()) return close_list(start, first);
      if (!value(depth + 1)) return false;
      if (peek() == ']') return close_list(start, first);
      if (peek() != ',') return fail("expected a comma or the end of a list");
      place++;
    }
  }

  bool object(int depth) {
    size_t start = next - tokens;
    add(COPRA_JSON_OBJECT, offset(), 0);
    place++;
    if (peek() == '}') return close(start);
    while (true) {
      if (peek() != '"') return fail("expected a name");
      string(COPRA_JSON_KEY);
      if (next[-1].kind == COPRA_JSON_MALFORMED) return fail("expected a name of whole characters");
      if (peek() != ':') return fail("expected a colon");
      place++;
      if (!value(depth + 1)) return false;
      if (peek() == '}') return close(start);
      if (peek() != ',') return fail("expected a comma or the end of an object");
      place++;
    }
  }

  bool value(int depth) {
    if (depth > deepest) return fail("lists and objects are nested too deeply");
    switch (peek()) {
      case '[': return array(depth);
      case '{': return object(depth);
      case '"': string(COPRA_JSON_STRING); return true;
      case 't': word("true", 4, COPRA_JSON_TRUE); return !error;
      case 'f': word("false", 5, COPRA_JSON_FALSE); return !error;
      case 'n': word("null", 4, COPRA_JSON_NULL); return !error;
      case ']': case '}': case ',': case ':': case '\0': return fail("expected a value");
      default: number(); return !error;
    }
  }
};

}  // namespace

struct copra_json_tokenizer {
  // The text stands in the buffer between an added opening and an added closing bracket; before it
  // are as many bytes as are read at once up to a number's end.
  std::vector<char> buffer;
  std::unique_ptr<copra_json_token[]> tokens;
  std::unique_ptr<int32_t[]> hundredths;
  size_t token_capacity = 0;
  std::vector<uint8_t> strings;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  copra_json_result result;

  char *text() { return buffer.data() + lead; }

  simdjson::error_code prepare(size_t length) {
    if (strings.size() < length + padding) strings.resize(length + padding);
    if (!parser) {
      return simdjson::get_active_implementation()->create_dom_parser_implementation(
          length, deepest, parser);
    }
    return parser->capacity() < length ? parser->set_capacity(length) : simdjson::SUCCESS;
  }

  copra_json_result tokenize(size_t length) {
    auto bytes = reinterpret_cast<const uint8_t *>(text() - 1);
    auto code = prepare(length + 2);
    if (!code) code = parser->stage1(bytes, length + 2, simdjson::stage1_mode::regular);
    if (code) return failure(words(code));
    const uint32_t *structure = parser->structural_indexes.get();
    if (token_capacity < parser->n_structural_indexes) {
      token_capacity = parser->n_structural_indexes;
      tokens.reset(new copra_json_token[token_capacity]);
      hundredths.reset(new int32_t[token_capacity]);
    }
    Walker walker{tokens.get(), tokens.get(), *parser, text(), structure + 1,
                  structure + parser->n_structural_indexes, strings.data(),
                  hundredths.get()};
    size_t complete = 0, end = 0;
    if (walker.peek() != ']') {
      while (walker.value(0)) {
        complete = walker.next - walker.tokens;
        end = walker.offset();
        while (is_blank(text()[end - 1])) end--;
        if (walker.peek() != ',') {
          if (walker.peek() != ']') walker.fail("expected a comma");
          break;
        }
        walker.place++;
      }
    }
    return {tokens.get(), complete, end, walker.error, hundredths.get(), bytes + 1, length};
  }

  // What is wrong with a text whose structure cannot be found.
  static const char *words(simdjson::error_code code) {
    switch (code) {
      case simdjson::UTF8_ERROR: return "expected UTF-8, found other bytes";
      case simdjson::UNCLOSED_STRING: return "expected a closing quotation mark";
      case simdjson::UNESCAPED_CHARS:
        return "expected an escape, found a control character within a text";
      case simdjson::MEMALLOC: return "not enough memory";
      case simdjson::CAPACITY: return "the record is too long";
      default: return "expected JSON";
    }
  }

  copra_json_result failure(const char *error) {
    return {nullptr, 0, 0, error, nullptr, nullptr, 0};
  }
};

namespace {

// Tokenizers that no one uses now: their buffers have been paid for.
std::mutex idle_lock;
std::vector<std::unique_ptr<copra_json_tokenizer>> idle;

}  // namespace

copra_json_tokenizer *copra_json_tokenizer_create(void) {
  try {
    std::lock_guard<std::mutex> guard(idle_lock);
    if (idle.empty()) return new copra_json_tokenizer;
    auto tokenizer = std::move(idle.back());
    idle.pop_back();
    return tokenizer.release();
  } catch (...) {
    return nullptr;
  }
}

void copra_json_tokenizer_destroy(copra_json_tokenizer *tokenizer) {
  std::unique_ptr<copra_json_tokenizer> owned(tokenizer);
  try {
    std::lock_guard<std::mutex> guard(idle_lock);
    idle.push_back(std::move(owned));
  } catch (...) {
  }
}

char *copra_json_tokenizer_text(copra_json_tokenizer *tokenizer, size_t capacity) {
  try {
    size_t needed = lead + capacity + 1 + padding;
    if (tokenizer->buffer.size() < needed) tokenizer->buffer.resize(needed);
    return tokenizer->text();
  } catch (...) {
    return nullptr;
  }
}

const copra_json_result *copra_json_tokenize(copra_json_tokenizer *tokenizer, size_t length) {
  char *text = tokenizer->text();
  text[-1] = '[';
  text[length] = ']';
  std::memset(text + length + 1, 0, padding);
  try {
    tokenizer->result = tokenizer->tokenize(length);
  } catch (...) {
    tokenizer->result = tokenizer->failure("not enough memory");
  }
  return &tokenizer->result;
}

void copra_json_give_back_memory(void) { malloc_trim(0); }
