import Torch

extension ReadyDetector {
  static let fasterRCNNResNet18FPN = ReadyDetector(
    "fasterrcnn_resnet18_fpn", weights: nil, takesNorm: false, stagesTrainedFromWeights: nil,
    options: .resNet18
  ) { choice throws(ModelConfigurationError) in
    try FasterRCNN.resNet18FPN(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      options: choice.options)
  }

  static let maskRCNNResNet18FPN = ReadyDetector(
    "maskrcnn_resnet18_fpn", weights: nil, hasMasks: true, takesNorm: false,
    stagesTrainedFromWeights: nil, options: .resNet18
  ) { choice throws(ModelConfigurationError) in
    try MaskRCNN.resNet18FPN(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      options: choice.options)
  }
}

/// Detectors that are small enough to be learnt within a minute on two cores: ResNet-18 with a
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

  static var boxHead: TwoMLPHead {
    TwoMLPHead(inFeatures: channels * 7 * 7, representationSize: 256)
  }

  /// Two sizes on each map, from smaller ones on than torchvision's, as the pictures are smaller.
  static func anchors() throws(ModelConfigurationError) -> AnchorGenerator {
    try AnchorGenerator(
      sizes: [[8, 12], [16, 24], [32, 48], [64, 96], [128, 224]],
      aspectRatios: Array(repeating: [0.5, 1, 2], count: 5))
  }
}

extension GeneralizedRCNN where Heads == RoIHeads {
  /// `fasterrcnn_resnet18_fpn`.
  ///
  /// - Parameters:
  ///   - numClasses: the background included.
  ///   - trainableLayers: of the backbone, from the last one on; 5 for all.
  /// - Throws: `ModelConfigurationError` for sizes or numbers that cannot be.
  public static func resNet18FPN(
    numClasses: Int, trainableLayers: Int = 5, options: FasterRCNNOptions = .resNet18
  ) throws(ModelConfigurationError) -> FasterRCNN {
    let backbone = try SmallParts.backbone(trainableLayers: trainableLayers)
    return try FasterRCNN(
      backbone: backbone, numClasses: numClasses, anchorGenerator: SmallParts.anchors(),
      boxHead: SmallParts.boxHead, options: options)
  }
}

extension GeneralizedRCNN where Heads == MaskRoIHeads {
  /// `maskrcnn_resnet18_fpn`; the parameters are those of `FasterRCNN.resNet18FPN`.
  public static func resNet18FPN(
    numClasses: Int, trainableLayers: Int = 5, options: FasterRCNNOptions = .resNet18
  ) throws(ModelConfigurationError) -> MaskRCNN {
    let backbone = try SmallParts.backbone(trainableLayers: trainableLayers)
    return try MaskRCNN(
      backbone: backbone, numClasses: numClasses, anchorGenerator: SmallParts.anchors(),
      boxHead: SmallParts.boxHead,
      maskHead: MaskRCNNHeads(inChannels: SmallParts.channels, layers: [128, 128]),
      options: options)
  }
}

extension FasterRCNNOptions {
  /// Small pictures, and samplers for a few objects: the fewer other anchors and proposals are
  /// looked at and the more count as objects, the sooner the objects are learnt.
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
