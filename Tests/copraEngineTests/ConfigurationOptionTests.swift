import DetectionModels
import Engine
import TestSupport
import Testing
import Torch

@testable import copra_engine

@Suite("Options laid over a detector's configuration")
struct ConfigurationOptionTests {
  private func laid(
    _ settings: [ConfigurationSetting?], over name: String
  ) throws -> any DetectorConfiguration {
    try DetectorChoice(named: name).laying(settings.compactMap(\.self)).configuration
  }

  @Test
  func `thresholds and numbers are those of torchvision's arguments, with box_ or without`() throws
  {
    let settings = [
      ConfigurationSetting(shared: "score_thresh", value: "0.25"),
      ConfigurationSetting(shared: "nms_thresh", value: "0.75"),
      ConfigurationSetting(shared: "detections_per_img", value: "7"),
    ]
    let faster = try laid(settings, over: "fasterrcnn_resnet50_fpn")
    let box = try #require(faster as? ReadyConfiguration<ReadyRCNNOptions>).options.options.box
    #expect([box.scoreThreshold, box.nmsThreshold] == [0.25, 0.75])
    #expect(box.detectionsPerImage == 7)
    let retina = try laid(settings, over: "retinanet_resnet50_fpn")
    let options = try #require(retina as? ReadyConfiguration<ReadyRetinaNetOptions>).options.options
    #expect([options.scoreThreshold, options.nmsThreshold] == [0.25, 0.75])
    #expect(options.detectionsPerImage == 7)
  }

  @Test
  func `--set takes any key of a model.yaml, also of a part, and the later go before the earlier`()
    throws
  {
    let made = try laid(
      [
        ConfigurationSetting(argument: "rpn_post_nms_top_n_test=500"),
        ConfigurationSetting(argument: "anchors.sizes=[[8], [16], [32], [64], [99]]"),
        ConfigurationSetting(argument: "box_score_thresh=0.5"),
        ConfigurationSetting(shared: "score_thresh", value: "0.125"),
      ], over: "fasterrcnn_resnet50_fpn")
    let options = try #require(made as? ReadyConfiguration<ReadyRCNNOptions>).options
    #expect(options.options.rpn.postNMSTopNInference == 500)
    #expect(options.anchors?.sizes == .lists([[8], [16], [32], [64], [99]]))
    #expect(options.options.box.scoreThreshold == 0.125)
  }

  @Test func `a size that is set is the size of pictures`() throws {
    let settings = ["min_size=224", "max_size=224"].compactMap(ConfigurationSetting.init(argument:))
    let choice = try DetectorChoice(named: "fasterrcnn_resnet50_fpn").laying(settings)
    #expect(choice.inputSize(usual: 64) == InputSize(minSize: 224, maxSize: 224))
  }

  static let faults = [
    ("--set box_nms_tresh=0.5", "--set box_nms_tresh: unknown key", "did you mean box_nms_thresh?"),
    ("--set box_nms_thresh=high", "--set box_nms_thresh: ", "expected a number, found \"high\""),
    ("--set box_nms_thresh=3", "--set box_nms_thresh: expected a number from 0 to 1", "found 3.0"),
    ("--score-thresh 7", "--score-thresh: expected a number from 0 to 1", "found 7.0"),
    ("--set model=retinanet", "--set model: the detector itself is named", ""),
    ("--set anchors.sizes=((32,64))", "--set anchors.sizes: ", "write [[32,64]]"),
    ("--set rpn_nms_thresh", "--set", "rpn_nms_thresh"),
    ("--set anchors.sizes=[[8", "--set anchors.sizes: the value cannot be read as YAML", ""),
  ]

  @Test(arguments: faults)
  func `what means nothing ends with 2 and names the option`(
    options: String, words: String, more: String
  ) throws {
    let folder = try TemporaryFolder()
    try SafetensorsWriter.write(
      [NamedTensor("image.0", .ones([3, 64, 64]))], to: folder.path("x.safetensors"))
    let ending = try Engine.run(
      "forward fasterrcnn_resnet18_fpn \(options) --input x.safetensors -o y.safetensors",
      in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains(words), "\(ending.messages)")
    #expect(ending.messages.contains(more), "\(ending.messages)")
  }

  static let foreign = [
    ("forward resnet18 --score-thresh 0.5", "--score-thresh requires a detector"),
    ("forward --config m.yaml resnet18", "expected a model's name or --config, found both"),
    ("forward", "expected a model's name or --config"),
  ]

  @Test(arguments: foreign)
  func `what does not go together ends with 2`(line: String, words: String) throws {
    let ending = try Engine.run(
      "\(line) --input x.safetensors -o y.safetensors", in: TemporaryFolder())
    #expect(ending.status == 2)
    #expect(ending.messages.contains(words), "\(ending.messages)")
  }
}
