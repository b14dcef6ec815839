// The families of kernels that are a file each. The file has up to three parts:
//   its list       EACH(result, name, parameters): makes the kernels' places in the table, declares their naive twins
//   QUIRE_FAST     the kernels, compiled for every instruction set by templates/table.h
//   QUIRE_NAIVE    the twins that tests compare them with, compiled by reference/families.c
// A new family needs its file and a line in both lists here. Activations have a list of their own.
#include "activations.h"
#include "channelwise.h"
#include "optimizers.h"

#ifndef QUIRE_FAMILIES
#define QUIRE_FAMILIES(EACH) \
  QUIRE_CHANNELWISE(EACH) \
  QUIRE_OPTIMIZERS(EACH)
#endif
