import DetectionModels
import Foundation
import Testing
import Torch

@Suite("The detectors of the catalogue")
struct DetectorZooTests {
  /// torchvision's builder, its published parameters, and what its norms add to a variance where
  /// they stay as they are.
  static let table: [(name: String, parameters: Int, epsilon: Double?)] = [
    ("fasterrcnn_resnet50_fpn", 41_755_286, 0),
    ("fasterrcnn_resnet50_fpn_v2", 43_712_278, nil),
    ("fasterrcnn_mobilenet_v3_large_fpn", 19_386_354, 1e-5),
    ("fasterrcnn_mobilenet_v3_large_320_fpn", 19_386_354, 1e-5),
    ("retinanet_resnet50_fpn", 34_014_999, 0),
    ("retinanet_resnet50_fpn_v2", 38_198_935, nil),
    ("maskrcnn_resnet50_fpn", 44_401_393, 0),
    ("maskrcnn_resnet50_fpn_v2", 46_359_409, nil),
    ("keypointrcnn_resnet50_fpn", 59_137_258, 0),
    ("fcos_resnet50_fpn", 32_269_600, 1e-5),
    ("ssd300_vgg16", 35_641_826, nil),
    ("ssdlite320_mobilenet_v3_large", 3_440_060, nil),
  ]

  @Test func `every descriptor in the catalogue's folder is in its list`() throws {
    let folder = URL(fileURLWithPath: #filePath)
      .appending(path: "../../../../Sources/DetectionModels/Catalogue").standardized
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    let names = try files.flatMap { file in
      try String(contentsOf: file, encoding: .utf8)
        .matches(of: /static let \w+ = ReadyDetector\(\s*"(\w+)"/).map { String($0.1) }
    }
    #expect(names.sorted() == DetectorCatalogue.names.sorted())
    #expect(Set(names).count == names.count)
  }

  @Test func `those with published weights are those of torchvision`() {
    let published = DetectorCatalogue.all.filter { $0.weights != nil }
    #expect(published.map(\.name) == Self.table.map(\.name))
  }

  @Test(
    arguments: table)
  func `for its published weights each has torchvision's parameters and norms`(
    name: String, parameters: Int, epsilon: Double?
  ) throws {
    let detector = try #require(DetectorCatalogue.detector(named: name))
    let model = try withoutDraws { try detector.make(start: detector.published) }
    #expect(model.parameterCount == parameters)
    var epsilons: Set<Double> = []
    model.forEachModule { module in
      if let norm = module as? FrozenBatchNorm2d { epsilons.insert(norm.epsilon) }
    }
    #expect(epsilons == Set([epsilon].compactMap(\.self)))
    #expect(detector.weights?.hasPrefix(name) == true)
  }

  @Test
  func `with trained weights a backbone's last three stages are trained, and without all are`()
    throws
  {
    for detector in DetectorCatalogue.all where detector.name.contains("resnet50") {
      let drawn = try withoutDraws { try detector.make(numClasses: 2) }
      #expect(drawn.parameters.allSatisfy { $0.requiresGradient })
      let trained = try withoutDraws { try detector.make(numClasses: 2, start: .trained()) }
      let held = trained.state.filter { $0.isParameter && !$0.tensor.requiresGradient }
        .map { $0.key.split(separator: ".").prefix(3).last ?? "" }
      #expect(Set(held).subtracting(["bn1"]) == ["conv1", "layer1"], "\(detector.name)")
    }
  }

  @Test(
    arguments: [("ssd300_vgg16", 4), ("ssdlite320_mobilenet_v3_large", 0)])
  func `a detector of one size is trained from the last blocks on as torchvision has it`(
    name: String, held: Int
  ) throws {
    let detector = try #require(DetectorCatalogue.detector(named: name))
    let model = try withoutDraws { try detector.make(numClasses: 2, start: detector.published) }
    #expect(model.parameters.filter { !$0.requiresGradient }.count == held)
  }

  @Test
  func `the one for small pictures has torchvision's sizes and numbers of proposals`() throws {
    let detector = try #require(
      DetectorCatalogue.detector(named: "fasterrcnn_mobilenet_v3_large_320_fpn"))
    #expect(detector.transform == TransformOptions(minSize: [320], maxSize: 640))
    let options = FasterRCNNOptions.mobileNetV3Size320
    #expect(options.rpn.preNMSTopNInference == 150)
    #expect(options.rpn.postNMSTopNInference == 150)
    #expect(options.rpn.scoreThreshold == 0.05)
    #expect(options.rpn.preNMSTopNTraining == 2000)
  }

  @Test func `the tutorial's detector of two classes has 82,352,981 parameters`() throws {
    let model = try withoutDraws {
      try FasterRCNN(
        backbone: LayerBackbone(MobileNetV2().features, outChannels: 1280), numClasses: 2,
        anchorGenerator: AnchorGenerator(
          sizes: [[32, 64, 128, 256, 512]], aspectRatios: [[0.5, 1, 2]]),
        boxRoIPool: MultiScaleRoIAlign(featureMapNames: ["0"], outputSize: 7, samplingRatio: 2))
    }
    #expect(model.parameterCount == 82_352_981)
  }
}
