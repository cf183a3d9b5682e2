import Torch

extension ReadyDetector {
  static let ssdLite320MobileNetV3Large = ReadyDetector(
    "ssdlite320_mobilenet_v3_large", network: "mobilenet_v3_large",
    weights: "ssdlite320_mobilenet_v3_large_coco-a79551df.pth",
    takesNorm: false, stagesTrainedFromWeights: 6, options: .ssdLite320
  ) { choice throws(ModelConfigurationError) in
    try SSD.ssdLite320MobileNetV3Large(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 6,
      reducedTail: !choice.startsFromNetwork, options: choice.options)
  }
}

extension SSD {
  /// `ssdlite320_mobilenet_v3_large` as torchvision makes it without weights of a classification
  /// network: the last stage has half its channels.
  ///
  /// - Parameters:
  ///   - numClasses: the background included; 91 in the published weights.
  ///   - trainableLayers: of the backbone, from the last one on; 6 for all.
  ///   - reducedTail: false where the weights of a classification network are loaded afterwards.
  /// - Throws: `ModelConfigurationError` for numbers that cannot be.
  public static func ssdLite320MobileNetV3Large(
    numClasses: Int = 91, trainableLayers: Int = 6, reducedTail: Bool = true,
    options: SSDOptions = .ssdLite320
  ) throws(ModelConfigurationError) -> SSD {
    let mobileNet = MobileNetV3(
      .large, reducedTail: reducedTail, norm: SSDLiteFeatureExtractor.norm)
    mobileNet.features.initializeConvolutions { $0.fillNormal(deviation: 0.03) }
    return try lite(
      SSDLiteFeatureExtractor(mobileNet, trainableLayers: trainableLayers),
      numClasses: numClasses, options: options)
  }

  /// SSDLite on the maps of a MobileNetV3.
  ///
  /// - Parameter norm: what normalises the convolutions of the head.
  /// - Throws: `ModelConfigurationError` where the parts do not fit each other.
  static func lite(
    _ backbone: SSDLiteFeatureExtractor, numClasses: Int,
    norm: NormLayer = SSDLiteFeatureExtractor.norm, defaultBoxes: DefaultBoxGenerator = .ssdLite,
    options: SSDOptions
  ) throws(ModelConfigurationError) -> SSD {
    try SSD(
      backbone: backbone, numClasses: numClasses, defaultBoxes: defaultBoxes, options: options
    ) {
      SSDHead.lite(inChannels: $0, boxesPerLocation: $1, numClasses: $2, norm: norm)
    }
  }
}

extension SSDOptions {
  /// SSDLite's options: images of 320 pixels and from −1 to 1.
  public static var ssdLite320: SSDOptions {
    var options = SSDOptions()
    options.transform = TransformOptions(fixedSize: SpatialSize(height: 320, width: 320))
    options.transform.imageMean = [0.5, 0.5, 0.5]
    options.transform.imageStandardDeviation = [0.5, 0.5, 0.5]
    options.scoreThreshold = 0.001
    options.nmsThreshold = 0.55
    options.detectionsPerImage = 300
    options.topKCandidates = 300
    return options
  }
}
