// One unit of translation: libtorch's headers take longer to read than all that is written here.
#include "Shim/KeptMemory.cpp"
#include "Shim/Parallel.cpp"
#include "Shim/Runtime.cpp"
