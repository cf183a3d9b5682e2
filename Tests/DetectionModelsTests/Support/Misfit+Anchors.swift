import DetectionModels

extension Misfit {
  static let anchors: [Misfit] = [
    Misfit(
      "a flat list of sizes on a backbone of one map",
      """
      expected a list of anchor sizes for each feature map (0), found 4: several sizes on one map \
      are one list, [[32, 64, 128, 512]]
      """
    ) {
      try fasterRCNN(
        anchorGenerator: AnchorGenerator(
          sizes: [32, 64, 128, 512], aspectRatios: [0.5, 1, 2]))
    },
    Misfit(
      "the pyramid's sizes on RetinaNet's backbone of one map",
      "expected a list of anchor sizes for each feature map (0), found 5"
    ) { try retinaNet(anchorGenerator: .retinaNet) },
    Misfit(
      "one list of sizes on a pyramid",
      "expected a list of anchor sizes for each feature map (0, 1, pool), found 1"
    ) {
      _ = try FasterRCNN(
        backbone: pyramid(returned: [("fine", "0"), ("coarse", "1")]), numClasses: 2,
        anchorGenerator: AnchorGenerator(sizes: [[32, 64, 128]], aspectRatios: [[1]]))
    },
    Misfit(
      "different numbers of anchors on the maps",
      "expected as many anchors on each feature map, found [1, 2, 1]"
    ) {
      _ = try FasterRCNN(
        backbone: pyramid(returned: [("fine", "0"), ("coarse", "1")]), numClasses: 2,
        anchorGenerator: AnchorGenerator(
          sizes: [[32], [64], [128]], aspectRatios: [[1], [1, 2], [1]]))
    },
    Misfit(
      "aspect ratios of another length",
      "expected a list of aspect ratios for each list of anchor sizes (2), found 1"
    ) { _ = try AnchorGenerator(sizes: [[32], [64]], aspectRatios: [[0.5, 1, 2]]) },
    Misfit("a size of 0", "expected anchors above 0, found 0.0") {
      _ = try AnchorGenerator(sizes: [[0]], aspectRatios: [[1]])
    },
    Misfit("a negative aspect ratio", "expected anchors above 0, found -2.0") {
      _ = try AnchorGenerator(sizes: [[32]], aspectRatios: [[-2]])
    },
    Misfit("a size that is not a number", "expected anchors above 0, found nan") {
      _ = try AnchorGenerator(sizes: [[.nan]], aspectRatios: [[1]])
    },
    Misfit(
      "a map without aspect ratios",
      "expected a size and an aspect ratio for each feature map, found an empty list"
    ) { _ = try AnchorGenerator(sizes: [[32]], aspectRatios: [[]]) },
    Misfit(
      "no maps at all",
      "expected a size and an aspect ratio for each feature map, found an empty list"
    ) { _ = try AnchorGenerator(sizes: [[Double]](), aspectRatios: []) },
  ]
}
