public import Torch

extension ReadyDetector {
  static let fasterRCNNMobileNetV3LargeFPN = ReadyDetector(
    "fasterrcnn_mobilenet_v3_large_fpn", network: "mobilenet_v3_large",
    weights: "fasterrcnn_mobilenet_v3_large_fpn-fb6a3cc7.pth",
    options: ReadyRCNNOptions(.mobileNetV3)
  ) { choice throws(ModelConfigurationError) in
    try FasterRCNN.mobileNetV3LargeFPN(
      numClasses: choice.numClasses, norm: choice.norm,
      trainableLayers: choice.trainableLayers ?? 6, choices: choice.options)
  }

  static let fasterRCNNMobileNetV3Large320FPN = ReadyDetector(
    "fasterrcnn_mobilenet_v3_large_320_fpn", network: "mobilenet_v3_large",
    weights: "fasterrcnn_mobilenet_v3_large_320_fpn-907ea3f9.pth",
    options: ReadyRCNNOptions(.mobileNetV3Size320)
  ) { choice throws(ModelConfigurationError) in
    try FasterRCNN.mobileNetV3LargeFPN(
      numClasses: choice.numClasses, norm: choice.norm,
      trainableLayers: choice.trainableLayers ?? 6, choices: choice.options)
  }
}

extension BackboneWithFPN {
  /// A MobileNet's stages with a feature pyramid: maps "0", "1" … of the last stages, and those of
  /// the extra blocks.
  ///
  /// - Parameters:
  ///   - trainableLayers: how many stages are trained, from the last one on; nil for all.
  ///   - returnedStages: numbers of stages, from 0 on; nil for the last two.
  /// - Throws: `ModelConfigurationError` for numbers of stages that there are not.
  public init(
    mobileNet: some MobileNet, trainableLayers: Int? = nil, returnedStages: [Int]? = nil,
    extraBlocks: any ExtraFPNBlock = LastLevelMaxPool()
  ) throws(ModelConfigurationError) {
    let count = mobileNet.featureStages.count
    try self.init(
      mobileNet, trainableLayers: trainableLayers,
      returnedLayers: returnedStages ?? [count - 2, count - 1], extraBlocks: extraBlocks)
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
    try mobileNetV3LargeFPN(
      numClasses: numClasses, norm: norm, trainableLayers: trainableLayers,
      choices: ReadyRCNNOptions(options))
  }

  static func mobileNetV3LargeFPN(
    numClasses: Int, norm: NormLayer, trainableLayers: Int, choices: ReadyRCNNOptions
  ) throws(ModelConfigurationError) -> FasterRCNN {
    let backbone = try BackboneWithFPN(
      mobileNet: MobileNetV3(.large, norm: norm), trainableLayers: trainableLayers)
    let parts = try choices.parts(
      on: backbone,
      anchors: .threeShapes(sizes: Array(repeating: [32, 64, 128, 256, 512], count: 3)))
    return try FasterRCNN(
      backbone: backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      boxRoIPool: parts.pool, boxHead: parts.head, options: choices.options)
  }

  /// `fasterrcnn_mobilenet_v3_large_320_fpn`: for images of 320 pixels.
  public static func mobileNetV3Large320FPN(
    numClasses: Int = 91, norm: NormLayer = { BatchNorm2d($0) }, trainableLayers: Int = 6,
    options: FasterRCNNOptions = .mobileNetV3Size320
  ) throws(ModelConfigurationError) -> FasterRCNN {
    try mobileNetV3LargeFPN(
      numClasses: numClasses, norm: norm, trainableLayers: trainableLayers, options: options)
  }
}

extension FasterRCNNOptions {
  /// The options with which proposals are at least a little certain.
  public static var mobileNetV3: FasterRCNNOptions {
    var options = FasterRCNNOptions()
    options.rpn.scoreThreshold = 0.05
    return options
  }

  /// The options for images of 320 pixels, with fewer proposals.
  public static var mobileNetV3Size320: FasterRCNNOptions {
    var options = mobileNetV3
    options.transform = TransformOptions(minSize: [320], maxSize: 640)
    options.rpn.preNMSTopNInference = 150
    options.rpn.postNMSTopNInference = 150
    return options
  }
}
