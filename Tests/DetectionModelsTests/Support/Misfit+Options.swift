import DetectionModels
import Torch

extension Misfit {
  static let options: [Misfit] = [
    Misfit("no size for pictures", "expected sizes of the shorter side above 0, found []") {
      try fasterRCNN { $0.transform.minSize = [] }
    },
    Misfit("a size of 0", "expected sizes of the shorter side above 0, found [800, 0]") {
      try retinaNet { $0.transform.minSize = [800, 0] }
    },
    Misfit(
      "a greatest size of 0",
      "expected a greatest size and a divisor above 0, found 0 and 32"
    ) { try fasterRCNN { $0.transform.maxSize = 0 } },
    Misfit(
      "a divisor of 0",
      "expected a greatest size and a divisor above 0, found 1333 and 0"
    ) { try fasterRCNN { $0.transform.sizeDivisible = 0 } },
    Misfit(
      "a mean without a standard deviation",
      "expected a standard deviation for each of 3 means, found 1"
    ) { try fasterRCNN { $0.transform.imageStandardDeviation = [0.5] } },
    Misfit("three box weights", "expected 4 box regression weights, found 3") {
      try fasterRCNN { $0.box.boxRegressionWeights = [10, 10, 5] }
    },
    Misfit(
      "proposals both object and background",
      "expected a background IoU threshold of at most the foreground's (0.5), found 0.6"
    ) { try fasterRCNN { $0.box.backgroundIoUThreshold = 0.6 } },
    Misfit(
      "anchors both object and background",
      "expected a background IoU threshold of at most the foreground's (0.7), found 0.8"
    ) { try fasterRCNN { $0.rpn.backgroundIoUThreshold = 0.8 } },
    Misfit(
      "RetinaNet's anchors both object and background",
      "expected a background IoU threshold of at most the foreground's (0.3), found 0.4"
    ) { try retinaNet { $0.foregroundIoUThreshold = 0.3 } },
  ]
}
