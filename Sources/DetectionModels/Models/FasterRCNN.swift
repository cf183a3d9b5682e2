/// A Faster R-CNN (Ren et al., 2015) on any backbone.
///
///     let backbone = LayerBackbone(MobileNetV2().features, outChannels: 1280)
///     let model = try FasterRCNN(
///       backbone: backbone, numClasses: 2,
///       anchorGenerator: AnchorGenerator(
///         sizes: [[32, 64, 128, 256, 512]], aspectRatios: [[0.5, 1, 2]]),
///       boxRoIPool: MultiScaleRoIAlign(featureMapNames: ["0"], outputSize: 7, samplingRatio: 2))
public typealias FasterRCNN = GeneralizedRCNN<RoIHeads>

/// The options of a Faster R-CNN besides its parts, with torchvision's defaults.
///
/// They are coded under the names of torchvision's arguments, in one flat mapping.
public struct FasterRCNNOptions: Sendable, Codable, Hashable {
  /// The options of the transform.
  public var transform = TransformOptions()
  /// The options of the region proposal network.
  public var rpn = RPNOptions()
  /// The options of the box heads.
  public var box = RoIOptions()

  /// Creates torchvision's defaults.
  public init() {}

  /// Decodes the options from one flat mapping of torchvision's argument names.
  public init(from decoder: any Decoder) throws {
    transform = try TransformOptions(from: decoder)
    rpn = try RPNOptions(from: decoder)
    box = try RoIOptions(from: decoder)
  }

  /// Encodes the options as one flat mapping of torchvision's argument names.
  public func encode(to encoder: any Encoder) throws {
    try transform.encode(to: encoder)
    try rpn.encode(to: encoder)
    try box.encode(to: encoder)
  }
}

extension GeneralizedRCNN where Heads == RoIHeads {
  /// Creates a Faster R-CNN on a backbone.
  ///
  /// - Parameters:
  ///   - backbone: The backbone that provides the feature maps.
  ///   - numClasses: The number of classes, the background included.
  ///   - anchorGenerator: The anchors, with one list of sizes for each map of the backbone.
  ///   - rpnHead: The head of the region proposal network; nil for torchvision's, with one
  ///     convolution.
  ///   - boxRoIPool: The pooling of the boxes, of maps that the backbone provides.
  ///   - boxHead: The head before the box predictor; nil for two fully connected layers of
  ///     1,024 features.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` if the parts do not fit together.
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
  /// Returns a pooling of a feature pyramid's maps "0", "1" …, without the extra ones, as in
  /// torchvision's models.
  ///
  /// - Parameters:
  ///   - outputSize: The height and width of the output.
  ///   - maps: The number of maps, counted from the finest.
  public static func pyramid(outputSize: Int, maps: Int = 4) -> MultiScaleRoIAlign {
    MultiScaleRoIAlign(
      featureMapNames: (0..<maps).map(String.init), outputSize: outputSize, samplingRatio: 2)
  }
}
