import DetectionModels
import Foundation
import TestSupport
import Testing
import Torch

/// Files of weights for small detectors, in which nothing is drawn.
@Suite("Weights of detectors")
struct DetectorWeightsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A key of a published file, and that of today.
  static let renames = [
    ("rpn.head.conv.weight", "rpn.head.conv.0.0.weight"),
    ("rpn.head.conv.bias", "rpn.head.conv.0.0.bias"),
    ("rpn.head.cls_logits.weight", "rpn.head.cls_logits.weight"),
    ("backbone.fpn.inner_blocks.3.weight", "backbone.fpn.inner_blocks.3.0.weight"),
    ("backbone.fpn.layer_blocks.0.bias", "backbone.fpn.layer_blocks.0.0.bias"),
    ("backbone.fpn.extra_blocks.p6.weight", "backbone.fpn.extra_blocks.p6.weight"),
    ("roi_heads.mask_head.mask_fcn1.weight", "roi_heads.mask_head.0.0.weight"),
    ("roi_heads.mask_head.mask_fcn4.bias", "roi_heads.mask_head.3.0.bias"),
    ("head.classification_head.conv.0.weight", "head.classification_head.conv.0.0.weight"),
    ("head.regression_head.conv.6.bias", "head.regression_head.conv.3.0.bias"),
    ("backbone.body.layer1.0.conv1.weight", "backbone.body.layer1.0.conv1.weight"),
    ("roi_heads.box_head.5.weight", "roi_heads.box_head.5.weight"),
  ]

  @Test(arguments: renames)
  func `a published file's keys are found where they are today`(old: String, new: String) {
    #expect(FasterRCNN.currentKey(for: old) == new)
    #expect(MaskRCNN.currentKey(for: old) == new)
    #expect(RetinaNet.currentKey(for: old) == new)
  }

  @Test func `every key of today stays, whatever the detector`() throws {
    for detector in DetectorCatalogue.all {
      let keys = try withoutDraws { try detector.make(numClasses: 2) }.state.map(\.key)
      let isFCOS = detector.name.hasPrefix("fcos")
      #expect(
        keys.map { isFCOS ? FCOS.currentKey(for: $0) : FasterRCNN.currentKey(for: $0) } == keys)
    }
  }

  @Test
  func `a file with published keys and counted batches loads where norms stay as they are`() throws
  {
    let source = try small(numClasses: 3, norm: { BatchNorm2d($0) })
    source.number()
    let path = folder.path("old.safetensors")
    try SafetensorsWriter.write(
      source.state.map { NamedTensor(old($0.key), $0.tensor) }, to: path)
    let model = try small(numClasses: 3, norm: { FrozenBatchNorm2d($0, epsilon: 0) })
    try DetectorWeights(contentsOf: path).load(into: model)
    let expected = Dictionary(source.state.map { ($0.key, $0.tensor) }) { first, _ in first }
    for entry in model.state {
      let tensor = try #require(expected[entry.key])
      #expect((entry.tensor .== tensor).all().item() == 1, "\(entry.key)")
    }
  }

  @Test func `the classes are those of the predictor, the background included`() throws {
    let path = folder.path("w.safetensors")
    try small(numClasses: 7, norm: { BatchNorm2d($0) }).save(to: path)
    #expect(try DetectorWeights(contentsOf: path).numClasses == 7)
    let retinaNet = try withoutDraws {
      try RetinaNet(
        backbone: LayerBackbone(convolution(3, 8), outChannels: 8), numClasses: 4,
        anchorGenerator: AnchorGenerator(sizes: [[32, 64]], aspectRatios: [[1]]))
    }
    try retinaNet.save(to: path)
    #expect(try DetectorWeights(contentsOf: path).numClasses == 4)
  }

  @Test(
    arguments: [
      ("fcos_resnet50_fpn", ["head.classification_head.cls_logits."]),
      ("ssd300_vgg16", (0..<6).map { "head.classification_head.module_list.\($0)." }),
      (
        "ssdlite320_mobilenet_v3_large",
        (0..<6).map { "head.classification_head.module_list.\($0).1." }
      ),
    ])
  func
    `of every detector of one stage the classes are known, and of other classes all loads but them`(
      name: String, predictors: [String]
    ) throws
  {
    let detector = try #require(DetectorCatalogue.detector(named: name))
    let path = folder.path("w.safetensors")
    try filled(detector, 0, numClasses: 7).save(to: path)
    let weights = try DetectorWeights(contentsOf: path)
    #expect(weights.numClasses == 7)
    let model = try filled(detector, 1, numClasses: 3)
    try weights.load(into: model, predictors: false)
    for entry in model.state where entry.isParameter {
      let isPredictor = predictors.contains { entry.key.hasPrefix($0) }
      #expect((entry.tensor.detached().abs().sum().item() != 0) == isPredictor, "\(entry.key)")
    }
  }

  @Test func `weights of other classes load but for what tells classes apart`() throws {
    let path = folder.path("w.safetensors")
    let source = try small(numClasses: 7, norm: { BatchNorm2d($0) })
    source.number()
    try source.save(to: path)
    let model = try small(numClasses: 3, norm: { BatchNorm2d($0) })
    let weights = try DetectorWeights(contentsOf: path)
    #expect(throws: UnfitState.self) { try weights.load(into: model) }
    try weights.load(into: model, predictors: false)
    for entry in model.state where entry.isParameter {
      let isPredictor = entry.key.hasPrefix("roi_heads.box_predictor.")
      #expect((entry.tensor.detached().abs().sum().item() == 0) == isPredictor, "\(entry.key)")
    }
  }

  @Test
  func `a classification network's file goes into the backbone, and that of another is refused`()
    throws
  {
    let path = folder.path("w.safetensors")
    let source = withoutDraws { ResNet(blocks: [1, 1, 1, 1], bottleneck: false) }
    source.number()
    try source.save(to: path)
    let weights = try DetectorWeights(contentsOf: path)
    #expect(weights.subject == .classifier)
    let model = try small(numClasses: 3, norm: { FrozenBatchNorm2d($0) })
    try weights.load(into: model)
    let state = Dictionary(model.state.map { ($0.key, $0.tensor) }) { first, _ in first }
    for entry in source.state where !entry.key.hasPrefix("fc.") {
      guard let tensor = state["backbone.body." + entry.key] else {
        #expect(entry.key.hasSuffix("num_batches_tracked"), "\(entry.key)")
        continue
      }
      #expect((tensor .== entry.tensor).all().item() == 1, "\(entry.key)")
    }
    let other = withoutDraws { ResNet(blocks: [1, 1, 1, 2], bottleneck: false) }
    try other.save(to: path)
    let unfit = try DetectorWeights(contentsOf: path)
    #expect(throws: UnfitState.self) { try unfit.load(into: model) }
  }

  @Test(
    arguments: [true, false], ["", "module.", "model._orig_mod."])
  func
    `a classification network's weights go into a backbone of one's own, by whatever keys they have`(
      hasPyramid: Bool, wrapper: String
    ) throws
  {
    let path = folder.path("w.safetensors")
    let source = withoutDraws { MobileNetV2(numClasses: 10) }
    source.number()
    try SafetensorsWriter.write(
      source.state.map { NamedTensor(wrapper + $0.key, $0.tensor) }, to: path)
    var configuration = FasterRCNNConfiguration()
    configuration.backbone = BackboneConfiguration(name: "mobilenet_v2")
    configuration.backbone.fpn = hasPyramid
    configuration.backbone.outChannels = hasPyramid ? 8 : nil
    configuration.boxHead.representationSize = 4
    let model = try withoutDraws { try configuration.detector(numClasses: 3) }
    let loaded = try DetectorWeights(contentsOf: path).load(into: model)
    #expect(loaded.subject == .classifier)
    #expect(loaded.left == ["classifier"])
    #expect(loaded.drawn == (hasPyramid ? ["backbone.fpn"] : []) + ["rpn", "roi_heads"])
    let state = Dictionary(model.state.map { ($0.key, $0.tensor) }) { first, _ in first }
    for entry in source.state where entry.key.hasPrefix("features.") {
      let key = (hasPyramid ? "backbone.body." : "backbone.") + entry.key.dropFirst(9)
      let tensor = try #require(state[key], "\(key)")
      #expect((tensor .== entry.tensor).all().item() == 1, "\(key)")
    }
    #expect(loaded.count == source.state.count - 2)
  }

  @Test
  func `stages behind the last map are left, and a stage of another size is refused`() throws {
    let path = folder.path("w.safetensors")
    let source = withoutDraws { ResNet(blocks: [2, 2, 2, 2], bottleneck: false) }
    source.number()
    try source.save(to: path)
    var configuration = FasterRCNNConfiguration()
    configuration.backbone = BackboneConfiguration(name: "resnet18")
    configuration.backbone.returnedLayers = [1, 2]
    configuration.backbone.outChannels = 8
    configuration.boxHead.representationSize = 4
    let model = try withoutDraws { try configuration.detector(numClasses: 3) }
    let loaded = try DetectorWeights(contentsOf: path).load(into: model)
    #expect(loaded.left == ["layer3", "layer4", "fc"])
    try withoutDraws { ResNet(blocks: [2, 3, 2, 2], bottleneck: false) }.save(to: path)
    let other = try DetectorWeights(contentsOf: path)
    #expect(throws: UnfitState.self) { try other.load(into: model) }
  }

  @Test
  func `weights of another number of keypoints load but for the layer that finds them`() throws {
    let path = folder.path("w.safetensors")
    var configuration = KeypointRCNNConfiguration()
    configuration.box.backbone = BackboneConfiguration(name: "resnet18")
    configuration.box.boxHead.representationSize = 4
    configuration.keypointHead.layers = [8]
    let source = try withoutDraws { try configuration.detector(numClasses: 3) }
    source.number()
    try DetectorWeights.save(source, to: path)
    configuration.numKeypoints = 5
    let model = try withoutDraws { try configuration.detector(numClasses: 2) }
    let loaded = try DetectorWeights(contentsOf: path).load(into: model, predictors: false)
    #expect(loaded.drawn == ["roi_heads.box_predictor", "roi_heads.keypoint_predictor"])
    let same = try withoutDraws { try configuration.detector(numClasses: 3) }
    #expect(
      try DetectorWeights(contentsOf: path).load(into: same).drawn
        == ["roi_heads.keypoint_predictor"])
  }

  @Test(
    arguments: [
      ("vgg11", "features.0.", "backbone.features.0."),
      ("vgg11", "features.16.", "backbone.extra.0.1."),
      ("mobilenet_v3_large", "features.12.block.0.0.", "backbone.features.0.12.block.0.0."),
      ("mobilenet_v3_large", "features.13.block.0.0.", "backbone.features.0.13.0."),
      ("mobilenet_v3_large", "features.13.block.3.0.", "backbone.features.1.0.3.0."),
      ("mobilenet_v3_large", "features.16.0.", "backbone.features.1.3.0."),
    ])
  func `a classification network's layers are found where SSD and SSDLite have them`(
    name: String, key: String, place: String
  ) throws {
    let path = folder.path("w.safetensors")
    let network = try #require(ModelZoo.model(named: name))
    let source = withoutDraws { network.make(numClasses: 2) }
    source.number()
    try source.save(to: path)
    var configuration = SSDConfiguration()
    configuration.backbone.name = name
    let model = try withoutDraws { try configuration.detector(numClasses: 3) }
    let loaded = try DetectorWeights(contentsOf: path).load(into: model)
    #expect(loaded.left == ["classifier"])
    let expected = try #require(source.state.first { $0.key == key + "weight" })
    let found = try #require(model.state.first { $0.key == place + "weight" })
    #expect((found.tensor .== expected.tensor).all().item() == 1)
  }

  @Test func `the state of a backbone alone goes into the backbone`() throws {
    let path = folder.path("w.safetensors")
    let source = try small(numClasses: 7, norm: { BatchNorm2d($0) })
    source.number()
    let entries = source.state.filter { $0.key.hasPrefix("backbone.") }
    try SafetensorsWriter.write(
      entries.map { NamedTensor(String($0.key.dropFirst(9)), $0.tensor) }, to: path)
    let model = try small(numClasses: 3, norm: { BatchNorm2d($0) })
    let loaded = try DetectorWeights(contentsOf: path).load(into: model)
    #expect(loaded.subject == .backbone)
    #expect(loaded.count == entries.count)
    #expect(loaded.drawn == ["rpn", "roi_heads"])
  }

  @Test
  func `parts are frozen by their keys, and one that is not there is met with the nearest`() throws
  {
    let model = try small(numClasses: 3, norm: { BatchNorm2d($0) })
    try model.freeze(["backbone.body", "roi_heads.box_head"])
    for entry in model.state where entry.isParameter {
      let isFrozen = ["backbone.body.", "roi_heads.box_head."].contains {
        entry.key.hasPrefix($0)
      }
      #expect(entry.tensor.requiresGradient != isFrozen, "\(entry.key)")
    }
    let error = #expect(throws: ModelConfigurationError.self) {
      try model.freeze(["roi_heads.box_haed"])
    }
    #expect(error?.keys == ["freeze"])
    #expect(error?.description.contains("did you mean roi_heads.box_head?") == true)
    #expect(throws: ModelConfigurationError.self) {
      try model.freeze(["backbone", "rpn", "roi_heads"])
    }
  }

  @Test func `a file says by its name or its norms how its detector is to be made`() throws {
    let detector = try #require(DetectorCatalogue.detector(named: "fasterrcnn_resnet50_fpn"))
    let counted = try small(numClasses: 3, norm: { BatchNorm2d($0) })
    let frozen = try small(numClasses: 3, norm: { FrozenBatchNorm2d($0) })
    func start(_ model: some Module, _ name: String) throws -> StartingWeights {
      try model.save(to: folder.path(name))
      return try DetectorWeights(contentsOf: folder.path(name)).start(of: detector)
    }
    #expect(try start(counted, "mine.safetensors") == .drawn)
    #expect(try start(frozen, "mine.safetensors") == .trained())
    let name = "fasterrcnn_resnet50_fpn_coco-258fb6c6"
    #expect(try start(frozen, "\(name).pth") == .trained(epsilon: 0))
    #expect(try start(frozen, "\(name).safetensors") == .trained(epsilon: 0))
  }

  @Test func `what was trained on with another epsilon keeps it in its file`() throws {
    let detector = try #require(DetectorCatalogue.detector(named: "fasterrcnn_resnet50_fpn"))
    let path = folder.path("w.safetensors")
    try DetectorWeights.save(
      small(numClasses: 3, norm: { FrozenBatchNorm2d($0, epsilon: 0) }), to: path)
    #expect(
      try DetectorWeights(contentsOf: path).start(of: detector) == .trained(epsilon: 0))
  }

  /// A detector all numbers of which are one.
  private func filled(
    _ detector: ReadyDetector, _ number: Double, numClasses: Int
  ) throws -> any Detector {
    let model = try withoutDraws { try detector.make(numClasses: numClasses) }
    withoutGradients {
      for entry in model.state { entry.tensor.fill(number) }
    }
    return model
  }

  /// A Faster R-CNN of the smallest ResNet, whose numbers are all zero.
  private func small(numClasses: Int, norm: NormLayer) throws -> FasterRCNN {
    try zeroed {
      let resNet = ResNet(blocks: [1, 1, 1, 1], bottleneck: false, norm: norm)
      let body = try IntermediateLayerGetter(
        resNet.featureLayers, returned: (1...4).map { ("layer\($0)", "\($0 - 1)") })
      return try FasterRCNN(
        backbone: BackboneWithFPN(body: body, inChannels: resNet.stageChannels, outChannels: 8),
        numClasses: numClasses,
        boxHead: TwoMLPHead(inFeatures: 8 * 7 * 7, representationSize: 4))
    }
  }

  private func convolution(_ inChannels: Int, _ outChannels: Int) -> Conv2d {
    Conv2d(inChannels, outChannels, kernel: 3, padding: 1)
  }

  /// The key that a published file has.
  private func old(_ key: String) -> String {
    key.replacing("rpn.head.conv.0.0.", with: "rpn.head.conv.")
      .replacing(/(_blocks\.\d)\.0\./) { "\($0.1)." }
  }
}

extension Module {
  /// Gives every number of the state another value.
  fileprivate func number() {
    withoutGradients {
      for (index, entry) in state.enumerated() where entry.tensor.dtype.isFloatingPoint {
        let count = entry.tensor.count
        entry.tensor.copy(
          from: .linspace(1, 2, steps: count).reshaped(entry.tensor.shape) + Double(index))
      }
    }
  }
}
