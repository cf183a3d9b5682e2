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
  /// Returns torchvision's `ssdlite320_mobilenet_v3_large`; without weights of a classification
  /// network, the last stage has half its channels.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes, the background included; 91 in the published
  ///     weights.
  ///   - trainableLayers: The number of trained stages of the backbone, counted from the last;
  ///     6 for all.
  ///   - reducedTail: Whether the last stage has half its channels; false if the weights of a
  ///     classification network are loaded afterwards.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` for invalid numbers.
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

  /// Returns an SSDLite on the maps of a MobileNetV3.
  ///
  /// - Parameters:
  ///   - backbone: The backbone.
  ///   - norm: Makes the normalisation of the head's convolutions.
  /// - Throws: `ModelConfigurationError` if the parts do not fit together.
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
  /// The options of `ssdlite320_mobilenet_v3_large`: images of 320×320 pixels, from −1 to 1.
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
