#ifndef COPRA_DECODER_H
#define COPRA_DECODER_H

#include "CImageCodecs.h"

#include <setjmp.h>

// What all decoders begin with; their own state follows it in memory.
struct CopraDecoder {
  CopraPicture picture;
  CopraStatus status;
  char message[256];
  char warning[256];
  // Whether the library asked for bytes past the end, whatever it said about it later.
  bool endedEarly;
  // Rows that were read.
  uint32_t row;
  jmp_buf escape;
  // Runs with `escape` set.
  void (*read)(CopraDecoder *decoder, uint8_t *pixels, size_t rowBytes, uint32_t rows);
  void (*close)(CopraDecoder *decoder);
};

// Notes why and jumps back to the last setjmp on `escape`. An early end outweighs what the library
// makes of it.
_Noreturn void CopraDecoderFail(CopraDecoder *decoder, CopraStatus status, const char *message);

#endif
