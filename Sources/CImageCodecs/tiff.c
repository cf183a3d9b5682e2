#include "decoder.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

typedef struct TIFFDecoder {
  CopraDecoder base;
  TIFF *engine;
  const uint8_t *bytes;
  uint64_t count;
  uint64_t position;
  // libtiff's first word about an error.
  char words[256];
  // Whether rows come one after the other as they are stored; else libtiff makes colours of the
  // whole picture, in `raster`.
  bool isPlain;
  // Whether the colours are stored multiplied by alpha.
  bool isMultiplied;
  // Of the file: samples a pixel, and bytes a sample.
  uint32_t storedChannels;
  uint32_t storedBytes;
  uint8_t *storedRow;
  uint32_t *raster;
} TIFFDecoder;

static void onError(thandle_t handle, const char *module, const char *format, va_list arguments) {
  TIFFDecoder *tiff = handle;
  (void)module;
  if (tiff == NULL || tiff->words[0] != 0) return;
  vsnprintf(tiff->words, sizeof tiff->words, format, arguments);
}

// libtiff has one handler for all pictures, which learns from the handle whose error it is.
static void setHandlers(void) {
  TIFFSetErrorHandler(NULL);
  TIFFSetWarningHandler(NULL);
  TIFFSetErrorHandlerExt(onError);
}

static tmsize_t readBytes(thandle_t handle, void *target, tmsize_t wanted) {
  TIFFDecoder *tiff = handle;
  uint64_t left = tiff->position < tiff->count ? tiff->count - tiff->position : 0;
  uint64_t found = (uint64_t)wanted < left ? (uint64_t)wanted : left;
  if (found < (uint64_t)wanted) tiff->base.endedEarly = true;
  memcpy(target, tiff->bytes + (found > 0 ? tiff->position : 0), found);
  tiff->position += found;
  return (tmsize_t)found;
}

static tmsize_t writeBytes(thandle_t handle, void *source, tmsize_t count) {
  (void)handle, (void)source, (void)count;
  return 0;
}

static toff_t seek(thandle_t handle, toff_t offset, int origin) {
  TIFFDecoder *tiff = handle;
  if (origin == SEEK_CUR) offset += tiff->position;
  if (origin == SEEK_END) offset += tiff->count;
  if (offset > tiff->count) tiff->base.endedEarly = true;
  return tiff->position = offset;
}

