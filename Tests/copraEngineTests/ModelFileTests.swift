import DetectionModels
import Engine
import TestSupport
import Testing
import Torch

@testable import copra_engine

@Suite("model.yaml", .serialized)
struct ModelFileTests {
  /// A file's text, and what is said of it after its path.
  struct Fault: Sendable, CustomTestStringConvertible {
    let text: String
    let words: String
    var testDescription: String { words }

    init(_ text: String, _ words: String) {
      self.text = text
      self.words = words
    }
  }

  private static let mobileNet = """
    architecture: fasterrcnn
    backbone: {name: mobilenet_v2, fpn: false, out_channels: 16}

    """

  static let faults = [
    Fault(
      "architecture: yolo\n",
      ":1:15: expected one of fasterrcnn, maskrcnn, keypointrcnn, retinanet, fcos, ssd, found"),
    Fault("model: resnet50\n", ":1:8: expected one of fasterrcnn_resnet18_fpn, "),
    Fault(
      "min_size: 300\n",
      ":1:1: expected an architecture (fasterrcnn, maskrcnn, keypointrcnn, retinanet, fcos, ssd) or"
    ),
    Fault(
      "architecture: fasterrcnn\nmodel: fasterrcnn_resnet50_fpn\n",
      ":2:8: expected an architecture or a model, found both"),
    Fault(mobileNet + "anchor: 3\n", ":3:1: unknown key \"anchor\", expected one of anchors, "),
    Fault(mobileNet + "box_nms_tresh: 1\n", "; did you mean box_nms_thresh?"),
    Fault(
      mobileNet + "anchors:\n  sizes: [[32]]\n  ratios: [[1]]\n",
      ":5:3: unknown key \"ratios\", expected one of aspect_ratios, sizes"),
    Fault(mobileNet + "mask_head: {layers: [8]}\n", ":3:1: unknown key \"mask_head\""),
    Fault(mobileNet + "min_size: big\n", ":3:11: min_size: expected a whole number, found \"big\""),
    Fault(mobileNet + "image_mean: [.nan]\n", ":3:14: image_mean: expected a number, found"),
    Fault(mobileNet + "box_head: 256\n", ":3:11: box_head: expected keys and values, found"),
    Fault(mobileNet + "anchors: {aspect_ratios: [1]}\n", "anchors: expected sizes, found nothing"),
    Fault(
      "architecture: retinanet\nbackbone:\n  norm: batchnorm\n",
      ":3:9: backbone.norm: expected one of batch, frozen, group, found \"batchnorm\""),
    Fault(
      mobileNet + "anchors:\n  sizes: [32, 64, 128, 512]\n",
      ":4:3: anchors: expected a list of anchor sizes for each feature map (0), found 4: several "
        + "sizes on one map are one list, [[32, 64, 128, 512]]"),
    Fault(
      mobileNet + "anchors:\n  sizes: [[32, 64]]\n  aspect_ratios: [[1], [2]]\n",
      ":5:18: anchors.aspect_ratios: expected a list of aspect ratios for each list of anchor "
        + "sizes (1), found 2"),
    Fault(
      mobileNet + "box_roi_pool:\n  feature_map_names: [features]\n",
      ":4:22: box_roi_pool.feature_map_names: expected a feature map of the backbone (0), found "
        + "features"),
    Fault(
      mobileNet + "box_head:\n  in_features: 62720\n",
      ":4:16: box_head.in_features: expected what the pooling gives, 784 numbers (16 channels of "
        + "7×7), found 62720"),
    Fault(
      mobileNet + "num_classes: 1\n",
      ":3:14: num_classes: expected 2 classes, the background included, found 1"),
    Fault(
      "model: retinanet_resnet50_fpn_v2\nnorm: frozen\n",
      ":2:7: norm: expected a detector whose norm can be chosen"),
    Fault("architecture: ssd\nmin_size: 300\n", ":2:1: unknown key \"min_size\""),
    Fault(
      "architecture: ssd\nsize: [300, 300, 3]\n",
      ":2:7: size: expected one side or width and height, found 3 numbers"),
    Fault(
      "architecture: ssd\nbackbone: {name: vgg11}\nsize: 512\n",
      ":3:7: size: expected a size at which a feature map has a place every 300 pixels"),
    Fault(
      "architecture: ssd\nanchors: {aspect_ratios: [[2]], steps: [8, 16]}\n",
      ":2:40: anchors.steps: expected a step for each of 1 feature maps, found 2"),
    Fault(
      "architecture: fcos\nanchors: {sizes: [[8, 16]]}\n",
      ":2:10: anchors: expected a list of anchor sizes for each feature map"),
    Fault(
      mobileNet + "anchors:\n  sizes: ((32, 64, 128))\n",
      ":4:10: anchors.sizes: expected a list, found \"((32, 64, 128))\": write [[32, 64, 128]]"),
    Fault(
      mobileNet + "anchors:\n  sizes: [[32]]\n  aspect_ratios: ((0.5, 1.0),) * 1\n",
      ":5:18: anchors.aspect_ratios: expected a list, found \"((0.5, 1.0),) * 1\": write [[0.5, 1.0]]"
    ),
    Fault(mobileNet + "box_roi_pool: {output_size: (7, 7)}\n", "write lists in brackets"),
    Fault(mobileNet + "min_size: (800, 900,)\n", ":3:11: min_size: expected a list, found"),
    Fault(
      "model: fasterrcnn_resnet50_fpn\ntrainable_backbone_layers: 9\n",
      ":2:28: trainable_backbone_layers: expected 0 to 5 trainable layers, found 9"),
    Fault(
      "model: fasterrcnn_resnet50_fpn\nanchors: {sizes: [32, 64]}\n",
      ":2:10: anchors: expected a list of anchor sizes for each feature map"),
    Fault(
      "model: fasterrcnn_resnet50_fpn_v2\nbox_head: {representation_size: 8}\n",
      ":2:11: box_head: expected a detector of two fully connected layers"),
    Fault(
      "model: fasterrcnn_resnet50_fpn\nmask_head: {layers: [8]}\n",
      ":2:1: unknown key \"mask_head\""),
    Fault(
      "model: retinanet_resnet50_fpn\nbox_roi_pool: {output_size: 5}\n",
      ":2:1: unknown key \"box_roi_pool\""),
    Fault("architecture: [\n", ":2:1: "),
    Fault("- architecture\n", ":1:1: expected keys and values"),
  ]

