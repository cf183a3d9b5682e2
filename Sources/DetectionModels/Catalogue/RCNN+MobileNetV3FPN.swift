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
  /// Creates a backbone from a MobileNet's stages: the maps "0", "1" … of the returned stages, and
  /// those of the extra block.
  ///
  /// - Parameters:
  ///   - mobileNet: The network, whose layers are shared.
  ///   - trainableLayers: The number of stages that are trained, counted from the last; nil for
  ///     all.
  ///   - returnedStages: The numbers of the stages, from 0, whose maps the pyramid takes; nil
  ///     for the last two.
  ///   - extraBlocks: The block that adds coarser maps.
  /// - Throws: `ModelConfigurationError` for stages that do not exist.
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
  /// Returns torchvision's `fasterrcnn_mobilenet_v3_large_fpn`.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes, the background included; 91 in the published
  ///     weights.
  ///   - norm: Makes the normalisation of the backbone; `FrozenBatchNorm2d` for trained
  ///     weights. torchvision does not use the network's own epsilon and momentum here.
  ///   - trainableLayers: The number of trained stages of the backbone, counted from the last;
  ///     6 for all.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` for invalid numbers.
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

  /// Returns torchvision's `fasterrcnn_mobilenet_v3_large_320_fpn`, for images of 320 pixels.
  public static func mobileNetV3Large320FPN(
    numClasses: Int = 91, norm: NormLayer = { BatchNorm2d($0) }, trainableLayers: Int = 6,
    options: FasterRCNNOptions = .mobileNetV3Size320
  ) throws(ModelConfigurationError) -> FasterRCNN {
    try mobileNetV3LargeFPN(
      numClasses: numClasses, norm: norm, trainableLayers: trainableLayers, options: options)
  }
}

extension FasterRCNNOptions {
  /// The options of `fasterrcnn_mobilenet_v3_large_fpn`, with a least score of 0.05 for proposals.
  public static var mobileNetV3: FasterRCNNOptions {
    var options = FasterRCNNOptions()
    options.rpn.scoreThreshold = 0.05
    return options
  }

  /// The options of `fasterrcnn_mobilenet_v3_large_320_fpn`, with a shorter side of 320 pixels and
  /// fewer proposals.
  public static var mobileNetV3Size320: FasterRCNNOptions {
    var options = mobileNetV3
    options.transform = TransformOptions(minSize: [320], maxSize: 640)
    options.rpn.preNMSTopNInference = 150
    options.rpn.postNMSTopNInference = 150
    return options
  }
}
