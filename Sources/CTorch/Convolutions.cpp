// One unit of translation: libtorch's headers take longer to read than all that is written here.
#include "Convolutions/Linear.cpp"
#include "Convolutions/TransposedConvolution.cpp"
#include "Convolutions/Winograd.cpp"
#include "Convolutions/WinogradGradient.cpp"
