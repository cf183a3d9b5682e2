import DetectionModels
import Testing

/// A detector as `make_detectors.py` makes it: 5 classes, pictures of 128 pixels.
struct DetectorExample: Sendable, CustomTestStringConvertible {
  let name: String
  let hasMasks: Bool
  let make: @Sendable () throws -> any Detector

  var testDescription: String { name }

  static let all: [DetectorExample] = [
    DetectorExample("fasterrcnn_resnet50_fpn") {
      try FasterRCNN.resNet50FPN(numClasses: 5, options: options())
    },
    DetectorExample("retinanet_resnet50_fpn") {
      try RetinaNet.resNet50FPN(numClasses: 5, options: retinaNetOptions())
    },
    DetectorExample("maskrcnn_resnet50_fpn", hasMasks: true) {
      try MaskRCNN.resNet50FPN(numClasses: 5, options: options())
    },
    DetectorExample("fasterrcnn_resnet50_fpn_v2") {
      try FasterRCNN.resNet50FPNv2(numClasses: 5, options: options())
    },
    DetectorExample("retinanet_resnet50_fpn_v2") {
      try RetinaNet.resNet50FPNv2(numClasses: 5, options: retinaNetOptions())
    },
    DetectorExample("maskrcnn_resnet50_fpn_v2", hasMasks: true) {
      try MaskRCNN.resNet50FPNv2(numClasses: 5, options: options())
    },
    DetectorExample("fasterrcnn_mobilenet_v3_large_fpn") {
      var options = Self.options()
      options.rpn.scoreThreshold = 0.05
      return try FasterRCNN.mobileNetV3LargeFPN(numClasses: 5, options: options)
    },
    DetectorExample("tutorial") {
      let backbone = LayerBackbone(MobileNetV2().features, outChannels: 1280)
      return try FasterRCNN(
        backbone: backbone, numClasses: 5,
        anchorGenerator: AnchorGenerator(sizes: [[32, 64, 128]], aspectRatios: [[0.5, 1, 2]]),
        boxRoIPool: MultiScaleRoIAlign(
          featureMapNames: ["0"], outputSize: 7, samplingRatio: 2), options: options())
    },
  ]

  private init(
    _ name: String, hasMasks: Bool = false, make: @escaping @Sendable () throws -> any Detector
  ) {
    self.name = name
    self.hasMasks = hasMasks
    self.make = make
  }

  private static func options() -> FasterRCNNOptions {
    var options = FasterRCNNOptions()
    options.transform = TransformOptions(minSize: [128])
    options.box.scoreThreshold = 0.21
    options.box.detectionsPerImage = 20
    return options
  }

  private static func retinaNetOptions() -> RetinaNetOptions {
    var options = RetinaNetOptions()
    options.transform = TransformOptions(minSize: [128])
    options.scoreThreshold = 0.0105
    options.detectionsPerImage = 20
    return options
  }
}
