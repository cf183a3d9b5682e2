import DetectionModels
import Torch

/// The detectors that are measured, as torchvision draws their weights from the seed 0.
enum BenchModel {
  /// - Parameters:
  ///   - size: of the shorter and of the longer side of what the detector looks at.
  ///   - numClasses: the background included; nil for what the model has by itself.
  static func make(_ name: String, size: Int, numClasses: Int? = nil) throws -> any Detector {
    Runtime.seed(0)
    var options = FasterRCNNOptions()
    options.transform = TransformOptions(minSize: [size], maxSize: size)
    switch name {
    case "fasterrcnn_resnet50_fpn":
      return try FasterRCNN.resNet50FPN(numClasses: numClasses ?? 91, options: options)
    case "maskrcnn_resnet50_fpn":
      return try MaskRCNN.resNet50FPN(numClasses: numClasses ?? 91, options: options)
    case "retinanet_resnet50_fpn":
      var retinaNet = RetinaNetOptions()
      retinaNet.transform = options.transform
      return try RetinaNet.resNet50FPN(numClasses: numClasses ?? 91, options: retinaNet)
    case "fasterrcnn_mobilenet_v2":
      return try tutorial(numClasses: numClasses ?? 2, options: options)
    default: fatalError("expected a detector, found \(name)")
    }
  }

  /// The custom model of torchvision's tutorial.
  private static func tutorial(numClasses: Int, options: FasterRCNNOptions) throws -> FasterRCNN {
    try FasterRCNN(
      backbone: LayerBackbone(MobileNetV2().features, outChannels: 1280), numClasses: numClasses,
      anchorGenerator: AnchorGenerator(
        sizes: [[32, 64, 128, 256, 512]], aspectRatios: [[0.5, 1, 2]]),
      boxRoIPool: MultiScaleRoIAlign(featureMapNames: ["0"], outputSize: 7, samplingRatio: 2),
      options: options)
  }
}
