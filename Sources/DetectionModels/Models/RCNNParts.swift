import Torch

/// A builder of two-stage detectors, which rejects parts that do not fit together.
struct RCNNParts {
  let backbone: any Backbone
  let numClasses: Int
  let options: FasterRCNNOptions

  /// Returns the region proposal network.
  func rpn(
    _ anchorGenerator: AnchorGenerator, _ head: RPNHead?
  ) throws(ModelConfigurationError) -> RegionProposalNetwork {
    try checkClasses(numClasses)
    try options.transform.check()
    try options.rpn.check()
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

  /// Returns the box heads.
  func boxHeads(
    _ pool: MultiScaleRoIAlign, _ head: (any BoxHead)?
  ) throws(ModelConfigurationError) -> RoIHeads {
    try check(pool, at: "box_roi_pool")
    let features = backbone.outChannels * pool.outputSize.height * pool.outputSize.width
    let head = head ?? TwoMLPHead(inFeatures: features)
    try ModelConfigurationError.require(
      head.inFeatures == features, at: "box_head",
      """
      expected a box head for \(features) numbers (\(backbone.outChannels) channels of \
      \(pool.outputSize.height)×\(pool.outputSize.width)), found \(head.inFeatures)
      """)
    try options.box.check()
    return RoIHeads(
      boxRoIPool: pool, boxHead: head,
      boxPredictor: FastRCNNPredictor(inFeatures: head.outFeatures, numClasses: numClasses),
      options: options.box)
  }

  /// Throws unless the backbone provides the maps that are to be pooled.
  ///
  /// - Parameters:
  ///   - pool: The pooling.
  ///   - key: The configuration's key of the pooling.
  func check(_ pool: MultiScaleRoIAlign, at key: String) throws(ModelConfigurationError) {
    let known = backbone.mapNames
    let list = known.joined(separator: ", ")
    try ModelConfigurationError.within(key) { () throws(ModelConfigurationError) in
      try ModelConfigurationError.require(
        !pool.featureMapNames.isEmpty, at: "feature_map_names",
        "expected feature maps to pool among \(list), found none")
      for (index, name) in pool.featureMapNames.enumerated() {
        try ModelConfigurationError.require(
          !pool.featureMapNames[..<index].contains(name), at: "feature_map_names",
          "expected every feature map once, found \(name) twice")
        try ModelConfigurationError.require(
          known.contains(name), at: "feature_map_names",
          "expected a feature map of the backbone (\(list)), found \(name)")
      }
      let (height, width) = (pool.outputSize.height, pool.outputSize.width)
      try ModelConfigurationError.require(
        height > 0 && width > 0, at: "output_size",
        "expected an output of 1×1 or more, found \(height)×\(width)")
    }
  }
}

extension AnchorGenerator {
  /// Returns the number of anchors at each place of each map, which has to be the same everywhere.
  func anchors(onEachMapOf backbone: any Backbone) throws(ModelConfigurationError) -> Int {
    let (expected, found) = (backbone.mapNames.count, sizes.count)
    let list = sizes.flatMap { $0.map(short) }.joined(separator: ", ")
    let hint =
      expected == 1 && sizes.allSatisfy { $0.count == 1 }
      ? ": several sizes on one map are one list, [[\(list)]]" : ""
    try ModelConfigurationError.require(
      expected == found, at: "anchors",
      """
      expected a list of anchor sizes for each feature map \
      (\(backbone.mapNames.joined(separator: ", "))), found \(found)\(hint)
      """)
    let anchors = anchorsPerLocation
    try ModelConfigurationError.require(
      Set(anchors).count == 1, at: "anchors",
      "expected as many anchors on each feature map, found \(anchors)")
    return anchors[0]
  }

  /// Returns the size as text, without a fraction if it is a whole number.
  private func short(_ size: Double) -> String {
    size == size.rounded() && size < 1e9 ? "\(Int(size))" : "\(size)"
  }
}
