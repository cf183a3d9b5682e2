extension SSDOptions: OneStagePartOptions {
  public static var backbone: SSDBackboneConfiguration { SSDBackboneConfiguration() }

  /// Makes the detector; on a VGG torchvision's default boxes are those of SSD300, on a MobileNetV3
  /// those of SSDLite.
  public func detector(
    on backbone: SSDBackboneConfiguration, trainedLayers: Int?, anchors: DefaultBoxConfiguration?,
    numClasses: Int
  ) throws(ModelConfigurationError) -> any Detector {
    // Before weights are drawn.
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

/// Which network of the zoo gives an SSD its maps: a VGG, or a MobileNetV3, which makes it SSDLite.
public struct SSDBackboneConfiguration: Codable, Sendable, Hashable {
  /// A classification network's name in the zoo.
  public var name = "vgg16"
  /// What normalises the network's convolutions, and of SSDLite all others; nil for its own.
  public var norm: NormKind?
  /// Whether a MobileNetV3's last stage has half its channels, as torchvision has it where no weights
  /// of a classification network are given.
  public var reducedTail = false

  public init() {}

  private enum CodingKeys: String, CodingKey {
    case name, norm
    case reducedTail = "reduced_tail"
  }

  enum Network {
    case vgg(VGG)
    case mobileNet(MobileNetV3, norm: NormLayer)
  }

  /// The network that gives the maps, with weights drawn in torchvision's order.
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

/// The default boxes of an SSD by the names of torchvision's arguments.
public struct DefaultBoxConfiguration: Codable, Sendable, Hashable {
  /// Width by height, a list for each map.
  public var aspectRatios: [[Double]]
  /// The scale of the first map where `scales` are not given; nil for 0.15.
  public var minRatio: Double?
  /// The scale of the last map where `scales` are not given; nil for 0.9.
  public var maxRatio: Double?
  /// A scale for each map and one more.
  public var scales: [Double]?
  /// How many pixels lie between two places of each map; nil where the places share the image.
  public var steps: [Double]?
  /// Whether no box is wider or higher than the image; nil for true.
  public var clip: Bool?

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
