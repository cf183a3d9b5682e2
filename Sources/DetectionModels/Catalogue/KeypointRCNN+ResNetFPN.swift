public import Torch

extension ReadyDetector {
  static let keypointRCNNResNet50FPN = ReadyDetector(
    "keypointrcnn_resnet50_fpn", network: "resnet50",
    weights: "keypointrcnn_resnet50_fpn_coco-fc266e95.pth",
    publishedEpsilon: 0, options: KeypointRCNNOptions()
  ) { choice throws(ModelConfigurationError) in
    try KeypointRCNN.resNet50FPN(
      numClasses: choice.numClasses, norm: choice.norm,
      trainableLayers: choice.trainableLayers ?? 5, options: choice.options)
  }

  static let keypointRCNNResNet18FPN = ReadyDetector(
    "keypointrcnn_resnet18_fpn", network: "resnet18", weights: nil, takesNorm: false,
    stagesTrainedFromWeights: nil, options: .resNet18
  ) { choice throws(ModelConfigurationError) in
    try KeypointRCNN.resNet18FPN(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      options: choice.options)
  }
}

extension GeneralizedRCNN where Heads == KeypointRoIHeads {
  /// Returns torchvision's `keypointrcnn_resnet50_fpn`.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes, the background included; 2 in the published
  ///     weights, which detect persons.
  ///   - norm: Makes the normalisation of the backbone; `FrozenBatchNorm2d` for trained
  ///     weights.
  ///   - trainableLayers: The number of trained stages of the backbone, counted from the last;
  ///     5 for all.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` for invalid numbers.
  public static func resNet50FPN(
    numClasses: Int = KeypointRCNNOptions.usualClasses, norm: NormLayer = { BatchNorm2d($0) },
    trainableLayers: Int = 5, options: KeypointRCNNOptions = KeypointRCNNOptions()
  ) throws(ModelConfigurationError) -> KeypointRCNN {
    try KeypointRCNN(
      backbone: resNet50(norm: norm, trainableLayers: trainableLayers), numClasses: numClasses,
      options: options)
  }

  /// Returns the small detector `keypointrcnn_resnet18_fpn`; the parameters are those of
  /// `FasterRCNN.resNet18FPN`.
  public static func resNet18FPN(
    numClasses: Int, trainableLayers: Int = 5, options: KeypointRCNNOptions = .resNet18
  ) throws(ModelConfigurationError) -> KeypointRCNN {
    let backbone = try SmallParts.backbone(trainableLayers: trainableLayers)
    return try KeypointRCNN(
      backbone: backbone, numClasses: numClasses, anchorGenerator: SmallParts.anchors(),
      boxHead: TwoMLPHead(
        inFeatures: SmallParts.channels * 7 * 7, representationSize: 256),
      keypointHead: KeypointRCNNHeads(
        inChannels: SmallParts.channels, layers: Array(repeating: 128, count: 4)),
      options: options)
  }
}

extension KeypointRCNNOptions {
  /// The options of `keypointrcnn_resnet18_fpn`, which are those of the other small detectors.
  public static var resNet18: KeypointRCNNOptions {
    var options = KeypointRCNNOptions()
    options.box = .resNet18
    return options
  }
}
