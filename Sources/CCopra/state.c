#include "copra.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local char *last_error;
static _Atomic int32_t threads;

const char *copra_last_error(void) { return last_error ? last_error : ""; }

void copra_set_last_error(const char *text) {
  free(last_error);
  last_error = text ? strdup(text) : NULL;
}

void copra_set_threads(int32_t count) { atomic_store(&threads, count < 0 ? 0 : count); }

int32_t copra_threads(void) { return atomic_load(&threads); }
