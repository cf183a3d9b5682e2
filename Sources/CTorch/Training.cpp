// One unit of translation: libtorch's headers take longer to read than all that is written here.
#include "Training/FocalLoss.cpp"
#include "Training/GradientClipping.cpp"
#include "Training/Optimizers.cpp"
