/// Faster R-CNN (Ren et al., 2015) with any backbone.
///
///     let backbone = LayerBackbone(MobileNetV2().features, outChannels: 1280)
///     let model = try FasterRCNN(
///       backbone: backbone, numClasses: 2,
///       anchorGenerator: AnchorGenerator(
///         sizes: [[32, 64, 128, 256, 512]], aspectRatios: [[0.5, 1, 2]]),
///       boxRoIPool: MultiScaleRoIAlign(featureMapNames: ["0"], outputSize: 7, samplingRatio: 2))
public typealias FasterRCNN = GeneralizedRCNN<RoIHeads>

/// What may be chosen of a Faster R-CNN but its parts; torchvision's defaults. Coded by the
/// names of torchvision's arguments, all in one place.
public struct FasterRCNNOptions: Sendable, Codable, Hashable {
  public var transform = TransformOptions()
  public var rpn = RPNOptions()
  public var box = RoIOptions()

  public init() {}

  public init(from decoder: any Decoder) throws {
    transform = try TransformOptions(from: decoder)
    rpn = try RPNOptions(from: decoder)
    box = try RoIOptions(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    try transform.encode(to: encoder)
    try rpn.encode(to: encoder)
    try box.encode(to: encoder)
  }
}

extension GeneralizedRCNN where Heads == RoIHeads {
  /// - Parameters:
  ///   - numClasses: the background included.
  ///   - anchorGenerator: with one list of sizes for each map of the backbone.
  ///   - rpnHead: nil for torchvision's with one convolution.
  ///   - boxRoIPool: of maps that the backbone gives.
  ///   - boxHead: nil for two fully connected layers of 1,024.
  /// - Throws: `ModelConfigurationError` where the parts do not fit each other.
  public init(
    backbone: any Backbone, numClasses: Int, anchorGenerator: AnchorGenerator = .fasterRCNN,
    rpnHead: RPNHead? = nil, boxRoIPool: MultiScaleRoIAlign = .pyramid(outputSize: 7),
    boxHead: (any BoxHead)? = nil, options: FasterRCNNOptions = FasterRCNNOptions()
  ) throws(ModelConfigurationError) {
    let parts = RCNNParts(backbone: backbone, numClasses: numClasses, options: options)
    self.init(
      transform: GeneralizedRCNNTransform(options.transform), backbone: backbone,
      rpn: try parts.rpn(anchorGenerator, rpnHead),
      roiHeads: try parts.boxHeads(boxRoIPool, boxHead))
  }
}

extension MultiScaleRoIAlign {
  /// Pools the maps of a feature pyramid, "0", "1" …, but the extra ones, as torchvision's models
  /// do.
  public static func pyramid(outputSize: Int, maps: Int = 4) -> MultiScaleRoIAlign {
    MultiScaleRoIAlign(
      featureMapNames: (0..<maps).map(String.init), outputSize: outputSize, samplingRatio: 2)
  }
}
