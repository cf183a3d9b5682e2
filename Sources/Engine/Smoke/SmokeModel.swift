public import DetectionModels
import Torch

/// Detectors that are small enough to be learnt within a minute on two cores: ResNet-18 with a
/// feature pyramid of 128 channels.
public enum SmokeModel {
  private static let channels = 128

  /// `fasterrcnn_resnet18_fpn`.
  ///
  /// - Parameter numClasses: the background included.
  /// - Throws: `ModelConfigurationError` for sizes or numbers that cannot be.
  public static func fasterRCNN(
    numClasses: Int, input: InputSize
  ) throws(ModelConfigurationError) -> FasterRCNN {
    let backbone = try backbone()
    return try FasterRCNN(
      backbone: backbone, numClasses: numClasses, anchorGenerator: anchors(),
      boxHead: boxHead, options: options(input))
  }

  /// `maskrcnn_resnet18_fpn`.
  ///
  /// - Parameter numClasses: the background included.
  /// - Throws: `ModelConfigurationError` for sizes or numbers that cannot be.
  public static func maskRCNN(
    numClasses: Int, input: InputSize
  ) throws(ModelConfigurationError) -> MaskRCNN {
    let backbone = try backbone()
    return try MaskRCNN(
      backbone: backbone, numClasses: numClasses, anchorGenerator: anchors(),
      boxHead: boxHead, maskHead: MaskRCNNHeads(inChannels: channels, layers: [128, 128]),
      options: options(input))
  }

  private static func backbone() throws(ModelConfigurationError) -> BackboneWithFPN {
    let resNet = ResNet(blocks: [2, 2, 2, 2], bottleneck: false) { BatchNorm2d($0) }
    let body = try IntermediateLayerGetter(
      resNet.featureLayers, returned: (1...4).map { ("layer\($0)", "\($0 - 1)") })
    return BackboneWithFPN(body: body, inChannels: resNet.stageChannels, outChannels: channels)
  }

  private static var boxHead: TwoMLPHead {
    TwoMLPHead(inFeatures: channels * 7 * 7, representationSize: 256)
  }

  /// Two sizes on each map, from smaller ones on than torchvision's, as the pictures are smaller.
  private static func anchors() throws(ModelConfigurationError) -> AnchorGenerator {
    try AnchorGenerator(
      sizes: [[8, 12], [16, 24], [32, 48], [64, 96], [128, 224]],
      aspectRatios: Array(repeating: [0.5, 1, 2], count: 5))
  }

  private static func options(_ input: InputSize) -> FasterRCNNOptions {
    var options = FasterRCNNOptions()
    options.transform = input.transform
    options.rpn.preNMSTopNTraining = 500
    options.rpn.postNMSTopNTraining = 300
    options.rpn.preNMSTopNInference = 300
    options.rpn.postNMSTopNInference = 200
    // A few objects among many anchors and proposals: the fewer others are looked at and the more
    // count as objects, the sooner they are learnt.
    options.rpn.foregroundIoUThreshold = 0.5
    options.rpn.batchSizePerImage = 128
    options.box.batchSizePerImage = 256
    options.box.positiveFraction = 0.5
    return options
  }
}
