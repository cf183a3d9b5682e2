import Torch

extension ReadyDetector {
  static let fasterRCNNResNet18FPN = ReadyDetector(
    "fasterrcnn_resnet18_fpn", network: "resnet18", weights: nil, takesNorm: false,
    stagesTrainedFromWeights: nil,
    options: SmallParts.choices(.resNet18)
  ) { choice throws(ModelConfigurationError) in
    try FasterRCNN.resNet18FPN(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      choices: choice.options)
  }

  static let maskRCNNResNet18FPN = ReadyDetector(
    "maskrcnn_resnet18_fpn", network: "resnet18", weights: nil, hasMasks: true, takesNorm: false,
    stagesTrainedFromWeights: nil, options: SmallParts.maskChoices(.resNet18)
  ) { choice throws(ModelConfigurationError) in
    try MaskRCNN.resNet18FPN(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      choices: choice.options)
  }
}

/// The parts of detectors small enough to be trained within a minute on two cores: ResNet-18 with a
/// feature pyramid of 128 channels.
enum SmallParts {
  static let channels = 128

  static func backbone(
    trainableLayers: Int
  ) throws(ModelConfigurationError) -> BackboneWithFPN {
    try BackboneWithFPN(
      ResNet(blocks: [2, 2, 2, 2], bottleneck: false) { BatchNorm2d($0) },
      trainableLayers: trainableLayers, returnedLayers: [1, 2, 3, 4], outChannels: channels)
  }

  static func choices(_ options: FasterRCNNOptions) -> ReadyRCNNOptions {
    ReadyRCNNOptions(options, boxHead: BoxHeadConfiguration(representationSize: 256))
  }

  static func maskChoices(_ options: FasterRCNNOptions) -> ReadyMaskRCNNOptions {
    ReadyMaskRCNNOptions(choices(options), maskHead: MaskHeadConfiguration(layers: [128, 128]))
  }

  /// Returns two sizes for each map, smaller than torchvision's, as the images are smaller.
  static func anchors() throws(ModelConfigurationError) -> AnchorGenerator {
    try AnchorGenerator(
      sizes: [[8, 12], [16, 24], [32, 48], [64, 96], [128, 224]],
      aspectRatios: Array(repeating: [0.5, 1, 2], count: 5))
  }
}

extension GeneralizedRCNN where Heads == RoIHeads {
  /// Returns the small detector `fasterrcnn_resnet18_fpn`.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes, the background included.
  ///   - trainableLayers: The number of trained stages of the backbone, counted from the last;
  ///     5 for all.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` for invalid sizes or numbers.
  public static func resNet18FPN(
    numClasses: Int, trainableLayers: Int = 5, options: FasterRCNNOptions = .resNet18
  ) throws(ModelConfigurationError) -> FasterRCNN {
    try resNet18FPN(
      numClasses: numClasses, trainableLayers: trainableLayers,
      choices: SmallParts.choices(options))
  }

  static func resNet18FPN(
    numClasses: Int, trainableLayers: Int, choices: ReadyRCNNOptions
  ) throws(ModelConfigurationError) -> FasterRCNN {
    let parts = try choices.parts(
      on: SmallParts.backbone(trainableLayers: trainableLayers), anchors: SmallParts.anchors())
    return try FasterRCNN(
      backbone: parts.backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      boxRoIPool: parts.pool, boxHead: parts.head, options: choices.options)
  }
}

extension GeneralizedRCNN where Heads == MaskRoIHeads {
  /// Returns the small detector `maskrcnn_resnet18_fpn`; the parameters are those of
  /// `FasterRCNN.resNet18FPN`.
  public static func resNet18FPN(
    numClasses: Int, trainableLayers: Int = 5, options: FasterRCNNOptions = .resNet18
  ) throws(ModelConfigurationError) -> MaskRCNN {
    try resNet18FPN(
      numClasses: numClasses, trainableLayers: trainableLayers,
      choices: SmallParts.maskChoices(options))
  }

  static func resNet18FPN(
    numClasses: Int, trainableLayers: Int, choices: ReadyMaskRCNNOptions
  ) throws(ModelConfigurationError) -> MaskRCNN {
    let parts = try choices.box.parts(
      on: SmallParts.backbone(trainableLayers: trainableLayers), anchors: SmallParts.anchors())
    let maskPool = try choices.maskRoIPool.pool(of: parts.backbone, at: "mask_roi_pool")
    let maskHead = try choices.maskHead.head(inChannels: parts.backbone.outChannels)
    return try MaskRCNN(
      backbone: parts.backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      boxRoIPool: parts.pool, boxHead: parts.head, maskRoIPool: maskPool, maskHead: maskHead,
      options: choices.box.options)
  }
}

extension FasterRCNNOptions {
  /// The options of `fasterrcnn_resnet18_fpn`: small images, and samplers for a few objects.
  ///
  /// With fewer other anchors and proposals, and more that count as objects, the objects are learnt
  /// faster.
  public static var resNet18: FasterRCNNOptions {
    var options = FasterRCNNOptions()
    options.transform = TransformOptions(minSize: [256], maxSize: 426)
    options.rpn.preNMSTopNTraining = 500
    options.rpn.postNMSTopNTraining = 300
    options.rpn.preNMSTopNInference = 300
    options.rpn.postNMSTopNInference = 200
    options.rpn.foregroundIoUThreshold = 0.5
    options.rpn.batchSizePerImage = 128
    options.box.batchSizePerImage = 256
    options.box.positiveFraction = 0.5
    return options
  }
}
