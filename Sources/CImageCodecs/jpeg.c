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
  // Whether a scan ended before all its blocks were there, though the file went on.
  bool lacksData;
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
  // Odd words about the file's making; its data is sound.
  if (code == JWRN_JFIF_MAJOR || code == JWRN_ADOBE_XFORM) return;
  if (code == JWRN_JPEG_EOF) decoder->endedEarly = true;
  if (code == JWRN_HIT_MARKER) ((JPEGDecoder *)decoder)->lacksData = true;
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

// Missing data shows as a warning only, and the rest of the picture as grey.
static void failIfDataIsMissing(JPEGDecoder *jpeg) {
  if (jpeg->base.endedEarly || jpeg->lacksData) {
    CopraDecoderFail(&jpeg->base, CopraStatusCorrupt, jpeg->base.warning);
  }
}

static void readPixels(CopraDecoder *decoder, uint8_t *pixels, size_t rowBytes, uint32_t rows) {
  JPEGDecoder *jpeg = (JPEGDecoder *)decoder;
  struct jpeg_decompress_struct *engine = &jpeg->engine;
  if (decoder->row == 0) jpeg_start_decompress(engine);
  uint32_t end = decoder->row + rows;
  while (engine->output_scanline < end) {
    JSAMPROW row = pixels + rowBytes * (engine->output_scanline - decoder->row);
    jpeg_read_scanlines(engine, &row, 1);
    failIfDataIsMissing(jpeg);
  }
  if (end == engine->output_height) jpeg_finish_decompress(engine);
  failIfDataIsMissing(jpeg);
}

static void closeDecoder(CopraDecoder *decoder) {
  jpeg_destroy_decompress(&((JPEGDecoder *)decoder)->engine);
}

static void chooseColours(
    CopraDecoder *decoder, struct jpeg_decompress_struct *engine, CopraSamples samples) {
  switch (engine->num_components) {
  case 1:
    engine->out_color_space = JCS_GRAYSCALE;
    decoder->picture.colour = CopraColourGrey;
    break;
  case 3:
    // libjpeg reads and checks every coefficient of the chroma all the same.
    engine->out_color_space =
        samples == CopraSamplesLuma && engine->jpeg_color_space == JCS_YCbCr ? JCS_GRAYSCALE
                                                                             : JCS_RGB;
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

// The DCT gives a block of 8 × 8 at a half, a quarter or an eighth of its size for less work than
// whole; the entropy coding, where damage shows, is read all the same.
static void chooseScale(struct jpeg_decompress_struct *engine, uint32_t leastSide) {
  const uint32_t longer =
      engine->image_width > engine->image_height ? engine->image_width : engine->image_height;
  unsigned int eighths = 8;
  while (eighths > 1 && (uint64_t)longer * (eighths / 2) >= (uint64_t)leastSide * 8) eighths /= 2;
  engine->scale_num = eighths;
  engine->scale_denom = 8;
}

static void readHeader(
    JPEGDecoder *jpeg, const uint8_t *bytes, size_t count, CopraSamples samples,
    uint32_t leastSide) {
  struct jpeg_decompress_struct *engine = &jpeg->engine;
  jpeg_create_decompress(engine);
  engine->progress = &jpeg->progress;
  jpeg_mem_src(engine, bytes, count);
  jpeg_read_header(engine, TRUE);
  failIfDataIsMissing(jpeg);
  chooseColours(&jpeg->base, engine, samples);
  if (leastSide > 0 && samples != CopraSamplesLabels) chooseScale(engine, leastSide);
  jpeg_calc_output_dimensions(engine);
  jpeg->base.picture.width = engine->output_width;
  jpeg->base.picture.height = engine->output_height;
  jpeg->base.picture.channels =
      engine->out_color_space == JCS_GRAYSCALE ? 1 : engine->num_components;
  jpeg->base.picture.bitDepth = 8;
}

CopraDecoder *CopraDecoderOpenJPEG(
    const uint8_t *bytes, size_t count, CopraSamples samples, uint32_t leastSide) {
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
    readHeader(jpeg, bytes, count, samples, leastSide);
  }
  return &jpeg->base;
}
