#define _GNU_SOURCE
#include "copra_memory.h"

#include <sys/mman.h>

int copra_open_memory(void) { return memfd_create("copra", MFD_CLOEXEC); }
