#include "decoder.h"

#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>

typedef struct WebPDecoder {
  CopraDecoder base;
  const uint8_t *bytes;
  size_t count;
  // libwebp decodes a picture as a whole; rows are handed out from here.
  uint8_t *pixels;
} WebPDecoder;

static void failWith(WebPDecoder *webp, VP8StatusCode code) {
  switch (code) {
  case VP8_STATUS_OK:
    return;
  case VP8_STATUS_NOT_ENOUGH_DATA:
  case VP8_STATUS_SUSPENDED:
    CopraDecoderFail(&webp->base, CopraStatusTruncated, "data ends before the picture does");
  case VP8_STATUS_OUT_OF_MEMORY:
    CopraDecoderFail(&webp->base, CopraStatusMemory, "out of memory");
  case VP8_STATUS_UNSUPPORTED_FEATURE:
    CopraDecoderFail(&webp->base, CopraStatusUnsupported, "a WebP feature that is not decoded");
  default:
    CopraDecoderFail(&webp->base, CopraStatusCorrupt, "the WebP stream contradicts its format");
  }
}

static size_t rowBytesOf(const WebPDecoder *webp) {
  return (size_t)webp->base.picture.width * webp->base.picture.channels;
}

static void decode(WebPDecoder *webp) {
  const size_t rowBytes = rowBytesOf(webp), size = rowBytes * webp->base.picture.height;
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config)) {
    CopraDecoderFail(&webp->base, CopraStatusUnsupported, "another version of libwebp");
  }
  webp->pixels = malloc(size);
  if (webp->pixels == NULL) CopraDecoderFail(&webp->base, CopraStatusMemory, "out of memory");
  config.output.colorspace = webp->base.picture.channels == 4 ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = webp->pixels;
  config.output.u.RGBA.stride = (int)rowBytes;
  config.output.u.RGBA.size = size;
  const VP8StatusCode code = WebPDecode(webp->bytes, webp->count, &config);
  WebPFreeDecBuffer(&config.output);
  failWith(webp, code);
}

static void readPixels(CopraDecoder *decoder, uint8_t *pixels, size_t rowBytes, uint32_t rows) {
  WebPDecoder *webp = (WebPDecoder *)decoder;
  if (webp->pixels == NULL) decode(webp);
  const size_t own = rowBytesOf(webp);
  for (uint32_t row = 0; row < rows; row++) {
    memcpy(pixels + rowBytes * row, webp->pixels + own * (decoder->row + row), own);
  }
}

static void closeDecoder(CopraDecoder *decoder) { free(((WebPDecoder *)decoder)->pixels); }

static void readHeader(WebPDecoder *webp, CopraSamples samples) {
  WebPBitstreamFeatures features;
  failWith(webp, WebPGetFeatures(webp->bytes, webp->count, &features));
  if (features.has_animation) {
    CopraDecoderFail(&webp->base, CopraStatusUnsupported, "an animated WebP is not decoded");
  }
  webp->base.picture.width = (uint32_t)features.width;
  webp->base.picture.height = (uint32_t)features.height;
  webp->base.picture.channels = features.has_alpha && samples == CopraSamplesColours ? 4 : 3;
  webp->base.picture.bitDepth = 8;
  webp->base.picture.colour = CopraColourRGB;
}

CopraDecoder *CopraDecoderOpenWebP(const uint8_t *bytes, size_t count, CopraSamples samples) {
  WebPDecoder *webp = calloc(1, sizeof *webp);
  if (webp == NULL) return NULL;
  webp->base.read = readPixels;
  webp->base.close = closeDecoder;
  webp->bytes = bytes;
  webp->count = count;
  if (setjmp(webp->base.escape) == 0) readHeader(webp, samples);
  return &webp->base;
}
