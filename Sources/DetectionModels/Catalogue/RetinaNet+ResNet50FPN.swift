public import Torch

extension ReadyDetector {
  static let retinaNetResNet50FPN = ReadyDetector(
    "retinanet_resnet50_fpn", network: "resnet50",
    weights: "retinanet_resnet50_fpn_coco-eeacb38b.pth",
    publishedEpsilon: 0, options: ReadyRetinaNetOptions()
  ) { choice throws(ModelConfigurationError) in
    try RetinaNet.resNet50FPN(
      numClasses: choice.numClasses, norm: choice.norm,
      trainableLayers: choice.trainableLayers ?? 5,
      anchors: choice.options.anchorGenerator(), options: choice.options.options)
  }

  static let retinaNetResNet50FPNv2 = ReadyDetector(
    "retinanet_resnet50_fpn_v2", network: "resnet50",
    weights: "retinanet_resnet50_fpn_v2_coco-5905b1c5.pth",
    takesNorm: false, options: ReadyRetinaNetOptions()
  ) { choice throws(ModelConfigurationError) in
    try RetinaNet.resNet50FPNv2(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      anchors: choice.options.anchorGenerator(), options: choice.options.options)
  }
}

extension RetinaNet {
  /// Returns torchvision's `retinanet_resnet50_fpn`.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes, the background included; 91 in the published
  ///     weights.
  ///   - norm: Makes the normalisation of the backbone; `FrozenBatchNorm2d` for trained
  ///     weights.
  ///   - trainableLayers: The number of trained stages of the backbone, counted from the last;
  ///     5 for all.
  ///   - anchors: The anchors, with one list of sizes for each of the five maps.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` for invalid numbers.
  public static func resNet50FPN(
    numClasses: Int = 91, norm: NormLayer = { BatchNorm2d($0) }, trainableLayers: Int = 5,
    anchors: AnchorGenerator = .retinaNet, options: RetinaNetOptions = RetinaNetOptions()
  ) throws(ModelConfigurationError) -> RetinaNet {
    let backbone = try BackboneWithFPN.resNet50P6P7(
      norm: norm, trainableLayers: trainableLayers)
    return try RetinaNet(
      backbone: backbone, numClasses: numClasses, anchorGenerator: anchors, options: options)
  }

  /// Returns torchvision's `retinanet_resnet50_fpn_v2` (Zhang et al., 2020).
  public static func resNet50FPNv2(
    numClasses: Int = 91, trainableLayers: Int = 5,
    anchors: AnchorGenerator = .retinaNet, options: RetinaNetOptions = RetinaNetOptions()
  ) throws(ModelConfigurationError) -> RetinaNet {
    let backbone = try BackboneWithFPN.resNet50P6P7(
      norm: { BatchNorm2d($0) }, trainableLayers: trainableLayers, p6Channels: 2048)
    let head = RetinaNetHead(
      inChannels: backbone.outChannels, numAnchors: try anchors.anchors(onEachMapOf: backbone),
      numClasses: numClasses,
      norm: { GroupNorm(groups: 32, $0) }, boxLoss: .generalizedIoU)
    return try RetinaNet(
      backbone: backbone, numClasses: numClasses, anchorGenerator: anchors, head: head,
      options: options)
  }
}

extension BackboneWithFPN {
  /// Returns a ResNet-50 with the pyramid of one-stage detectors.
  ///
  /// - Parameter p6Channels: The number of channels of the map that P6 is made from.
  static func resNet50P6P7(
    norm: NormLayer, trainableLayers: Int, p6Channels: Int = 256
  ) throws(ModelConfigurationError) -> BackboneWithFPN {
    try BackboneWithFPN(
      resNet: ResNet(blocks: [3, 4, 6, 3], bottleneck: true, norm: norm),
      trainableLayers: trainableLayers, returnedLayers: [2, 3, 4],
      extraBlocks: LastLevelP6P7(inChannels: p6Channels, outChannels: 256))
  }
}
