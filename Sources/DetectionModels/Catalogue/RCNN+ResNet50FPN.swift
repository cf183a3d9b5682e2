public import Torch

extension ReadyDetector {
  static let fasterRCNNResNet50FPN = ReadyDetector(
    "fasterrcnn_resnet50_fpn", network: "resnet50",
    weights: "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth",
    publishedEpsilon: 0, options: ReadyRCNNOptions(FasterRCNNOptions())
  ) { choice throws(ModelConfigurationError) in
    try FasterRCNN.resNet50FPN(
      numClasses: choice.numClasses, norm: choice.norm,
      trainableLayers: choice.trainableLayers ?? 5, choices: choice.options)
  }

  static let fasterRCNNResNet50FPNv2 = ReadyDetector(
    "fasterrcnn_resnet50_fpn_v2", network: "resnet50",
    weights: "fasterrcnn_resnet50_fpn_v2_coco-dd69338a.pth",
    takesNorm: false, options: ReadyRCNNOptions(FasterRCNNOptions())
  ) { choice throws(ModelConfigurationError) in
    try FasterRCNN.resNet50FPNv2(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      choices: choice.options)
  }

  static let maskRCNNResNet50FPN = ReadyDetector(
    "maskrcnn_resnet50_fpn", network: "resnet50",
    weights: "maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth",
    hasMasks: true, publishedEpsilon: 0,
    options: ReadyMaskRCNNOptions(ReadyRCNNOptions(FasterRCNNOptions()))
  ) { choice throws(ModelConfigurationError) in
    try MaskRCNN.resNet50FPN(
      numClasses: choice.numClasses, norm: choice.norm,
      trainableLayers: choice.trainableLayers ?? 5, choices: choice.options)
  }

  static let maskRCNNResNet50FPNv2 = ReadyDetector(
    "maskrcnn_resnet50_fpn_v2", network: "resnet50",
    weights: "maskrcnn_resnet50_fpn_v2_coco-73cbd019.pth",
    hasMasks: true, takesNorm: false,
    options: ReadyMaskRCNNOptions(ReadyRCNNOptions(FasterRCNNOptions()))
  ) { choice throws(ModelConfigurationError) in
    try MaskRCNN.resNet50FPNv2(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      choices: choice.options)
  }
}

