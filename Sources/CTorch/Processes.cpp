// A unit of its own, as only it takes c10d's headers.
#include "Processes/ProcessGroup.cpp"
