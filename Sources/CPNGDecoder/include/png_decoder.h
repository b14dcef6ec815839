#ifndef QUIRE_PNG_DECODER_H
#define QUIRE_PNG_DECODER_H

#include <stddef.h>
#include <stdint.h>

// Decodes a PNG file to rows of 8-bit RGB, with the values as stored: greys are repeated in all channels, indices are
// looked up in the palette, 1-, 2- and 4-bit greys are stretched to 0...255, the high byte of 16-bit values is taken,
// and transparency and gamma have no effect.
//
// pixels holds width * height * 3 bytes, the size in the file's header. Returns NULL, or libpng's message in a buffer
// of at least 128 bytes.
//
// libpng reports errors with longjmp, which must not cross Swift; here it stays within C.
const char *quire_png_decode(
    const uint8_t *bytes, size_t count, uint32_t width, uint32_t height, uint8_t *pixels, char message[128]);

#endif
