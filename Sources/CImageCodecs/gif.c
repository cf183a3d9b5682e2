#include "decoder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gif_lib.h>

enum { codeLimit = 4096, colourLimit = 256, noTransparency = -1 };

// A string of the LZW table: a part of the frame's indices that were read before.
typedef struct GIFString {
  uint32_t start;
  uint32_t length;
} GIFString;

typedef struct GIFDecoder {
  CopraDecoder base;
  GifFileType *engine;
  const uint8_t *next;
  size_t left;
  uint8_t palette[colourLimit][3];
  // What the screen shows beside the frame.
  uint8_t background;
  GifImageDesc frame;
  int codeBits;
  // Of the frame alone, in the order of the file; null until rows are asked for.
  uint8_t *indices;
  GIFString strings[codeLimit];
} GIFDecoder;

static int readBytes(GifFileType *engine, GifByteType *target, int wanted) {
  GIFDecoder *gif = engine->UserData;
  size_t count = (size_t)wanted;
  if (count > gif->left) {
    gif->base.endedEarly = true;
    count = gif->left;
  }
  if (count > 0) memcpy(target, gif->next, count);
  gif->next += count;
  gif->left -= count;
  return (int)count;
}

_Noreturn static void fail(GIFDecoder *gif, int code, const char *otherwise) {
  if (code == D_GIF_ERR_NOT_ENOUGH_MEM) {
    CopraDecoderFail(&gif->base, CopraStatusMemory, "out of memory");
  }
  const bool isShort = gif->base.endedEarly;
  CopraDecoderFail(
      &gif->base, CopraStatusCorrupt, isShort ? "data ends before the trailer" : otherwise);
}

// Notes the transparent index where the extension tells one.
static void readExtension(GIFDecoder *gif, int *transparency) {
  int kind = 0;
  GifByteType *block = NULL;
  int status = DGifGetExtension(gif->engine, &kind, &block);
  if (status == GIF_OK && kind == GRAPHICS_EXT_FUNC_CODE && block != NULL && block[0] >= 4) {
    if (block[1] & 1) *transparency = block[4];
  }
  while (status == GIF_OK && block != NULL) status = DGifGetExtensionNext(gif->engine, &block);
  if (status != GIF_OK) fail(gif, gif->engine->Error, "an extension cannot be read");
}

// Goes to the next frame or the trailer, over extensions and, as Pillow does, over bytes that begin
// nothing.
static GifRecordType nextRecord(GIFDecoder *gif, int *transparency) {
  for (;;) {
    GifRecordType type = UNDEFINED_RECORD_TYPE;
    const int status = DGifGetRecordType(gif->engine, &type);
    if (gif->base.endedEarly) fail(gif, gif->engine->Error, "");
    if (status != GIF_OK) continue;
    if (type != EXTENSION_RECORD_TYPE) return type;
    readExtension(gif, transparency);
  }
}

static void skipCodes(GIFDecoder *gif) {
  GifByteType *block = NULL;
  do {
    if (DGifGetCodeNext(gif->engine, &block) != GIF_OK) {
      fail(gif, gif->engine->Error, "the codes cannot be read");
    }
  } while (block != NULL);
}

// Whether the file is whole: what follows the first frame is passed over and not decoded.
static void readToTrailer(GIFDecoder *gif) {
  int transparency = noTransparency;
  while (nextRecord(gif, &transparency) == IMAGE_DESC_RECORD_TYPE) {
    if (DGifGetImageHeader(gif->engine) != GIF_OK) {
      if (gif->base.endedEarly) fail(gif, gif->engine->Error, "");
      return;
    }
    skipCodes(gif);
  }
}

// Appends a string of the table to the `done` indices. A string may end with the first index that is
// appended here, so they are copied one by one.
static uint32_t append(uint8_t *indices, uint32_t done, uint32_t count, GIFString string) {
  const uint32_t length = string.length < count - done ? string.length : count - done;
  for (uint32_t index = 0; index < length; index++) {
    indices[done + index] = indices[string.start + index];
  }
  return done + length;
}

// giflib unpacks the codes and keeps their width; its own way from codes to indices takes codes that
// no encoder writes, which are damage here.
static void readIndices(GIFDecoder *gif, uint32_t count) {
  const int clear = 1 << gif->codeBits;
  int known = clear + 2;
  GIFString last = {0, 0};
  uint32_t done = 0;
  while (done < count) {
    int code = 0;
    const int status = DGifGetLZCodes(gif->engine, &code);
    if (gif->base.endedEarly) fail(gif, gif->engine->Error, "");
    if (status != GIF_OK || code < 0) {
      CopraDecoderFail(&gif->base, CopraStatusTruncated, "the codes end before the frame does");
    }
    if (code == clear) {
      known = clear + 2;
      last.length = 0;
      continue;
    }
    if (last.length > 0 && known < codeLimit) {
      gif->strings[known++] = (GIFString){last.start, last.length + 1};
    }
    if (code >= known || (last.length == 0 && code > clear)) {
      CopraDecoderFail(&gif->base, CopraStatusCorrupt, "a code that the table does not have");
    }
    last = (GIFString){done, code < clear ? 1 : gif->strings[code].length};
    if (code < clear) {
      gif->indices[done++] = (uint8_t)code;
    } else {
      done = append(gif->indices, done, count, gif->strings[code]);
    }
  }
  skipCodes(gif);
}

