#ifndef COPRA_IMAGE_CODECS_H
#define COPRA_IMAGE_CODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// libjpeg and libpng behind one handle. Both libraries leave through longjmp; the jump begins and
// ends inside these functions, so that no frame of Swift is ever jumped over.

typedef enum __attribute__((enum_extensibility(closed))) CopraStatus {
  CopraStatusDone = 0,
  CopraStatusTruncated,
  CopraStatusCorrupt,
  CopraStatusUnsupported,
  CopraStatusMemory,
} CopraStatus;

typedef enum __attribute__((enum_extensibility(closed))) CopraColour {
  CopraColourGrey = 0,
  CopraColourPalette,
  CopraColourRGB,
  CopraColourCMYK,
} CopraColour;

typedef struct CopraPicture {
  uint32_t width;
  uint32_t height;
  // Of the samples that CopraDecoderRead writes: how many a pixel, and 8 or 16 bits each.
  uint32_t channels;
  uint32_t bitDepth;
  // As stored in the file, whatever the samples are turned into.
  CopraColour colour;
  // 3 bytes an entry, owned by the decoder; null where the file has no palette.
  const uint8_t *palette;
  uint32_t paletteCount;
} CopraPicture;

typedef struct CopraDecoder CopraDecoder;

// Reads the headers. The bytes are borrowed and must outlive the decoder. The result is owned by
// the caller, who closes it whatever its status; it is null only when memory ran out.
CopraDecoder *CopraDecoderOpenJPEG(const uint8_t *bytes, size_t count);

// With `labels`, samples stay as stored: palette indices, unscaled grey, no alpha. Without it,
// palettes become colours and grey of fewer than 8 bits is spread over 0...255.
CopraDecoder *CopraDecoderOpenPNG(const uint8_t *bytes, size_t count, bool labels);

// How the last call went, and the library's own words about it (owned by the decoder).
CopraStatus CopraDecoderStatus(const CopraDecoder *decoder);
const char *CopraDecoderMessage(const CopraDecoder *decoder);

// The library's first warning about damage that it read past; empty where there was none.
const char *CopraDecoderWarning(const CopraDecoder *decoder);

CopraPicture CopraDecoderPicture(const CopraDecoder *decoder);

// Writes `height` rows of `rowBytes` bytes each, 16-bit samples in the machine's byte order.
// To be called once, and only after a status of CopraStatusDone.
CopraStatus CopraDecoderRead(CopraDecoder *decoder, uint8_t *pixels, size_t rowBytes);

// Frees the decoder; null is allowed.
void CopraDecoderClose(CopraDecoder *decoder);

#endif
