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
    if let detector = DetectorCatalogue.detector(named: name) {
      // One that has a fixed size keeps it, as torchvision's does.
      return try detector.make(
        numClasses: numClasses,
        transform: detector.transform.fixedSize == nil ? options.transform : nil)
    }
    guard name == "fasterrcnn_mobilenet_v2" else {
      fatalError("expected a detector, found \(name)")
    }
    return try tutorial(numClasses: numClasses ?? 2, options: options)
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
