#include "jpeg_decoder.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

enum {
  // As many bytes as libjpeg's messages have (JMSG_LENGTH_MAX).
  MESSAGE_LENGTH = 200,
  // Cameras and libjpeg write about 10. Each one goes through the whole image, so thousands would take hours.
  MOST_SCANS = 100
};

typedef struct {
  struct jpeg_error_mgr handlers;  // first, so that libjpeg's pointer is also one to this struct
  struct jpeg_progress_mgr progress;
  char *message;
  jmp_buf start;
} state;

static state *state_of(j_common_ptr jpeg) { return (state *)jpeg->err; }

static _Noreturn void fail(j_common_ptr jpeg, const char *words) {
  snprintf(state_of(jpeg)->message, MESSAGE_LENGTH, "%s", words);
  longjmp(state_of(jpeg)->start, 1);
}

static _Noreturn void fail_with_message(j_common_ptr jpeg) {
  char words[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, words);
  fail(jpeg, words);
}

// Warnings that some pixels are lost are errors. Others are ignored, for example superfluous bytes between segments,
// which some cameras write.
static void judge_message(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  switch (jpeg->err->msg_code) {
  case JWRN_JPEG_EOF: fail(jpeg, "the file is truncated");
  case JWRN_HIT_MARKER:
  case JWRN_HUFF_BAD_CODE:
  case JWRN_MUST_RESYNC: fail_with_message(jpeg);
  default: break;
  }
}

static void ignore_message(j_common_ptr jpeg) { (void)jpeg; }

static void count_scans(j_common_ptr jpeg) {
  if (((j_decompress_ptr)jpeg)->input_scan_number > MOST_SCANS) fail(jpeg, "the file has too many scans");
}

// a * b / 255, rounded.
static unsigned product(unsigned a, unsigned b) {
  unsigned scaled = a * b + 128;
  return ((scaled >> 8) + scaled) >> 8;
}

// Pillow's conversion. The bytes are inverted: 255 is no ink.
static void convert_inverted_cmyk(const uint8_t *cmyk, uint32_t width, uint8_t *rgb) {
  for (uint32_t x = 0; x < width; x++, cmyk += 4, rgb += 3) {
    unsigned light = cmyk[3];
    for (int channel = 0; channel < 3; channel++) rgb[channel] = (uint8_t)(light - product(255 - cmyk[channel], light));
  }
}

static void decode_rows(
    j_decompress_ptr jpeg, const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, uint8_t *pixels) {
  jpeg_create_decompress(jpeg);
  jpeg->progress = &state_of((j_common_ptr)jpeg)->progress;
  jpeg_mem_src(jpeg, (unsigned char *)bytes, (unsigned long)count);
  jpeg_read_header(jpeg, TRUE);
  if (jpeg->image_width != width || jpeg->image_height != height)
    fail((j_common_ptr)jpeg, "the header is inconsistent");
  int is_cmyk = jpeg->num_components == 4;
  jpeg->out_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress(jpeg);
  if (jpeg->output_components != (is_cmyk ? 4 : 3)) fail((j_common_ptr)jpeg, "the rows are not RGB");
  // libjpeg's memory: it is released with the rest.
  JSAMPARRAY row = (*jpeg->mem->alloc_sarray)((j_common_ptr)jpeg, JPOOL_IMAGE, width * (JDIMENSION)4, 1);
  while (jpeg->output_scanline < height) {
    uint8_t *to = pixels + (size_t)jpeg->output_scanline * width * 3;
    JSAMPROW target = is_cmyk ? row[0] : to;
    if (jpeg_read_scanlines(jpeg, &target, 1) != 1) fail((j_common_ptr)jpeg, "the file is truncated");
    if (is_cmyk) convert_inverted_cmyk(row[0], width, to);
  }
  jpeg_finish_decompress(jpeg);
}

const char *quire_jpeg_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, uint8_t *pixels, char message[200]) {
  struct jpeg_decompress_struct jpeg;
  state own;
  // libjpeg destroys a struct of zeros that was not created.
  memset(&jpeg, 0, sizeof jpeg);
  memset(&own, 0, sizeof own);
  jpeg.err = jpeg_std_error(&own.handlers);
  own.handlers.error_exit = fail_with_message;
  own.handlers.emit_message = judge_message;
  own.handlers.output_message = ignore_message;
  own.progress.progress_monitor = count_scans;
  own.message = message;
  if (setjmp(own.start)) {
    jpeg_destroy_decompress(&jpeg);
    return message;
  }
  decode_rows(&jpeg, bytes, count, width, height, pixels);
  jpeg_destroy_decompress(&jpeg);
  return NULL;
}
