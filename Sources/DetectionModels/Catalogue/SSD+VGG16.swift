import Torch

extension ReadyDetector {
  static let ssd300VGG16 = ReadyDetector(
    "ssd300_vgg16", network: "vgg16", weights: "ssd300_vgg16_coco-b556d3b4.pth", takesNorm: false,
    stagesTrainedFromWeights: 4, options: .ssd300
  ) { choice throws(ModelConfigurationError) in
    try SSD.ssd300VGG16(
      numClasses: choice.numClasses, trainableLayers: choice.trainableLayers ?? 5,
      options: choice.options)
  }
}

extension SSD {
  /// Returns torchvision's `ssd300_vgg16`.
  ///
  /// - Parameters:
  ///   - numClasses: The number of classes, the background included; 91 in the published
  ///     weights.
  ///   - trainableLayers: The number of trained blocks of the backbone, counted from the last;
  ///     5 for all.
  ///   - options: The options besides the parts.
  /// - Throws: `ModelConfigurationError` for invalid numbers.
  public static func ssd300VGG16(
    numClasses: Int = 91, trainableLayers: Int = 5, options: SSDOptions = .ssd300
  ) throws(ModelConfigurationError) -> SSD {
    try SSD(
      backbone: SSDFeatureExtractorVGG(.vgg16(), trainableLayers: trainableLayers),
      numClasses: numClasses, defaultBoxes: .ssd300, options: options)
  }
}

extension SSDOptions {
  /// The options of `ssd300_vgg16`, for weights from Caffe: images from 0 to 255 without their
  /// mean.
  public static var ssd300: SSDOptions {
    var options = SSDOptions()
    options.transform.imageMean = [0.48235, 0.45882, 0.40784]
    options.transform.imageStandardDeviation = Array(repeating: 1 / 255, count: 3)
    return options
  }
}
