/// What the library's own Swift takes from the system, and its callers do not need.
#ifndef COPRA_MEMORY_H
#define COPRA_MEMORY_H

/// Opens an empty file in memory; -1, with `errno`, where the system refuses.
int copra_open_memory(void);

#endif
