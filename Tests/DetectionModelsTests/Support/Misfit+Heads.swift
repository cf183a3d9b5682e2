import DetectionModels
import Torch

extension Misfit {
  static let heads: [Misfit] = [
    Misfit(
      "no class but the background",
      "expected 2 classes or more, the background included, found 1"
    ) { try fasterRCNN(numClasses: 1) },
    Misfit(
      "no class for RetinaNet",
      "expected 2 classes or more, the background included, found 0"
    ) { try retinaNet(numClasses: 0) },
    Misfit(
      "a feature map that the backbone does not give",
      "expected a feature map of the backbone (0), found features"
    ) { try fasterRCNN(maps: ["features"]) },
    Misfit("no feature map to pool", "expected feature maps to pool among 0, found none") {
      try fasterRCNN(maps: [])
    },
    Misfit("a feature map twice", "expected every feature map once, found 0 twice") {
      try fasterRCNN(maps: ["0", "0"])
    },
    Misfit(
      "a feature map for masks that the backbone does not give",
      "expected a feature map of the backbone (0), found 1"
    ) { try maskRCNN(maps: ["0", "1"]) },
    Misfit("RoI output of no size", "expected an output of 1×1 or more, found 0×0") {
      try fasterRCNN(outputSize: 0)
    },
    Misfit(
      "RoI output that does not fit the head",
      "expected a box head for 196 numbers (4 channels of 7×7), found 100"
    ) { try fasterRCNN(boxHead: TwoMLPHead(inFeatures: 4 * 5 * 5, representationSize: 8)) },
    Misfit("an RPN head of other channels", "expected an RPN head for 4 channels, found 8") {
      try fasterRCNN(rpnHead: RPNHead(inChannels: 8, numAnchors: 3))
    },
    Misfit(
      "an RPN head of other anchors",
      "expected an RPN head for 3 anchors at each place, found 5"
    ) { try fasterRCNN(rpnHead: RPNHead(inChannels: 4, numAnchors: 5)) },
    Misfit("a mask head of other channels", "expected a mask head for 4 channels, found 8") {
      try maskRCNN(maskHead: MaskRCNNHeads(inChannels: 8, layers: [4]))
    },
    Misfit(
      "a feature map for keypoints that the backbone does not give",
      "expected a feature map of the backbone (0), found 1"
    ) { try keypointRCNN(maps: ["0", "1"]) },
    Misfit("heatmaps that are not square", "expected a square output, found 7×14") {
      try keypointRCNN(output: SpatialSize(height: 7, width: 14))
    },
    Misfit(
      "a keypoint head of other channels", "expected a keypoint head for 4 channels, found 8"
    ) { try keypointRCNN(keypointHead: KeypointRCNNHeads(inChannels: 8, layers: [4])) },
    Misfit("no keypoint", "expected 1 keypoint or more, found 0") {
      try keypointRCNN(numKeypoints: 0)
    },
    Misfit(
      "RetinaNet's head of other anchors",
      "expected a head for 4 channels and 3 anchors at each place, found 4 and 9"
    ) { try retinaNet(head: RetinaNetHead(inChannels: 4, numAnchors: 9, numClasses: 2)) },
    Misfit("RetinaNet's head of other classes", "expected a head for 2 classes, found 5") {
      try retinaNet(head: RetinaNetHead(inChannels: 4, numAnchors: 3, numClasses: 5))
    },
  ]
}
