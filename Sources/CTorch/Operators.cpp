// One unit of translation: libtorch's headers take longer to read than all that is written here.
#include "Operators/Arithmetic.cpp"
#include "Operators/Creation.cpp"
#include "Operators/Layers.cpp"
#include "Operators/Shaping.cpp"
