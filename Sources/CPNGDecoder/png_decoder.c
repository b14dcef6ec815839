#include "png_decoder.h"

#include <png.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  const uint8_t *next;
  size_t left;
} source;

static void read_bytes(png_structp png, png_bytep to, png_size_t count) {
  source *from = png_get_io_ptr(png);
  if (count > from->left) png_error(png, "the file is truncated");
  memcpy(to, from->next, count);
  from->next += count;
  from->left -= count;
}

static void keep_error(png_structp png, png_const_charp words) {
  snprintf(png_get_error_ptr(png), 128, "%s", words);
  png_longjmp(png, 1);
}

// For example an index that is not in the palette, which then is black, as in Pillow.
static void ignore_warning(png_structp png, png_const_charp words) {
  (void)png;
  (void)words;
}

static void decode_rows(png_structp png, png_infop info, uint32_t width, uint32_t height, uint8_t *pixels) {
  png_read_info(png, info);
  if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height)
    png_error(png, "the header is inconsistent");
  png_byte color = png_get_color_type(png, info);
  png_set_strip_16(png);
  if (color == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (color == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(png);
  if (!(color & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png);
  // Also the alpha that libpng makes of tRNS.
  png_set_strip_alpha(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t stride = (size_t)width * 3;
  if (png_get_rowbytes(png, info) != stride) png_error(png, "the rows are not RGB");
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < height; y++) png_read_row(png, pixels + y * stride, NULL);
  png_read_end(png, NULL);
}

const char *quire_png_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, uint8_t *pixels, char message[128]) {
  source from = {bytes, count};
  strcpy(message, "out of memory");
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, message, keep_error, ignore_warning);
  if (!png) return message;
  png_infop info = png_create_info_struct(png);
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    return message;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return message;
  }
  png_set_read_fn(png, &from, read_bytes);
  // The default limit is a million pixels a side; Swift has checked the area.
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  decode_rows(png, info, width, height, pixels);
  png_destroy_read_struct(&png, &info, NULL);
  return NULL;
}
