#include <turbojpeg.h>

#include "CImageCodecs.h"

// The transforms that show upright what has the EXIF orientations 2 to 8.
static const int transforms[] = {
    TJXOP_HFLIP, TJXOP_ROT180, TJXOP_VFLIP, TJXOP_TRANSPOSE, TJXOP_ROT90, TJXOP_TRANSVERSE,
    TJXOP_ROT270,
};

CopraStatus CopraTurnJPEG(
    const uint8_t *bytes, size_t count, int orientation, uint8_t **result, size_t *resultCount) {
  *result = NULL;
  *resultCount = 0;
  if (orientation < 2 || orientation > 8) return CopraStatusUnsupported;
  const tjhandle handle = tjInitTransform();
  if (handle == NULL) return CopraStatusMemory;
  tjtransform transform = {0};
  transform.op = transforms[orientation - 2];
  transform.options = TJXOPT_PERFECT;
  unsigned char *turned = NULL;
  unsigned long size = 0;
  const int failure =
      tjTransform(handle, bytes, (unsigned long)count, 1, &turned, &size, &transform, 0);
  tjDestroy(handle);
  if (failure != 0) {
    tjFree(turned);
    return CopraStatusUnsupported;
  }
  *result = turned;
  *resultCount = size;
  return CopraStatusDone;
}

void CopraFreeJPEG(uint8_t *bytes) { tjFree(bytes); }
