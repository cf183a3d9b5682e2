#ifndef COPRA_IMAGE_CODECS_H
#define COPRA_IMAGE_CODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// libjpeg, libpng, libwebp, libtiff and giflib behind one handle. libjpeg and libpng leave through longjmp; the
// jump begins and ends inside these functions, so that no frame of Swift is ever jumped over.

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

// What the samples are to be turned into.
typedef enum __attribute__((enum_extensibility(closed))) CopraSamples {
  // Palettes become colours and grey of fewer than 8 bits is spread over 0...255.
  CopraSamplesColours = 0,
  // As stored: palette indices, unscaled grey, no alpha. For PNG only.
  CopraSamplesLabels,
  // What luma takes least work from: 8 bits a sample; grey where the file holds luma (also as the
  // first of three channels of YCbCr, whose others are not decoded further than to their
  // coefficients), else RGB or CMYK; no alpha.
  CopraSamplesLuma,
} CopraSamples;

typedef struct CopraPicture {
  // Of the rows that CopraDecoderRead writes.
  uint32_t width;
  uint32_t height;
  // Of the samples that CopraDecoderRead writes: how many a pixel, and 8 or 16 bits each.
  uint32_t channels;
  uint32_t bitDepth;
  // As stored in the file, whatever the samples are turned into.
  CopraColour colour;
  // Whether rows cannot be had one after the other, because the file interlaces them.
  bool interlaced;
  // 3 bytes an entry, owned by the decoder; null where the file has no palette.
  const uint8_t *palette;
  uint32_t paletteCount;
} CopraPicture;

typedef struct CopraDecoder CopraDecoder;

// Reads the headers. The bytes are borrowed and must outlive the decoder. The result is owned by
// the caller, who closes it whatever its status; it is null only when memory ran out.
//
// A JPEG whose luma is asked for is decoded at the least of its sizes, the whole one or a half, a
// quarter or an eighth of it, whose longer side has `leastSide` pixels or more; 0 asks for the whole.
CopraDecoder *CopraDecoderOpenJPEG(
    const uint8_t *bytes, size_t count, CopraSamples samples, uint32_t leastSide);
CopraDecoder *CopraDecoderOpenPNG(const uint8_t *bytes, size_t count, CopraSamples samples);
// Labels are as colours for these three.
CopraDecoder *CopraDecoderOpenWebP(const uint8_t *bytes, size_t count, CopraSamples samples);
CopraDecoder *CopraDecoderOpenTIFF(const uint8_t *bytes, size_t count, CopraSamples samples);
// The first frame on its screen, in RGB whatever the samples.
CopraDecoder *CopraDecoderOpenGIF(const uint8_t *bytes, size_t count);

// How the last call went, and the library's own words about it (owned by the decoder).
CopraStatus CopraDecoderStatus(const CopraDecoder *decoder);
const char *CopraDecoderMessage(const CopraDecoder *decoder);

// The library's first warning about damage that it read past; empty where there was none.
const char *CopraDecoderWarning(const CopraDecoder *decoder);

CopraPicture CopraDecoderPicture(const CopraDecoder *decoder);

// Writes the next `rows` rows of `rowBytes` bytes each, 16-bit samples in the machine's byte order;
// with the last one, what follows the pixels is read too. To be called only after a status of
// CopraStatusDone, with no more rows in all than the picture has, and with all of them at once where
// it is interlaced.
CopraStatus CopraDecoderRead(
    CopraDecoder *decoder, uint8_t *pixels, size_t rowBytes, uint32_t rows);

// Frees the decoder; null is allowed.
void CopraDecoderClose(CopraDecoder *decoder);

// Bytes that are enough for any picture of this size as PNG.
size_t CopraPNGSizeLimit(uint32_t width, uint32_t height, uint32_t channels);

// Writes 8-bit samples, 1 (grey) or 3 (RGB) channels, as a PNG file into `bytes`, which has room for
// `*count` of them, and sets `*count` to how many there are. CopraStatusUnsupported where libpng does
// not take the size.
CopraStatus CopraEncodePNG(
    const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, uint8_t *bytes,
    size_t *count);

// Writes 8-bit samples, 1 (grey) or 3 (RGB) channels, as a baseline JPEG file of this quality, 1 to
// 100, colours at half the resolution. `*result` is to be freed by `CopraFreeJPEG`.
// CopraStatusUnsupported where libjpeg does not take the size.
CopraStatus CopraEncodeJPEG(
    const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, int quality,
    uint8_t **result, size_t *resultCount);

// Turns a JPEG file as its EXIF orientation, 2 to 8, asks for, without decoding its coefficients; all
// markers are kept, the orientation among them. `*result` is to be freed by `CopraFreeJPEG`.
// CopraStatusUnsupported where blocks at the edges are cut, or the file is damaged.
CopraStatus CopraTurnJPEG(
    const uint8_t *bytes, size_t count, int orientation, uint8_t **result, size_t *resultCount);

// Frees what the two functions above made; null is allowed.
void CopraFreeJPEG(uint8_t *bytes);

#endif