extension GeneralizedRCNN where Heads == RoIHeads {
  /// Returns torchvision's `fasterrcnn_resnet50_fpn`.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes, the background included; 91 in the published
  ///     weights.
  ///   - norm: Makes the normalisation of the backbone; `FrozenBatchNorm2d` for trained
  ///     weights.
  ///   - trainableLayers: The number of trained stages of the backbone, counted from the last;
  ///     5 for all.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` for invalid numbers.
  public static func resNet50FPN(
    numClasses: Int = 91, norm: NormLayer = { BatchNorm2d($0) }, trainableLayers: Int = 5,
    options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws(ModelConfigurationError) -> FasterRCNN {
    try resNet50FPN(
      numClasses: numClasses, norm: norm, trainableLayers: trainableLayers,
      choices: ReadyRCNNOptions(options))
  }

  static func resNet50FPN(
    numClasses: Int, norm: NormLayer, trainableLayers: Int, choices: ReadyRCNNOptions
  ) throws(ModelConfigurationError) -> FasterRCNN {
    let parts = try choices.parts(on: resNet50(norm: norm, trainableLayers: trainableLayers))
    return try FasterRCNN(
      backbone: parts.backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      boxRoIPool: parts.pool, boxHead: parts.head, options: choices.options)
  }

  /// Returns torchvision's `fasterrcnn_resnet50_fpn_v2` (Li et al., 2021).
  public static func resNet50FPNv2(
    numClasses: Int = 91, trainableLayers: Int = 5,
    options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws(ModelConfigurationError) -> FasterRCNN {
    try resNet50FPNv2(
      numClasses: numClasses, trainableLayers: trainableLayers, choices: ReadyRCNNOptions(options))
  }

  static func resNet50FPNv2(
    numClasses: Int, trainableLayers: Int, choices: ReadyRCNNOptions
  ) throws(ModelConfigurationError) -> FasterRCNN {
    let parts = try SecondGeneration(trainableLayers: trainableLayers, choices: choices)
    return try FasterRCNN(
      backbone: parts.backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      rpnHead: parts.rpnHead, boxRoIPool: parts.pool, boxHead: parts.boxHead,
      options: choices.options)
  }
}

extension GeneralizedRCNN where Heads == MaskRoIHeads {
  /// Returns torchvision's `maskrcnn_resnet50_fpn`; the parameters are those of
  /// `FasterRCNN.resNet50FPN`.
  public static func resNet50FPN(
    numClasses: Int = 91, norm: NormLayer = { BatchNorm2d($0) }, trainableLayers: Int = 5,
    options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws(ModelConfigurationError) -> MaskRCNN {
    try resNet50FPN(
      numClasses: numClasses, norm: norm, trainableLayers: trainableLayers,
      choices: ReadyMaskRCNNOptions(ReadyRCNNOptions(options)))
  }

  static func resNet50FPN(
    numClasses: Int, norm: NormLayer, trainableLayers: Int, choices: ReadyMaskRCNNOptions
  ) throws(ModelConfigurationError) -> MaskRCNN {
    let parts = try choices.box.parts(on: resNet50(norm: norm, trainableLayers: trainableLayers))
    let maskPool = try choices.maskRoIPool.pool(of: parts.backbone, at: "mask_roi_pool")
    let maskHead = try choices.maskHead.head(inChannels: parts.backbone.outChannels)
    return try MaskRCNN(
      backbone: parts.backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      boxRoIPool: parts.pool, boxHead: parts.head, maskRoIPool: maskPool, maskHead: maskHead,
      options: choices.box.options)
  }

  /// Returns torchvision's `maskrcnn_resnet50_fpn_v2` (Li et al., 2021).
  public static func resNet50FPNv2(
    numClasses: Int = 91, trainableLayers: Int = 5,
    options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws(ModelConfigurationError) -> MaskRCNN {
    try resNet50FPNv2(
      numClasses: numClasses, trainableLayers: trainableLayers,
      choices: ReadyMaskRCNNOptions(ReadyRCNNOptions(options)))
  }

  static func resNet50FPNv2(
    numClasses: Int, trainableLayers: Int, choices: ReadyMaskRCNNOptions
  ) throws(ModelConfigurationError) -> MaskRCNN {
    let parts = try SecondGeneration(trainableLayers: trainableLayers, choices: choices.box)
    let maskPool = try choices.maskRoIPool.pool(of: parts.backbone, at: "mask_roi_pool")
    try ModelConfigurationError.require(
      choices.maskHead == MaskHeadConfiguration(), at: "mask_head",
      "expected a detector whose mask head can be chosen: this has its own")
    let maskHead = MaskRCNNHeads(inChannels: parts.backbone.outChannels) { BatchNorm2d($0) }
    return try MaskRCNN(
      backbone: parts.backbone, numClasses: numClasses, anchorGenerator: parts.anchors,
      rpnHead: parts.rpnHead, boxRoIPool: parts.pool, boxHead: parts.boxHead,
      maskRoIPool: maskPool, maskHead: maskHead, options: choices.box.options)
  }
}

/// The parts of the second generation's detectors, drawn in torchvision's order.
private struct SecondGeneration {
  let backbone: BackboneWithFPN
  let anchors: AnchorGenerator
  let pool: MultiScaleRoIAlign
  let rpnHead: RPNHead
  let boxHead: FastRCNNConvFCHead

  init(
    trainableLayers: Int, choices: ReadyRCNNOptions
  ) throws(ModelConfigurationError) {
    try choices.requireOwnHead()
    let backbone = try resNet50v2(trainableLayers: trainableLayers)
    let parts = try choices.parts(on: backbone)
    self.backbone = backbone
    (anchors, pool) = (parts.anchors, parts.pool)
    try ModelConfigurationError.require(
      pool.outputSize.height > 0 && pool.outputSize.width > 0, at: "box_roi_pool",
      "expected an output of 1×1 or more, found \(pool.outputSize.height)×\(pool.outputSize.width)")
    rpnHead = RPNHead(
      inChannels: backbone.outChannels, numAnchors: try anchors.anchors(onEachMapOf: backbone),
      convDepth: 2)
    boxHead = FastRCNNConvFCHead(inChannels: backbone.outChannels, resolution: pool.outputSize)
  }
}

func resNet50(
  norm: NormLayer, trainableLayers: Int
) throws(ModelConfigurationError) -> BackboneWithFPN {
  try BackboneWithFPN(
    resNet: ResNet(blocks: [3, 4, 6, 3], bottleneck: true, norm: norm),
    trainableLayers: trainableLayers)
}

/// Returns the backbone of the second generation, with batch norm in the pyramid too.
private func resNet50v2(
  trainableLayers: Int
) throws(ModelConfigurationError) -> BackboneWithFPN {
  try BackboneWithFPN(
    resNet: ResNet(blocks: [3, 4, 6, 3], bottleneck: true), trainableLayers: trainableLayers
  ) { BatchNorm2d($0) }
}
