#include <turbojpeg.h>

#include "CImageCodecs.h"

CopraStatus CopraEncodeJPEG(
    const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, int quality,
    uint8_t **result, size_t *resultCount) {
  *result = NULL;
  *resultCount = 0;
  const tjhandle handle = tjInitCompress();
  if (handle == NULL) return CopraStatusMemory;
  const bool isGrey = channels == 1;
  unsigned char *encoded = NULL;
  unsigned long size = 0;
  const int failure = tjCompress2(
      handle, pixels, (int)width, 0, (int)height, isGrey ? TJPF_GRAY : TJPF_RGB, &encoded, &size,
      isGrey ? TJSAMP_GRAY : TJSAMP_420, quality, 0);
  tjDestroy(handle);
  if (failure != 0) {
    tjFree(encoded);
    return CopraStatusUnsupported;
  }
  *result = encoded;
  *resultCount = size;
  return CopraStatusDone;
}