static void decode(GIFDecoder *gif) {
  const uint32_t count = (uint32_t)gif->frame.Width * (uint32_t)gif->frame.Height;
  gif->indices = malloc(count);
  if (gif->indices == NULL) CopraDecoderFail(&gif->base, CopraStatusMemory, "out of memory");
  readIndices(gif, count);
  readToTrailer(gif);
}

// Where a row of the frame stands in the file: of the interlaced, every eighth row from 0, then every
// eighth from 4, every fourth from 2, and every second from 1.
static uint32_t storedRow(const GifImageDesc *frame, uint32_t row) {
  const uint32_t height = (uint32_t)frame->Height;
  if (!frame->Interlace) return row;
  if (row % 8 == 0) return row / 8;
  if (row % 8 == 4) return (height + 7) / 8 + row / 8;
  if (row % 4 == 2) return (height + 3) / 4 + row / 4;
  return (height + 1) / 2 + row / 2;
}

static void readPixels(CopraDecoder *decoder, uint8_t *pixels, size_t rowBytes, uint32_t rows) {
  GIFDecoder *gif = (GIFDecoder *)decoder;
  if (gif->indices == NULL) decode(gif);
  const uint32_t left = (uint32_t)gif->frame.Left, top = (uint32_t)gif->frame.Top;
  const uint32_t width = (uint32_t)gif->frame.Width, height = (uint32_t)gif->frame.Height;
  for (uint32_t row = 0; row < rows; row++) {
    const uint32_t y = decoder->row + row;
    const bool meetsFrame = y >= top && y - top < height;
    const uint8_t *source =
        meetsFrame ? gif->indices + (size_t)width * storedRow(&gif->frame, y - top) : NULL;
    for (uint32_t x = 0; x < decoder->picture.width; x++) {
      const bool isOfFrame = meetsFrame && x >= left && x - left < width;
      const uint8_t index = isOfFrame ? source[x - left] : gif->background;
      memcpy(pixels + rowBytes * row + 3 * x, gif->palette[index], 3);
    }
  }
}

static void closeDecoder(CopraDecoder *decoder) {
  GIFDecoder *gif = (GIFDecoder *)decoder;
  int code = 0;
  if (gif->engine != NULL) DGifCloseFile(gif->engine, &code);
  free(gif->indices);
}

// The frame's own colours, else those of all frames. An index without a colour is grey, as Pillow has
// it, and so are all where there is no table.
static void readPalette(GIFDecoder *gif) {
  const ColorMapObject *own = gif->engine->Image.ColorMap;
  const ColorMapObject *colours = own != NULL ? own : gif->engine->SColorMap;
  for (int index = 0; index < colourLimit; index++) {
    memset(gif->palette[index], index, 3);
    if (colours == NULL || index >= colours->ColorCount) continue;
    const GifColorType colour = colours->Colors[index];
    gif->palette[index][0] = colour.Red;
    gif->palette[index][1] = colour.Green;
    gif->palette[index][2] = colour.Blue;
  }
}

static void checkFrame(GIFDecoder *gif) {
  const CopraPicture *screen = &gif->base.picture;
  const GifImageDesc *frame = &gif->frame;
  char message[128];
  if (frame->Width > 0 && frame->Height > 0 &&
      frame->Left + frame->Width <= (int)screen->width &&
      frame->Top + frame->Height <= (int)screen->height) {
    return;
  }
  snprintf(
      message, sizeof message, "expected a frame within %u × %u, found one of %d × %d at (%d, %d)",
      screen->width, screen->height, frame->Width, frame->Height, frame->Left, frame->Top);
  CopraDecoderFail(&gif->base, CopraStatusCorrupt, message);
}

static void readHeader(GIFDecoder *gif) {
  CopraPicture *picture = &gif->base.picture;
  int code = 0, transparency = noTransparency;
  gif->engine = DGifOpen(gif, readBytes, &code);
  if (gif->engine == NULL) fail(gif, code, "the screen's description cannot be read");
  picture->width = (uint32_t)gif->engine->SWidth;
  picture->height = (uint32_t)gif->engine->SHeight;
  picture->channels = 3;
  picture->bitDepth = 8;
  picture->colour = CopraColourRGB;
  if (nextRecord(gif, &transparency) != IMAGE_DESC_RECORD_TYPE) {
    CopraDecoderFail(&gif->base, CopraStatusCorrupt, "expected a frame, found none");
  }
  if (DGifGetImageHeader(gif->engine) != GIF_OK) {
    fail(gif, gif->engine->Error, "the frame's description cannot be read");
  }
  // giflib has just read the width of the codes and tells it only with the first of them.
  gif->codeBits = gif->next[-1];
  gif->frame = gif->engine->Image;
  checkFrame(gif);
  readPalette(gif);
  gif->background = transparency == noTransparency ? 0 : (uint8_t)transparency;
}

CopraDecoder *CopraDecoderOpenGIF(const uint8_t *bytes, size_t count) {
  GIFDecoder *gif = calloc(1, sizeof *gif);
  if (gif == NULL) return NULL;
  gif->base.read = readPixels;
  gif->base.close = closeDecoder;
  gif->next = bytes;
  gif->left = count;
  if (setjmp(gif->base.escape) == 0) readHeader(gif);
  return &gif->base;
}
