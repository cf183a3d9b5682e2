#include "decoder.h"

#include <stdlib.h>
#include <string.h>

#include <png.h>

typedef struct PNGDecoder {
  CopraDecoder base;
  png_structp engine;
  png_infop info;
  const uint8_t *next;
  size_t left;
  int passes;
} PNGDecoder;

// Chunks that say nothing about the pixels: skipped, so that a bomb in one of them stays shut.
static const png_byte skippedChunks[] = "eXIf\0hIST\0iCCP\0iTXt\0pCAL\0sCAL\0sPLT\0tEXt\0zTXt";
enum { skippedChunkCount = sizeof skippedChunks / 5 };

static void onError(png_structp engine, png_const_charp message) {
  CopraDecoder *decoder = png_get_error_ptr(engine);
  CopraStatus status = CopraStatusCorrupt;
  if (strncmp(message, "Not enough image data", 21) == 0) {
    status = CopraStatusTruncated;
  } else if (strstr(message, "out of memory") || strstr(message, "Out of memory")) {
    status = CopraStatusMemory;
  }
  CopraDecoderFail(decoder, status, message);
}

// libpng warns of odd colour profiles and the like, none of which touches the pixels.
static void onWarning(png_structp engine, png_const_charp message) {
  (void)engine;
  (void)message;
}

static void readBytes(png_structp engine, png_bytep target, size_t count) {
  PNGDecoder *png = png_get_io_ptr(engine);
  if (count > png->left) {
    png->base.endedEarly = true;
    png_error(engine, "data ends before the IEND chunk");
  }
  memcpy(target, png->next, count);
  png->next += count;
  png->left -= count;
}

static void readPixels(CopraDecoder *decoder, uint8_t *pixels, size_t rowBytes, uint32_t rows) {
  PNGDecoder *png = (PNGDecoder *)decoder;
  for (int pass = 0; pass < png->passes; pass++) {
    for (uint32_t row = 0; row < rows; row++) {
      png_read_row(png->engine, pixels + rowBytes * row, NULL);
    }
  }
  if (decoder->row + rows == decoder->picture.height) png_read_end(png->engine, NULL);
}

static void closeDecoder(CopraDecoder *decoder) {
  PNGDecoder *png = (PNGDecoder *)decoder;
  png_destroy_read_struct(&png->engine, &png->info, NULL);
}

static void chooseSamples(PNGDecoder *png, CopraSamples samples, int bitDepth, int colourType) {
  if (bitDepth == 16 && samples == CopraSamplesLuma) {
    png_set_strip_16(png->engine);
  } else if (bitDepth == 16) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    png_set_swap(png->engine);
#endif
  }
  if (samples == CopraSamplesLabels) {
    png_set_packing(png->engine);
  } else {
    png_set_expand(png->engine);
  }
  if (samples != CopraSamplesColours) png_set_strip_alpha(png->engine);
}

static void describe(PNGDecoder *png, int colourType) {
  CopraPicture *picture = &png->base.picture;
  picture->channels = png_get_channels(png->engine, png->info);
  picture->bitDepth = png_get_bit_depth(png->engine, png->info);
  if (colourType == PNG_COLOR_TYPE_PALETTE) {
    png_colorp palette = NULL;
    int count = 0;
    picture->colour = CopraColourPalette;
    if (png_get_PLTE(png->engine, png->info, &palette, &count)) {
      picture->palette = (const uint8_t *)palette;
      picture->paletteCount = (uint32_t)count;
    }
  } else {
    picture->colour = colourType & PNG_COLOR_MASK_COLOR ? CopraColourRGB : CopraColourGrey;
  }
}

static void readHeader(PNGDecoder *png, CopraSamples samples) {
  int bitDepth = 0, colourType = 0;
  png_set_read_fn(png->engine, png, readBytes);
  // The caller limits pixels; libpng's own limit of a million a side would refuse long strips.
  png_set_user_limits(png->engine, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_keep_unknown_chunks(
      png->engine, PNG_HANDLE_CHUNK_NEVER, skippedChunks, skippedChunkCount);
  png_read_info(png->engine, png->info);
  png_get_IHDR(
      png->engine, png->info, &png->base.picture.width, &png->base.picture.height, &bitDepth,
      &colourType, NULL, NULL, NULL);
  chooseSamples(png, samples, bitDepth, colourType);
  png->passes = png_set_interlace_handling(png->engine);
  png->base.picture.interlaced = png->passes > 1;
  png_read_update_info(png->engine, png->info);
  describe(png, colourType);
}

CopraDecoder *CopraDecoderOpenPNG(const uint8_t *bytes, size_t count, CopraSamples samples) {
  PNGDecoder *png = calloc(1, sizeof *png);
  if (png == NULL) return NULL;
  png->base.read = readPixels;
  png->base.close = closeDecoder;
  png->next = bytes;
  png->left = count;
  if (setjmp(png->base.escape) == 0) {
    png->engine = png_create_read_struct(PNG_LIBPNG_VER_STRING, png, onError, onWarning);
    png->info = png->engine == NULL ? NULL : png_create_info_struct(png->engine);
    if (png->info == NULL) CopraDecoderFail(&png->base, CopraStatusMemory, "out of memory");
    readHeader(png, samples);
  }
  return &png->base;
}
