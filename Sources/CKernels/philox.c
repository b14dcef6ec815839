#include "philox.h"
