#include "decoder.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include <jerror.h>

// A progressive file may hold any number of scans, each a pass over the whole picture; real ones
// hold about ten.
enum { maximumScans = 500 };

typedef struct JPEGDecoder {
  CopraDecoder base;
  struct jpeg_decompress_struct engine;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
} JPEGDecoder;

static CopraStatus statusOf(int code) {
  switch (code) {
  case JERR_INPUT_EMPTY:
  case JERR_INPUT_EOF:
    return CopraStatusTruncated;
  case JERR_OUT_OF_MEMORY:
    return CopraStatusMemory;
  case JERR_ARITH_NOTIMPL:
  case JERR_BAD_PRECISION:
  case JERR_CCIR601_NOTIMPL:
  case JERR_CONVERSION_NOTIMPL:
  case JERR_FRACT_SAMPLE_NOTIMPL:
  case JERR_IMAGE_TOO_BIG:
  case JERR_NOT_COMPILED:
  case JERR_SOF_UNSUPPORTED:
    return CopraStatusUnsupported;
  default:
    return CopraStatusCorrupt;
  }
}

static void onError(j_common_ptr engine) {
  CopraDecoder *decoder = engine->client_data;
  char text[JMSG_LENGTH_MAX];
  engine->err->format_message(engine, text);
  CopraDecoderFail(decoder, statusOf(engine->err->msg_code), text);
}

// Level −1 is damage that libjpeg reads past; the levels from 0 are traces.
static void onMessage(j_common_ptr engine, int level) {
  if (level >= 0) return;
  CopraDecoder *decoder = engine->client_data;
  int code = engine->err->msg_code;
  if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER) {
    decoder->endedEarly = true;
  }
  if (decoder->warning[0] == 0) {
    char text[JMSG_LENGTH_MAX];
    engine->err->format_message(engine, text);
    snprintf(decoder->warning, sizeof decoder->warning, "%s", text);
  }
}

static void onOutput(j_common_ptr engine) { (void)engine; }

static void onProgress(j_common_ptr engine) {
  if (((j_decompress_ptr)engine)->input_scan_number > maximumScans) {
    CopraDecoderFail(
        engine->client_data, CopraStatusCorrupt, "expected at most 500 scans, found more");
  }
}

// An early end shows as a warning only, and the rest of the picture as grey.
static void failIfEndedEarly(CopraDecoder *decoder) {
  if (decoder->endedEarly) {
    CopraDecoderFail(decoder, CopraStatusTruncated, decoder->warning);
  }
}

static void readPixels(CopraDecoder *decoder, uint8_t *pixels, size_t rowBytes) {
  struct jpeg_decompress_struct *engine = &((JPEGDecoder *)decoder)->engine;
  jpeg_start_decompress(engine);
  while (engine->output_scanline < engine->output_height) {
    JSAMPROW row = pixels + rowBytes * engine->output_scanline;
    jpeg_read_scanlines(engine, &row, 1);
    failIfEndedEarly(decoder);
  }
  jpeg_finish_decompress(engine);
  failIfEndedEarly(decoder);
}

static void closeDecoder(CopraDecoder *decoder) {
  jpeg_destroy_decompress(&((JPEGDecoder *)decoder)->engine);
}

static void chooseColours(CopraDecoder *decoder, struct jpeg_decompress_struct *engine) {
  switch (engine->num_components) {
  case 1:
    engine->out_color_space = JCS_GRAYSCALE;
    decoder->picture.colour = CopraColourGrey;
    break;
  case 3:
    engine->out_color_space = JCS_RGB;
    decoder->picture.colour = CopraColourRGB;
    break;
  case 4:
    engine->out_color_space = JCS_CMYK;
    decoder->picture.colour = CopraColourCMYK;
    break;
  default:
    CopraDecoderFail(decoder, CopraStatusUnsupported, "expected 1, 3 or 4 components");
  }
}

static void readHeader(JPEGDecoder *jpeg, const uint8_t *bytes, size_t count) {
  struct jpeg_decompress_struct *engine = &jpeg->engine;
  jpeg_create_decompress(engine);
  engine->progress = &jpeg->progress;
  jpeg_mem_src(engine, bytes, count);
  jpeg_read_header(engine, TRUE);
  failIfEndedEarly(&jpeg->base);
  chooseColours(&jpeg->base, engine);
  jpeg->base.picture.width = engine->image_width;
  jpeg->base.picture.height = engine->image_height;
  jpeg->base.picture.channels = engine->num_components;
  jpeg->base.picture.bitDepth = 8;
}

CopraDecoder *CopraDecoderOpenJPEG(const uint8_t *bytes, size_t count) {
  JPEGDecoder *jpeg = calloc(1, sizeof *jpeg);
  if (jpeg == NULL) return NULL;
  jpeg->base.read = readPixels;
  jpeg->base.close = closeDecoder;
  jpeg->engine.err = jpeg_std_error(&jpeg->errors);
  jpeg->errors.error_exit = onError;
  jpeg->errors.emit_message = onMessage;
  jpeg->errors.output_message = onOutput;
  jpeg->progress.progress_monitor = onProgress;
  // jpeg_create_decompress keeps err and client_data.
  jpeg->engine.client_data = jpeg;
  if (setjmp(jpeg->base.escape) == 0) {
    readHeader(jpeg, bytes, count);
  }
  return &jpeg->base;
}
