// One unit of translation: libtorch's headers take longer to read than all that is written here.
#include "Regions/ComposedAlign.cpp"
#include "Regions/ComposedSuppression.cpp"
#include "Regions/NonMaximumSuppression.cpp"
#include "Regions/ResizedPeaks.cpp"
#include "Regions/RoIAlign.cpp"
#include "Regions/RoIPool.cpp"
#include "Regions/RoIs.cpp"
