import DetectionModels
import Foundation
import TestSupport
import Testing
import Torch

/// What a detector learns of an object beside its box.
enum LearntShape {
  case masks, keypoints
}

/// A detector as `make_detectors.py` makes it: 5 classes, pictures of 96 pixels. Those of which all is
/// in another, as Faster R-CNN is in Mask R-CNN, are compared by `Benchmarks/real/detector_parity.py`.
struct DetectorExample: Sendable, CustomTestStringConvertible {
  let name: String
  let shape: LearntShape?
  let make: @Sendable () throws -> any Detector

  var testDescription: String { name }

  static let all: [DetectorExample] = [
    DetectorExample("retinanet_resnet50_fpn") {
      try RetinaNet.resNet50FPN(numClasses: 5, options: retinaNetOptions())
    },
    DetectorExample("maskrcnn_resnet50_fpn", .masks) {
      try MaskRCNN.resNet50FPN(numClasses: 5, options: options())
    },
    DetectorExample("retinanet_resnet50_fpn_v2") {
      try RetinaNet.resNet50FPNv2(numClasses: 5, options: retinaNetOptions())
    },
    DetectorExample("maskrcnn_resnet50_fpn_v2", .masks) {
      try MaskRCNN.resNet50FPNv2(numClasses: 5, options: options())
    },
    DetectorExample("keypointrcnn_resnet50_fpn", .keypoints) {
      var options = KeypointRCNNOptions()
      options.box = Self.options()
      options.numKeypoints = 3
      return try KeypointRCNN.resNet50FPN(numClasses: 5, options: options)
    },
    DetectorExample("fasterrcnn_mobilenet_v3_large_320_fpn") {
      let preset = FasterRCNNOptions.mobileNetV3Size320
      var fewer = options(of: preset, scoreThreshold: 0.2)
      fewer.rpn = preset.rpn
      return try FasterRCNN.mobileNetV3Large320FPN(numClasses: 5, options: fewer)
    },
    DetectorExample("frozen") {
      let model = try FasterRCNN.mobileNetV3LargeFPN(
        numClasses: 5, norm: { FrozenBatchNorm2d($0) }, trainableLayers: 3,
        options: options(of: .mobileNetV3, scoreThreshold: 0.2))
      model.forEachModule { ($0 as? FrozenBatchNorm2d)?.fill() }
      return model
    },
    DetectorExample("tutorial") {
      let backbone = LayerBackbone(MobileNetV2().features, outChannels: 1280)
      return try FasterRCNN(
        backbone: backbone, numClasses: 5,
        anchorGenerator: AnchorGenerator(sizes: [[32, 64, 128]], aspectRatios: [[0.5, 1, 2]]),
        boxRoIPool: MultiScaleRoIAlign(
          featureMapNames: ["0"], outputSize: 7, samplingRatio: 2),
        options: options(scoreThreshold: 0.2))
    },
    DetectorExample("started") {
      Runtime.seed(7)
      let network = MobileNetV2()
      let folder = try TemporaryFolder()
      let path = folder.path("mobilenet_v2.safetensors")
      try network.save(to: path)
      Runtime.seed(0)
      let tutorial = try #require(all.first { $0.name == "tutorial" })
      let model = try tutorial.make()
      try DetectorWeights(contentsOf: path).load(into: model)
      return model
    },
    DetectorExample("fcos_resnet50_fpn") {
      var options = limited(FCOSOptions(), scoreThreshold: 0.0705)
      options.transform = TransformOptions(minSize: [DetectorInput.size.height])
      return try FCOS.resNet50FPN(numClasses: 5, options: options)
    },
    DetectorExample("ssd300_vgg16") {
      try SSD.ssd300VGG16(numClasses: 5, options: limited(.ssd300, scoreThreshold: 0.2))
    },
    DetectorExample("ssdlite320_mobilenet_v3_large") {
      try SSD.ssdLite320MobileNetV3Large(
        numClasses: 5, options: limited(.ssdLite320, scoreThreshold: 0.2))
    },
  ]

  private init(
    _ name: String, _ shape: LearntShape? = nil,
    make: @escaping @Sendable () throws -> any Detector
  ) {
    self.name = name
    self.shape = shape
    self.make = make
  }

  /// With fewer proposals than torchvision's, which cost most of the time.
  private static func options(
    of preset: FasterRCNNOptions = FasterRCNNOptions(), scoreThreshold: Double = 0.21
  ) -> FasterRCNNOptions {
    var options = preset
    options.transform = TransformOptions(minSize: [DetectorInput.size.height])
    options.rpn.postNMSTopNTraining = 100
    options.rpn.postNMSTopNInference = 100
    options.box.batchSizePerImage = 16
    options.box.scoreThreshold = scoreThreshold
    options.box.detectionsPerImage = 20
    return options
  }

  private static func retinaNetOptions() -> RetinaNetOptions {
    var options = limited(RetinaNetOptions(), scoreThreshold: 0.0105)
    options.transform = TransformOptions(minSize: [DetectorInput.size.height])
    return options
  }

  private static func limited<Options: OneStageOptions>(
    _ preset: Options, scoreThreshold: Double
  ) -> Options {
    var options = preset
    options.scoreThreshold = scoreThreshold
    options.detectionsPerImage = 20
    return options
  }
}

extension FrozenBatchNorm2d {
  /// With numbers that are not those it starts with.
  fileprivate func fill() {
    let count = weight.count
    weight.copy(from: .linspace(0.8, 1.2, steps: count))
    bias.copy(from: .linspace(-0.2, 0.2, steps: count))
    runningMean.copy(from: .linspace(-0.1, 0.1, steps: count))
    runningVar.copy(from: .linspace(0.15, 0.25, steps: count))
  }
}
