extension SSDOptions: OneStagePartOptions {
  /// The default backbone: VGG-16.
  public static var backbone: SSDBackboneConfiguration { SSDBackboneConfiguration() }

  /// Returns the detector; the default boxes of torchvision are those of SSD300 on a VGG and those
  /// of SSDLite on a MobileNetV3.
  public func detector(
    on backbone: SSDBackboneConfiguration, trainedLayers: Int?, anchors: DefaultBoxConfiguration?,
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    // Before any weights are drawn.
    let own = try anchors?.generator()
    let network = try ModelConfigurationError.within("backbone") {
      () throws(ModelConfigurationError) in try backbone.network()
    }
    switch network {
    case .vgg(let vgg):
      return try SSD(
        backbone: SSDFeatureExtractorVGG(vgg, trainableLayers: trainedLayers ?? 5),
        numClasses: numClasses, defaultBoxes: own ?? .ssd300, options: self)
    case .mobileNet(let mobileNet, let norm):
      return try SSD.lite(
        SSDLiteFeatureExtractor(mobileNet, trainableLayers: trainedLayers ?? 6, norm: norm),
        numClasses: numClasses, norm: norm, defaultBoxes: own ?? .ssdLite,
        options: self)
    }
  }
}

/// The configuration of an SSD's backbone: a VGG, or a MobileNetV3, which makes the detector an
/// SSDLite.
public struct SSDBackboneConfiguration: Codable, Sendable, Hashable {
  /// The name of a classification network in the zoo.
  public var name = "vgg16"
  /// The normalisation of the network's convolutions, and of all others in an SSDLite; nil for its
  /// own.
  public var norm: NormKind?
  /// A Boolean value that is true if a MobileNetV3's last stage has half its channels, as in
  /// torchvision without weights of a classification network.
  public var reducedTail = false

  /// Creates a configuration of VGG-16.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case name, norm
    case reducedTail = "reduced_tail"
  }

  enum Network {
    case vgg(VGG)
    case mobileNet(MobileNetV3, norm: NormLayer)
  }

  /// Returns the network that provides the maps, with weights drawn in torchvision's order.
  func network() throws(ModelConfigurationError) -> Network {
    let sizes: [String: MobileNetV3.Size] = [
      "mobilenet_v3_small": .small, "mobilenet_v3_large": .large,
    ]
    if let size = sizes[name] {
      let layer: NormLayer = { norm?($0) ?? SSDLiteFeatureExtractor.norm($0) }
      let network = MobileNetV3(size, reducedTail: reducedTail, norm: layer)
      return .mobileNet(network, norm: layer)
    }
    var configuration = BackboneConfiguration(name: name)
    configuration.norm = norm
    guard let vgg = try configuration.network() as? VGG else {
      throw ModelConfigurationError("expected a VGG or a MobileNetV3, found \(name)", at: "name")
    }
    try ModelConfigurationError.require(
      !reducedTail, at: "reduced_tail", "expected a MobileNetV3 to reduce, found \(name)")
    return .vgg(vgg)
  }
}

/// The configuration of an SSD's default boxes, under the names of torchvision's arguments.
public struct DefaultBoxConfiguration: Codable, Sendable, Hashable {
  /// The ratios of width to height besides 1, one list for each map.
  public var aspectRatios: [[Double]]
  /// The scale of the first map if `scales` is nil; nil for 0.15.
  public var minRatio: Double?
  /// The scale of the last map if `scales` is nil; nil for 0.9.
  public var maxRatio: Double?
  /// The scale of each map, and one more.
  public var scales: [Double]?
  /// The distance between two places of each map in pixels; nil if the places divide the image
  /// evenly.
  public var steps: [Double]?
  /// A Boolean value that is true if boxes are limited to the width and height of the image; nil
  /// for true.
  public var clip: Bool?

  /// Creates default boxes from their aspect ratios.
  public init(aspectRatios: [[Double]]) {
    self.aspectRatios = aspectRatios
  }

  private enum CodingKeys: String, CodingKey {
    case aspectRatios = "aspect_ratios"
    case minRatio = "min_ratio"
    case maxRatio = "max_ratio"
    case scales, steps, clip
  }

  func generator() throws(ModelConfigurationError) -> DefaultBoxGenerator {
    try ModelConfigurationError.within("anchors") { () throws(ModelConfigurationError) in
      try DefaultBoxGenerator(
        aspectRatios: aspectRatios, minRatio: minRatio ?? 0.15, maxRatio: maxRatio ?? 0.9,
        scales: scales, steps: steps, clip: clip ?? true)
    }
  }
}
