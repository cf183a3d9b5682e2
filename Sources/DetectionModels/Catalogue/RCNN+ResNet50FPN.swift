public import Torch

extension ReadyDetector {
  static let fasterRCNNResNet50FPN = ReadyDetector(
    "fasterrcnn_resnet50_fpn", weights: "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth",
    publishedEpsilon: 0, options: FasterRCNNOptions()
  ) { choice throws(ModelConfigurationError) in
    try FasterRCNN.resNet50FPN(
      numClasses: choice.numClasses, norm: choice.norm,
      trainableLayers: choice.trainableLayers ?? 5, options: choice.options)
  }

  static let fasterRCNNResNet50FPNv2 = ReadyDetector(
    "fasterrcnn_resnet50_fpn_v2", weights: "fasterrcnn_resnet50_fpn_v2_coco-dd69338a.pth",
    takesNorm: false, options: FasterRCNNOptions()
  ) { choice throws(ModelConfigurationError) in
    try FasterRCNN.resNet50FPNv2(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      options: choice.options)
  }

  static let maskRCNNResNet50FPN = ReadyDetector(
    "maskrcnn_resnet50_fpn", weights: "maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth",
    hasMasks: true, publishedEpsilon: 0, options: FasterRCNNOptions()
  ) { choice throws(ModelConfigurationError) in
    try MaskRCNN.resNet50FPN(
      numClasses: choice.numClasses, norm: choice.norm,
      trainableLayers: choice.trainableLayers ?? 5, options: choice.options)
  }

  static let maskRCNNResNet50FPNv2 = ReadyDetector(
    "maskrcnn_resnet50_fpn_v2", weights: "maskrcnn_resnet50_fpn_v2_coco-73cbd019.pth",
    hasMasks: true, takesNorm: false, options: FasterRCNNOptions()
  ) { choice throws(ModelConfigurationError) in
    try MaskRCNN.resNet50FPNv2(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      options: choice.options)
  }
}

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
      inChannels: backbone.outChannels, resolution: SpatialSize(height: 7, width: 7))
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
      inChannels: backbone.outChannels, resolution: SpatialSize(height: 7, width: 7))
    let maskHead = MaskRCNNHeads(inChannels: backbone.outChannels) { BatchNorm2d($0) }
    return try MaskRCNN(
      backbone: backbone, numClasses: numClasses, rpnHead: rpnHead, boxHead: boxHead,
      maskHead: maskHead, options: options)
  }
}

func resNet50(
  norm: NormLayer, trainableLayers: Int
) throws(ModelConfigurationError) -> BackboneWithFPN {
  try BackboneWithFPN(
    resNet: ResNet(blocks: [3, 4, 6, 3], bottleneck: true, norm: norm),
    trainableLayers: trainableLayers)
}

/// Makes the backbone of the second generation, with batch norm in the pyramid too.
private func resNet50v2(
  trainableLayers: Int
) throws(ModelConfigurationError) -> BackboneWithFPN {
  try BackboneWithFPN(
    resNet: ResNet(blocks: [3, 4, 6, 3], bottleneck: true), trainableLayers: trainableLayers
  ) { BatchNorm2d($0) }
}