static int closeFile(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t size(thandle_t handle) { return ((TIFFDecoder *)handle)->count; }

_Noreturn static void fail(TIFFDecoder *tiff, CopraStatus status, const char *otherwise) {
  CopraDecoderFail(&tiff->base, status, tiff->words[0] != 0 ? tiff->words : otherwise);
}

// What was multiplied by alpha, as Pillow has it: rounded down, and as stored where alpha is 0.
static uint32_t divided(uint32_t value, uint32_t alpha, uint32_t most) {
  if (alpha == 0) return value;
  const uint64_t quotient = (uint64_t)value * most / alpha;
  return quotient < most ? (uint32_t)quotient : most;
}

static void divideRow(TIFFDecoder *tiff) {
  const uint32_t channels = tiff->storedChannels;
  uint8_t *bytes = tiff->storedRow;
  uint16_t *words = (uint16_t *)tiff->storedRow;
  for (uint32_t x = 0; x < tiff->base.picture.width; x++) {
    for (uint32_t channel = 0; channel < channels - 1; channel++) {
      if (tiff->storedBytes == 1) {
        bytes[channel] = (uint8_t)divided(bytes[channel], bytes[channels - 1], UINT8_MAX);
      } else {
        words[channel] = (uint16_t)divided(words[channel], words[channels - 1], UINT16_MAX);
      }
    }
    bytes += channels;
    words += channels;
  }
}

// Eight or sixteen bits a sample, of a row as stored.
static void convertRow(const TIFFDecoder *tiff, uint8_t *target) {
  const CopraPicture *picture = &tiff->base.picture;
  const uint32_t bytes = picture->bitDepth / 8;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  const uint32_t upper = tiff->storedBytes - bytes;
#else
  const uint32_t upper = 0;
#endif
  const uint8_t *source = tiff->storedRow;
  for (uint32_t x = 0; x < picture->width; x++) {
    for (uint32_t channel = 0; channel < picture->channels; channel++) {
      memcpy(target, source + channel * tiff->storedBytes + upper, bytes);
      target += bytes;
    }
    source += tiff->storedChannels * tiff->storedBytes;
  }
}

static void readStored(TIFFDecoder *tiff, uint8_t *pixels, size_t rowBytes, uint32_t rows) {
  if (tiff->storedRow == NULL) {
    const tmsize_t size = TIFFScanlineSize(tiff->engine);
    const uint64_t own =
        (uint64_t)tiff->base.picture.width * tiff->storedChannels * tiff->storedBytes;
    if (size <= 0 || (uint64_t)size < own) fail(tiff, CopraStatusCorrupt, "rows are too short");
    tiff->storedRow = malloc((size_t)size);
    if (tiff->storedRow == NULL) fail(tiff, CopraStatusMemory, "out of memory");
  }
  for (uint32_t row = 0; row < rows; row++) {
    if (TIFFReadScanline(tiff->engine, tiff->storedRow, tiff->base.row + row, 0) != 1) {
      fail(tiff, CopraStatusCorrupt, "a row cannot be read");
    }
    if (tiff->isMultiplied) divideRow(tiff);
    convertRow(tiff, pixels + rowBytes * row);
  }
}

static void readColours(TIFFDecoder *tiff) {
  char words[1024] = "";
  TIFFRGBAImage image;
  const CopraPicture *picture = &tiff->base.picture;
  tiff->raster = calloc((size_t)picture->width * picture->height, sizeof *tiff->raster);
  if (tiff->raster == NULL) fail(tiff, CopraStatusMemory, "out of memory");
  if (!TIFFRGBAImageBegin(&image, tiff->engine, 1, words)) {
    CopraDecoderFail(&tiff->base, CopraStatusUnsupported, words);
  }
  // As stored: whoever shows the picture turns it.
  image.orientation = image.req_orientation = ORIENTATION_TOPLEFT;
  const int isDone = TIFFRGBAImageGet(&image, tiff->raster, picture->width, picture->height);
  TIFFRGBAImageEnd(&image);
  if (!isDone || tiff->words[0] != 0) fail(tiff, CopraStatusCorrupt, "the pixels cannot be read");
}

static void readPixels(CopraDecoder *decoder, uint8_t *pixels, size_t rowBytes, uint32_t rows) {
  TIFFDecoder *tiff = (TIFFDecoder *)decoder;
  if (tiff->isPlain) {
    readStored(tiff, pixels, rowBytes, rows);
    return;
  }
  if (tiff->raster == NULL) readColours(tiff);
  const uint32_t width = decoder->picture.width, channels = decoder->picture.channels;
  for (uint32_t row = 0; row < rows; row++) {
    const uint32_t *source = tiff->raster + (size_t)width * (decoder->row + row);
    uint8_t *target = pixels + rowBytes * row;
    for (uint32_t x = 0; x < width; x++) {
      for (uint32_t channel = 0; channel < channels; channel++) {
        const uint32_t value = TIFFGetR(source[x] >> 8 * channel);
        *target++ = tiff->isMultiplied ? (uint8_t)divided(value, TIFFGetA(source[x]), UINT8_MAX)
                                       : (uint8_t)value;
      }
    }
  }
}

static void closeDecoder(CopraDecoder *decoder) {
  TIFFDecoder *tiff = (TIFFDecoder *)decoder;
  if (tiff->engine != NULL) TIFFClose(tiff->engine);
  free(tiff->storedRow);
  free(tiff->raster);
}

static uint16_t field(TIFFDecoder *tiff, uint32_t tag) {
  uint16_t value = 0;
  TIFFGetFieldDefaulted(tiff->engine, tag, &value);
  return value;
}

static void openDirectory(TIFFDecoder *tiff) {
  CopraPicture *picture = &tiff->base.picture;
  tiff->engine = TIFFClientOpen(
      "picture", "rm", tiff, readBytes, writeBytes, seek, closeFile, size, NULL, NULL);
  if (tiff->engine == NULL) fail(tiff, CopraStatusCorrupt, "the directory cannot be read");
  if (!TIFFGetField(tiff->engine, TIFFTAG_IMAGEWIDTH, &picture->width) ||
      !TIFFGetField(tiff->engine, TIFFTAG_IMAGELENGTH, &picture->height)) {
    fail(tiff, CopraStatusCorrupt, "expected the tags ImageWidth and ImageLength");
  }
  if (!TIFFIsCODECConfigured(field(tiff, TIFFTAG_COMPRESSION))) {
    fail(tiff, CopraStatusUnsupported, "a compression that libtiff does not read");
  }
}

// Takes note of colours that are multiplied by alpha, and keeps libtiff from multiplying others.
static void chooseAlpha(TIFFDecoder *tiff, uint16_t channels) {
  uint16_t count = 0, *kinds = NULL;
  TIFFGetFieldDefaulted(tiff->engine, TIFFTAG_EXTRASAMPLES, &count, &kinds);
  if (count != 1 || (channels != 2 && channels != 4)) return;
  tiff->isMultiplied = kinds[0] == EXTRASAMPLE_ASSOCALPHA;
  const uint16_t unspecified = EXTRASAMPLE_UNSPECIFIED;
  TIFFSetField(tiff->engine, TIFFTAG_EXTRASAMPLES, 1, &unspecified);
}

static void chooseSamples(TIFFDecoder *tiff, CopraSamples samples) {
  CopraPicture *picture = &tiff->base.picture;
  char words[1024] = "";
  uint16_t photometric = 0;
  TIFFGetField(tiff->engine, TIFFTAG_PHOTOMETRIC, &photometric);
  const uint16_t bits = field(tiff, TIFFTAG_BITSPERSAMPLE);
  const uint16_t channels = field(tiff, TIFFTAG_SAMPLESPERPIXEL);
  const uint16_t kind = field(tiff, TIFFTAG_SAMPLEFORMAT);
  const bool isGrey = photometric == PHOTOMETRIC_MINISBLACK && channels <= 2;
  const bool isRGB = photometric == PHOTOMETRIC_RGB && (channels == 3 || channels == 4);
  tiff->isPlain = (isGrey || isRGB) && (bits == 8 || bits == 16) && !TIFFIsTiled(tiff->engine) &&
                  (kind == SAMPLEFORMAT_UINT || kind == SAMPLEFORMAT_VOID) &&
                  (channels == 1 || field(tiff, TIFFTAG_PLANARCONFIG) == PLANARCONFIG_CONTIG);
  const bool isLuma = samples == CopraSamplesLuma;
  chooseAlpha(tiff, channels);
  if (tiff->isPlain) {
    tiff->storedChannels = channels;
    tiff->storedBytes = bits / 8;
    picture->channels = !isLuma ? channels : isGrey ? 1 : 3;
    picture->bitDepth = isLuma ? 8 : bits;
  } else {
    // libtiff takes each row but the first from the wrong place.
    if (photometric <= PHOTOMETRIC_MINISBLACK && channels > 1 && TIFFIsTiled(tiff->engine)) {
      CopraDecoderFail(
          &tiff->base, CopraStatusUnsupported, "tiles of grey and alpha are not decoded");
    }
    if (!TIFFRGBAImageOK(tiff->engine, words)) {
      CopraDecoderFail(&tiff->base, CopraStatusUnsupported, words);
    }
    picture->channels = photometric <= PHOTOMETRIC_MINISBLACK ? 1 : 3;
    picture->bitDepth = 8;
  }
  picture->colour = picture->channels <= 2 ? CopraColourGrey : CopraColourRGB;
}

CopraDecoder *CopraDecoderOpenTIFF(const uint8_t *bytes, size_t count, CopraSamples samples) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, setHandlers);
  TIFFDecoder *tiff = calloc(1, sizeof *tiff);
  if (tiff == NULL) return NULL;
  tiff->base.read = readPixels;
  tiff->base.close = closeDecoder;
  tiff->bytes = bytes;
  tiff->count = count;
  if (setjmp(tiff->base.escape) == 0) {
    openDirectory(tiff);
    chooseSamples(tiff, samples);
  }
  return &tiff->base;
}
