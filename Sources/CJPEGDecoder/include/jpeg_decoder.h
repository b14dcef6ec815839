#ifndef QUIRE_JPEG_DECODER_H
#define QUIRE_JPEG_DECODER_H

#include <stddef.h>
#include <stdint.h>

// Decodes a JPEG file of 1, 3 or 4 components to rows of 8-bit RGB, with libjpeg's defaults (the exact integer DCT and
// smooth upsampling), as Pillow does: greys are repeated in all channels, and CMYK is read as Adobe writes it, inverted.
// The orientation in the file is not applied.
//
// pixels holds width * height * 3 bytes, the size in the file's header. Returns NULL, or libjpeg's message in a buffer
// of at least 200 bytes.
//
// libjpeg reports errors with longjmp, which must not cross Swift; here it stays within C.
const char *quire_jpeg_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, uint8_t *pixels, char message[200]);

#endif
