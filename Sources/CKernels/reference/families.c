// The naive twins of the kernels in families.h.
#include "reference.h"
#include <math.h>

#define QUIRE_NAIVE
#include "families.h"
