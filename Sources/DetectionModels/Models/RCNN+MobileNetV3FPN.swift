public import Torch

extension BackboneWithFPN {
  /// A MobileNet's stages with a feature pyramid: maps "0", "1" … of the last stages, and those of
  /// the extra blocks.
  ///
  /// - Parameters:
  ///   - trainableLayers: how many stages are trained, from the last one on; nil for all.
  ///   - returnedStages: indices of `stageIndices`; nil for the last two.
  /// - Throws: `ModelConfigurationError` for numbers of stages that there are not.
  public init(
    mobileNet: some MobileNet, trainableLayers: Int? = nil, returnedStages: [Int]? = nil,
    extraBlocks: any ExtraFPNBlock = LastLevelMaxPool()
  ) throws(ModelConfigurationError) {
    let stages = mobileNet.stageIndices
    let trained = trainableLayers ?? stages.count
    try ModelConfigurationError.require(
      (0...stages.count).contains(trained),
      "expected 0 to \(stages.count) trainable layers, found \(trained)")
    let returned = (returnedStages ?? [stages.count - 2, stages.count - 1]).sorted()
    for stage in returned {
      try ModelConfigurationError.require(
        stages.indices.contains(stage),
        "expected returned stages from 0 to \(stages.count - 1), found \(stage)")
    }
    let layers = mobileNet.features.layers
    let frozen = trained == 0 ? layers.count : stages[stages.count - trained]
    for (index, layer) in layers.enumerated() { layer.setTrainable(index >= frozen) }
    let body = try IntermediateLayerGetter(
      layers.enumerated().map { (String($0), $1) },
      returned: returned.enumerated().map { (String(stages[$1]), String($0)) })
    let channels = mobileNet.stageChannels
    self.init(body: body, inChannels: returned.map { channels[$0] }, extraBlocks: extraBlocks)
  }
}

extension GeneralizedRCNN where Heads == RoIHeads {
  /// `fasterrcnn_mobilenet_v3_large_fpn`.
  ///
  /// - Parameters:
  ///   - numClasses: the background included; 91 in the published weights.
  ///   - norm: of the backbone; `FrozenBatchNorm2d` where its weights are trained ones. torchvision
  ///     leaves the network's own epsilon and momentum out here.
  ///   - trainableLayers: of the backbone, from the last one on; 6 for all.
  /// - Throws: `ModelConfigurationError` for numbers that cannot be.
  public static func mobileNetV3LargeFPN(
    numClasses: Int = 91, norm: NormLayer = { BatchNorm2d($0) }, trainableLayers: Int = 6,
    options: FasterRCNNOptions = .mobileNetV3
  ) throws(ModelConfigurationError) -> FasterRCNN {
    let backbone = try BackboneWithFPN(
      mobileNet: MobileNetV3(.large, norm: norm), trainableLayers: trainableLayers)
    return try FasterRCNN(
      backbone: backbone, numClasses: numClasses,
      anchorGenerator: .threeShapes(
        sizes: Array(repeating: [32, 64, 128, 256, 512], count: 3)),
      boxRoIPool: .pyramid(outputSize: 7, maps: 2), options: options)
  }

  /// `fasterrcnn_mobilenet_v3_large_320_fpn`: for pictures of 320 pixels.
  public static func mobileNetV3Large320FPN(
    numClasses: Int = 91, norm: NormLayer = { BatchNorm2d($0) }, trainableLayers: Int = 6,
    options: FasterRCNNOptions = .mobileNetV3Size320
  ) throws(ModelConfigurationError) -> FasterRCNN {
    try mobileNetV3LargeFPN(
      numClasses: numClasses, norm: norm, trainableLayers: trainableLayers, options: options)
  }
}

extension FasterRCNNOptions {
  /// Proposals are at least a little certain.
  public static var mobileNetV3: FasterRCNNOptions {
    var options = FasterRCNNOptions()
    options.rpn.scoreThreshold = 0.05
    return options
  }

  /// For pictures of 320 pixels, with fewer proposals.
  public static var mobileNetV3Size320: FasterRCNNOptions {
    var options = mobileNetV3
    options.transform = TransformOptions(minSize: [320], maxSize: 640)
    options.rpn.preNMSTopNInference = 150
    options.rpn.postNMSTopNInference = 150
    return options
  }
}