  private func make(_ choice: DetectorChoice, numClasses: Int) throws -> any Detector {
    try choice.make(numClasses: numClasses, input: choice.inputSize())
  }

  /// Without draws, which other tests could be making.
  private func detector(_ text: String) throws -> [StateEntry] {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "model.yaml")
    return try withoutDraws {
      try make(DetectorChoice(file: folder.path("model.yaml")), numClasses: 2).state
    }
  }

  @Test(arguments: faults)
  func `what cannot be is reported with its place`(fault: Fault) throws {
    let error = #expect(throws: (any Error).self) { try detector(fault.text) }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains("model.yaml"))
    #expect(message.contains(fault.words), "\(message)")
  }

  @Test func `what a file leaves out is as torchvision has it`() throws {
    let state = try detector(Self.mobileNet)
    let anchors = state.first { $0.key == "rpn.head.cls_logits.weight" }
    #expect(anchors?.tensor.shape == [15, 16, 1, 1])
    let features = state.first { $0.key == "roi_heads.box_head.fc6.weight" }
    #expect(features?.tensor.shape == [1024, 784])
  }

  @Test
  func `one value stands for a list of one, and options for those of the architecture`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "architecture: retinanet\nmin_size: 320\nscore_thresh: 0.25\n", to: "model.yaml")
    let choice = try DetectorChoice(file: folder.path("model.yaml"))
    #expect(choice.configuration.transform.minSize == [320])
    #expect(choice.configuration.transform.maxSize == 1333)
    #expect(choice.inputSize(usual: 256) == InputSize(minSize: 320, maxSize: 1333))
  }

  @Test(
    arguments: [
      "fasterrcnn_resnet50_fpn", "maskrcnn_resnet18", "mobilenet_v2", "resnet18_fpn",
      "retinanet_densenet121", "fcos_resnet18", "ssdlite_mobilenet_v3_small",
    ])
  func `the samples are detectors`(name: String) throws {
    let choice = try DetectorChoice(file: Engine.fixture("../samples/models/\(name).yaml"))
    #expect(choice.hasMasks == name.hasPrefix("maskrcnn"))
    let model = try withoutDraws { try make(choice, numClasses: 5) }
    #expect(model.parameterCount < 45_000_000)
  }

  @Test(
    arguments: [
      TinyDetector.fasterRCNN + "min_size: 64\n",
      "architecture: ssd\nbackbone: {name: mobilenet_v3_small, norm: group}\nsize: [96, 64]\n",
      "architecture: fcos\nbackbone: {name: resnet18, norm: group, out_channels: 32}\n"
        + "min_size: 64\n",
    ])
  func `a detector of a file trains, and predicts with the weights that were saved`(text: String)
    throws
  {
    let folder = try TrainTests.workspace()
    try folder.write(text, to: "model.yaml")
    let trained = try Engine.run(
      "train d --smoke --steps 1 --threads 1 --config model.yaml --save w.safetensors", in: folder)
    #expect(trained.status == 3, "\(trained.messages)")
    #expect(trained.results.hasPrefix("undecided: AP50 "))
    let predicted = try Engine.run(
      "predict model.yaml d/wide.png --weights w.safetensors --threads 1", in: folder)
    #expect(predicted.status == 0, "\(predicted.messages)")
    #expect(predicted.results.hasPrefix("["))
    let certain = try Engine.run(
      "predict --config model.yaml d/wide.png --weights w.safetensors --threads 1 --score-thresh 1",
      in: folder)
    #expect(certain.status == 0, "\(certain.messages)")
    #expect(certain.results == "[]\n")
  }

  @Test
  func `only the shorter side given, the longer one keeps its ratio, by name and by file`() throws {
    let folder = try TemporaryFolder()
    try folder.write("model: fasterrcnn_resnet50_fpn\n", to: "model.yaml")
    for choice in [
      try DetectorChoice(named: "fasterrcnn_resnet50_fpn"),
      try DetectorChoice(file: folder.path("model.yaml")),
    ] {
      #expect(choice.inputSize() == InputSize(minSize: 800, maxSize: 1333))
      #expect(choice.inputSize(usual: 256) == InputSize(minSize: 256, maxSize: 426))
      #expect(choice.inputSize(minSize: 400) == InputSize(minSize: 400, maxSize: 666))
      #expect(choice.inputSize(maxSize: 500) == InputSize(minSize: 800, maxSize: 500))
    }
  }

  @Test func `a detector of one size keeps it unless another is asked for`() throws {
    let folder = try TemporaryFolder()
    try folder.write("architecture: ssd\nsize: [400, 300]\n", to: "model.yaml")
    let choice = try DetectorChoice(file: folder.path("model.yaml"))
    #expect(choice.inputSize(usual: 256).fixedSize == SpatialSize(height: 300, width: 400))
    #expect(choice.inputSize(minSize: 330).fixedSize == SpatialSize(height: 330, width: 440))
    let named = try DetectorChoice(named: "ssd300_vgg16")
    #expect(named.inputSize(usual: 256).fixedSize == SpatialSize(height: 300, width: 300))
    #expect(named.inputSize(minSize: 320).fixedSize == SpatialSize(height: 320, width: 320))
  }

  @Test(
    arguments: [
      (
        "fasterrcnn_resnet50_fpn\nbox_head: {representation_size: 8}", "box_head.fc6.weight",
        [8, 12544]
      ),
      (
        "fasterrcnn_resnet50_fpn\nbox_roi_pool: {output_size: 5}", "box_head.fc6.weight",
        [1024, 6400]
      ),
      (
        "fasterrcnn_resnet50_fpn_v2\nanchors: {sizes: [[8, 16], [32, 48], [64, 96], [128, 192], [256, 384]]}",
        "rpn.head.cls_logits.weight", [6, 256, 1, 1]
      ),
      (
        "fasterrcnn_resnet50_fpn_v2\nbox_roi_pool: {output_size: 5}", "box_head.5.weight",
        [1024, 6400]
      ),
      ("maskrcnn_resnet50_fpn\nmask_head: {layers: [8]}", "mask_head.0.0.weight", [8, 256, 3, 3]),
      (
        "retinanet_resnet50_fpn_v2\nanchors: {sizes: [8, 16, 32, 64, 128]}",
        "head.classification_head.cls_logits.weight", [6, 256, 3, 3]
      ),
    ] as [(String, String, [Int])])
  func `parts of a ready detector may be others`(text: String, key: String, shape: [Int]) throws {
    let state = try detector("model: \(text)\n")
    #expect(state.first { $0.key.hasSuffix(key) }?.tensor.shape == shape)
  }

  @Test func `a file and a name of a detector exclude one another`() throws {
    let folder = try TrainTests.workspace()
    try folder.write(Self.mobileNet, to: "model.yaml")
    let ending = try Engine.run(
      "train d --smoke --config model.yaml --model fasterrcnn_resnet50_fpn", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("expected --model or --config, found both"))
  }
}
