#include <png.h>
#include <string.h>

#include "CImageCodecs.h"

static png_image description(uint32_t width, uint32_t height, uint32_t channels) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  return image;
}

size_t CopraPNGSizeLimit(uint32_t width, uint32_t height, uint32_t channels) {
  png_image image = description(width, height, channels);
  return PNG_IMAGE_PNG_SIZE_MAX(image);
}

CopraStatus CopraEncodePNG(
    const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, uint8_t *bytes,
    size_t *count) {
  png_image image = description(width, height, channels);
  png_alloc_size_t size = *count;
  const int written = png_image_write_to_memory(&image, bytes, &size, 0, pixels, 0, NULL);
  png_image_free(&image);
  *count = size;
  return written ? CopraStatusDone : CopraStatusUnsupported;
}
