#include "CSimdJSON.h"

#include <simdjson.h>

#include <cstring>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace {

constexpr int deepest = 500;  // simdjson's own limit is 1024; the walk recurses

inline bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// The offset after the last byte before `next` that is not blank.
inline size_t end_before(const char *text, size_t next) {
  while (next > 0 && is_blank(text[next - 1])) next--;
  return next;
}

struct Walker {
  std::vector<copra_json_token> &tokens;
  const char *text;
  simdjson::ondemand::document &document;

  uint32_t offset(const char *place) const { return static_cast<uint32_t>(place - text); }

  void add(unsigned kind, uint32_t offset, uint64_t bits, size_t link = 0) {
    tokens.push_back({bits, offset, static_cast<uint32_t>(link), kind});
  }

  void malformed(simdjson::ondemand::value &value, uint32_t at) {
    std::string_view raw = value.raw_json_token();
    while (!raw.empty() && is_blank(raw.back())) raw.remove_suffix(1);
    add(COPRA_JSON_MALFORMED, at, 0, raw.size());
  }

  void string(unsigned kind, simdjson::simdjson_result<std::string_view> result,
              simdjson::ondemand::value &value, uint32_t at) {
    std::string_view unescaped;
    if (std::move(result).get(unescaped)) return malformed(value, at);
    add(kind, at, reinterpret_cast<uintptr_t>(unescaped.data()), unescaped.size());
  }

  void number(simdjson::ondemand::value &value, uint32_t at) {
    simdjson::ondemand::number number;
    if (value.get_number().get(number)) return malformed(value, at);
    if (number.is_int64()) {
      add(COPRA_JSON_INTEGER, at, static_cast<uint64_t>(number.get_int64()));
    } else if (number.is_uint64()) {
      malformed(value, at);
    } else {
      double parsed = number.get_double();
      uint64_t bits;
      std::memcpy(&bits, &parsed, sizeof bits);
      add(COPRA_JSON_DOUBLE, at, bits);
    }
  }

  void literal(simdjson::ondemand::value &value, uint32_t at) {
    bool flag;
    if (text[at] == 'n') {
      bool isNull = false;
      if (value.is_null().get(isNull) == simdjson::SUCCESS && isNull) {
        return add(COPRA_JSON_NULL, at, 0);
      }
    } else if (value.get_bool().get(flag) == simdjson::SUCCESS) {
      return add(flag ? COPRA_JSON_TRUE : COPRA_JSON_FALSE, at, 0);
    }
    malformed(value, at);
  }

  simdjson::error_code close(size_t start) {
    const char *next;
    if (auto error = document.current_location().get(next)) return error;
    tokens[start].bits = end_before(text, offset(next));
    tokens[start].link = static_cast<uint32_t>(tokens.size());
    return simdjson::SUCCESS;
  }

  simdjson::error_code array(simdjson::ondemand::value &value, uint32_t at, int depth) {
    size_t start = tokens.size();
    add(COPRA_JSON_ARRAY, at, 0);
    simdjson::ondemand::array array;
    if (auto error = value.get_array().get(array)) return error;
    for (auto item : array) {
      simdjson::ondemand::value element;
      if (auto error = item.get(element)) return error;
      if (auto error = walk(element, depth + 1)) return error;
    }
    return close(start);
  }

  simdjson::error_code object(simdjson::ondemand::value &value, uint32_t at, int depth) {
    size_t start = tokens.size();
    add(COPRA_JSON_OBJECT, at, 0);
    simdjson::ondemand::object object;
    if (auto error = value.get_object().get(object)) return error;
    for (auto item : object) {
      simdjson::ondemand::field field;
      if (auto error = std::move(item).get(field)) return error;
      uint32_t place = offset(field.key().raw()) - 1;
      std::string_view key;
      if (auto error = field.unescaped_key().get(key)) return error;
      add(COPRA_JSON_KEY, place, reinterpret_cast<uintptr_t>(key.data()), key.size());
      if (auto error = walk(field.value(), depth + 1)) return error;
    }
    return close(start);
  }

  simdjson::error_code walk(simdjson::ondemand::value &value, int depth) {
    if (depth > deepest) return simdjson::DEPTH_ERROR;
    uint32_t at = offset(value.raw_json_token().data());
    switch (text[at]) {
      case '[': return array(value, at, depth);
      case '{': return object(value, at, depth);
      case '"': string(COPRA_JSON_STRING, value.get_string(), value, at); break;
      case 't': case 'f': case 'n': literal(value, at); break;
      default: number(value, at);
    }
    return simdjson::SUCCESS;
  }
};

}  // namespace

struct copra_json_tokenizer {
  // The text stands between an added opening and an added closing bracket.
  std::vector<char> buffer;
  std::vector<copra_json_token> tokens;
  simdjson::ondemand::parser parser;

  char *text() { return buffer.data() + 1; }

  copra_json_result tokenize(size_t length) {
    tokens.clear();
    size_t complete = 0, end = 0;
    auto finish = [&](simdjson::error_code error) -> copra_json_result {
      return {tokens.data(), complete, end, error ? simdjson::error_message(error) : nullptr};
    };
    simdjson::ondemand::document document;
    simdjson::padded_string_view view(buffer.data(), length + 2, length + 2 + simdjson::SIMDJSON_PADDING);
    if (auto error = parser.iterate(view).get(document)) return finish(error);
    Walker walker{tokens, text(), document};
    simdjson::ondemand::array array;
    if (auto error = document.get_array().get(array)) return finish(error);
    for (auto item : array) {
      simdjson::ondemand::value element;
      if (auto error = item.get(element)) return finish(error);
      if (auto error = walker.walk(element, 0)) return finish(error);
      const char *next;
      if (auto error = document.current_location().get(next)) return finish(error);
      complete = tokens.size();
      end = end_before(text(), next - text());
    }
    return finish(simdjson::SUCCESS);
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
    size_t needed = capacity + 2 + simdjson::SIMDJSON_PADDING;
    if (tokenizer->buffer.size() < needed) tokenizer->buffer.resize(needed);
    return tokenizer->text();
  } catch (...) {
    return nullptr;
  }
}

copra_json_result copra_json_tokenize(copra_json_tokenizer *tokenizer, size_t length) {
  char *text = tokenizer->text();
  text[-1] = '[';
  text[length] = ']';
  std::memset(text + length + 1, 0, simdjson::SIMDJSON_PADDING);
  try {
    return tokenizer->tokenize(length);
  } catch (...) {
    return {nullptr, 0, 0, "not enough memory"};
  }
}
