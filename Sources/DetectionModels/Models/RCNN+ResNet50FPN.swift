public import Torch

extension GeneralizedRCNN where Heads == RoIHeads {
  /// `fasterrcnn_resnet50_fpn`.
  ///
  /// - Parameters:
  ///   - numClasses: the background included; 91 in the published weights.
  ///   - norm: of the backbone; `FrozenBatchNorm2d` where its weights are trained ones.
  ///   - trainableLayers: of the backbone, from the last one on; 5 for all.
  /// - Throws: `ModelConfigurationError` for numbers that cannot be.
  public static func resNet50FPN(
    numClasses: Int = 91, norm: NormLayer = { BatchNorm2d($0) }, trainableLayers: Int = 5,
    options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws(ModelConfigurationError) -> FasterRCNN {
    try FasterRCNN(
      backbone: resNet50(norm: norm, trainableLayers: trainableLayers), numClasses: numClasses,
      options: options)
  }

  /// `fasterrcnn_resnet50_fpn_v2` (Li et al., 2021).
  public static func resNet50FPNv2(
    numClasses: Int = 91, trainableLayers: Int = 5,
    options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws(ModelConfigurationError) -> FasterRCNN {
    let backbone = try resNet50v2(trainableLayers: trainableLayers)
    let rpnHead = RPNHead(inChannels: backbone.outChannels, numAnchors: 3, convDepth: 2)
    let boxHead = FastRCNNConvFCHead(
      inChannels: backbone.outChannels, resolution: ImageSize(height: 7, width: 7))
    return try FasterRCNN(
      backbone: backbone, numClasses: numClasses, rpnHead: rpnHead, boxHead: boxHead,
      options: options)
  }
}

extension GeneralizedRCNN where Heads == MaskRoIHeads {
  /// `maskrcnn_resnet50_fpn`; the parameters are those of `FasterRCNN.resNet50FPN`.
  public static func resNet50FPN(
    numClasses: Int = 91, norm: NormLayer = { BatchNorm2d($0) }, trainableLayers: Int = 5,
    options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws(ModelConfigurationError) -> MaskRCNN {
    try MaskRCNN(
      backbone: resNet50(norm: norm, trainableLayers: trainableLayers), numClasses: numClasses,
      options: options)
  }

  /// `maskrcnn_resnet50_fpn_v2` (Li et al., 2021).
  public static func resNet50FPNv2(
    numClasses: Int = 91, trainableLayers: Int = 5,
    options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws(ModelConfigurationError) -> MaskRCNN {
    let backbone = try resNet50v2(trainableLayers: trainableLayers)
    let rpnHead = RPNHead(inChannels: backbone.outChannels, numAnchors: 3, convDepth: 2)
    let boxHead = FastRCNNConvFCHead(
      inChannels: backbone.outChannels, resolution: ImageSize(height: 7, width: 7))
    let maskHead = MaskRCNNHeads(inChannels: backbone.outChannels) { BatchNorm2d($0) }
    return try MaskRCNN(
      backbone: backbone, numClasses: numClasses, rpnHead: rpnHead, boxHead: boxHead,
      maskHead: maskHead, options: options)
  }
}

private func resNet50(
  norm: NormLayer, trainableLayers: Int
) throws(ModelConfigurationError) -> BackboneWithFPN {
  try BackboneWithFPN(
    resNet: ResNet(blocks: [3, 4, 6, 3], bottleneck: true, norm: norm),
    trainableLayers: trainableLayers)
}

/// With batch norm in the pyramid too.
private func resNet50v2(
  trainableLayers: Int
) throws(ModelConfigurationError) -> BackboneWithFPN {
  try BackboneWithFPN(
    resNet: ResNet(blocks: [3, 4, 6, 3], bottleneck: true), trainableLayers: trainableLayers
  ) { BatchNorm2d($0) }
}
