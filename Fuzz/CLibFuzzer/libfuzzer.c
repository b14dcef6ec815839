#include "libfuzzer.h"

// libFuzzer's own main, which is not run, asks for it.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return 0; }
