import Torch

/// Puts the parts of a detector of two stages together and refuses those that do not fit.
struct RCNNParts {
  let backbone: any Backbone
  let numClasses: Int
  let options: FasterRCNNOptions

  /// The first stage.
  func rpn(
    _ anchorGenerator: AnchorGenerator, _ head: RPNHead?
  ) throws(ModelConfigurationError) -> RegionProposalNetwork {
    try ModelConfigurationError.require(
      numClasses > 1, "expected 2 classes or more, the background included, found \(numClasses)")
    try checkTransform(options.transform)
    let anchors = try anchorGenerator.anchors(onEachMapOf: backbone)
    let head = head ?? RPNHead(inChannels: backbone.outChannels, numAnchors: anchors)
    try ModelConfigurationError.require(
      head.inChannels == backbone.outChannels,
      "expected an RPN head for \(backbone.outChannels) channels, found \(head.inChannels)")
    try ModelConfigurationError.require(
      head.numAnchors == anchors,
      "expected an RPN head for \(anchors) anchors at each place, found \(head.numAnchors)")
    return RegionProposalNetwork(
      anchorGenerator: anchorGenerator, head: head, options: options.rpn)
  }

  /// The second stage.
  func boxHeads(
    _ pool: MultiScaleRoIAlign, _ head: (any BoxHead)?
  ) throws(ModelConfigurationError) -> RoIHeads {
    try check(pool)
    let features = backbone.outChannels * pool.outputSize.height * pool.outputSize.width
    let head = head ?? TwoMLPHead(inFeatures: features)
    try ModelConfigurationError.require(
      head.inFeatures == features,
      """
      expected a box head for \(features) numbers (\(backbone.outChannels) channels of \
      \(pool.outputSize.height)×\(pool.outputSize.width)), found \(head.inFeatures)
      """)
    try ModelConfigurationError.require(
      options.box.boxRegressionWeights.count == 4,
      "expected 4 box regression weights, found \(options.box.boxRegressionWeights.count)")
    return RoIHeads(
      boxRoIPool: pool, boxHead: head,
      boxPredictor: FastRCNNPredictor(inFeatures: head.outFeatures, numClasses: numClasses),
      options: options.box)
  }

  /// Whether the backbone gives the maps that are to be pooled.
  func check(_ pool: MultiScaleRoIAlign) throws(ModelConfigurationError) {
    let known = backbone.mapNames
    let list = known.joined(separator: ", ")
    try ModelConfigurationError.require(
      !pool.featureMapNames.isEmpty, "expected feature maps to pool among \(list), found none")
    for name in pool.featureMapNames {
      try ModelConfigurationError.require(
        known.contains(name), "expected a feature map of the backbone (\(list)), found \(name)")
    }
    try ModelConfigurationError.require(
      pool.outputSize.height > 0 && pool.outputSize.width > 0,
      "expected an output of 1×1 or more, found \(pool.outputSize.height)×\(pool.outputSize.width)"
    )
  }
}

/// Whether pictures can be brought to a size.
func checkTransform(_ options: TransformOptions) throws(ModelConfigurationError) {
  try ModelConfigurationError.require(
    !options.minSize.isEmpty && options.minSize.allSatisfy { $0 > 0 },
    "expected sizes of the shorter side above 0, found \(options.minSize)")
  try ModelConfigurationError.require(
    options.maxSize > 0 && options.sizeDivisible > 0,
    """
    expected a greatest size and a divisor above 0, found \(options.maxSize) and \
    \(options.sizeDivisible)
    """)
  try ModelConfigurationError.require(
    options.imageMean.count == options.imageStandardDeviation.count,
    """
    expected a standard deviation for each of \(options.imageMean.count) means, found \
    \(options.imageStandardDeviation.count)
    """)
}

extension AnchorGenerator {
  /// How many anchors every place of every map has.
  func anchors(onEachMapOf backbone: any Backbone) throws(ModelConfigurationError) -> Int {
    let (expected, found) = (backbone.mapNames.count, sizes.count)
    let list = sizes.flatMap { $0.map(short) }.joined(separator: ", ")
    let hint =
      expected == 1 && sizes.allSatisfy { $0.count == 1 }
      ? ": several sizes on one map are one list, [[\(list)]]" : ""
    try ModelConfigurationError.require(
      expected == found,
      """
      expected a list of anchor sizes for each feature map \
      (\(backbone.mapNames.joined(separator: ", "))), found \(found)\(hint)
      """)
    let anchors = anchorsPerLocation
    try ModelConfigurationError.require(
      Set(anchors).count == 1, "expected as many anchors on each feature map, found \(anchors)")
    return anchors[0]
  }

  /// A size without the fraction that it does not have.
  private func short(_ size: Double) -> String {
    size == size.rounded() && size < 1e9 ? "\(Int(size))" : "\(size)"
  }
}
