#include "decoder.h"

#include <stdio.h>
#include <stdlib.h>

void CopraDecoderFail(CopraDecoder *decoder, CopraStatus status, const char *message) {
  decoder->status = decoder->endedEarly ? CopraStatusTruncated : status;
  snprintf(decoder->message, sizeof decoder->message, "%s", message);
  longjmp(decoder->escape, 1);
}

CopraStatus CopraDecoderStatus(const CopraDecoder *decoder) { return decoder->status; }

const char *CopraDecoderMessage(const CopraDecoder *decoder) { return decoder->message; }

const char *CopraDecoderWarning(const CopraDecoder *decoder) { return decoder->warning; }

CopraPicture CopraDecoderPicture(const CopraDecoder *decoder) { return decoder->picture; }

CopraStatus CopraDecoderRead(
    CopraDecoder *decoder, uint8_t *pixels, size_t rowBytes, uint32_t rows) {
  if (setjmp(decoder->escape) == 0) {
    decoder->read(decoder, pixels, rowBytes, rows);
    decoder->row += rows;
  }
  return decoder->status;
}

void CopraDecoderClose(CopraDecoder *decoder) {
  if (decoder == NULL) return;
  decoder->close(decoder);
  free(decoder);
}
