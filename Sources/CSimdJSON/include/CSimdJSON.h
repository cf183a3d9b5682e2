// What copra needs of simdjson (and of the C++ library's shortest number formatting), in C11.
//
// A tokenizer turns a run of JSON values into a flat list of tokens with byte offsets, so that the
// Swift side walks an array and never crosses the language border value by value.
#ifndef COPRA_CSIMDJSON_H
#define COPRA_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Numbers of at most two decimals are known by their hundredths, which their link counts from here.
// A link of 0 says that a number has more decimals, is too long, or is -0.
enum { COPRA_JSON_ZERO_HUNDREDTHS = 1 << 27 };

enum {
  COPRA_JSON_NULL = 0,
  COPRA_JSON_FALSE = 1,
  COPRA_JSON_TRUE = 2,
  COPRA_JSON_INTEGER = 3,    // bits: the int64, link: perhaps its hundredths, moved up
  COPRA_JSON_DOUBLE = 4,     // link: its hundredths, moved up; where that is 0, bits: the double
  COPRA_JSON_STRING = 5,     // bits: address of the unescaped UTF-8, link: its length
  COPRA_JSON_KEY = 6,        // as a string; its value is the next token
  COPRA_JSON_ARRAY = 7,      // link: index of the token after it; bits, lower 32: offset after its
                             // end, upper 32: where all that is in it are numbers known by their
                             // hundredths, one more than the index of the first of these, else 0
  COPRA_JSON_OBJECT = 8,     // as an array; its members are pairs of key and value
  COPRA_JSON_MALFORMED = 9,  // a scalar that is no JSON value; link: its length
};

typedef struct {
  uint64_t bits;
  uint32_t offset;  // of the value's first byte in the text
  uint32_t link : 28;
  uint32_t kind : 4;
} copra_json_token;

typedef struct {
  const copra_json_token *tokens;
  size_t count;       // tokens of complete values only
  size_t end;         // offset of the byte after the last complete value
  const char *error;  // NULL when all of the text was read
  const int32_t *hundredths;
  const uint8_t *text;
  size_t length;
} copra_json_result;

typedef struct copra_json_tokenizer copra_json_tokenizer;

// The caller owns the tokenizer; a destroyed one waits, with its buffers, to be created again.
// NULL when there is no memory.
copra_json_tokenizer *copra_json_tokenizer_create(void);
void copra_json_tokenizer_destroy(copra_json_tokenizer *tokenizer);

// The buffer that holds the text of the next call: room for `capacity` bytes and what the
// tokenizer needs before and behind them. Owned by the tokenizer. NULL when there is no memory.
char *copra_json_tokenizer_text(copra_json_tokenizer *tokenizer, size_t capacity);

// Reads the first `length` bytes of the text: values with commas between them, up to the end or
// to the bracket that closes an enclosing array. What is given lives until the next call.
const copra_json_result *copra_json_tokenize(copra_json_tokenizer *tokenizer, size_t length);

// Gives memory that was used and freed back to the system, as far as the C library still holds it.
void copra_json_give_back_memory(void);

// Writes the shortest decimal that reads back as `value` (finite), at most 32 bytes, no
// terminator. Returns the end.
char *copra_json_format_double(double value, char *output);

#ifdef __cplusplus
}
#endif

#endif
