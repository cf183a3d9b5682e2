import Foundation
import TestSupport
import Testing

@Suite("Weights that training and prediction start from", .serialized)
struct StartingWeightsTests {
  private static let options = "--steps 1 --batch-size 1 --min-size 64 --threads 1"

  /// A dataset of one picture in `one` and `two`, with as many classes.
  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, categories) in [
      ("one", #"{"id": 1, "name": "cat"}"#),
      ("two", #"{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}"#),
    ] {
      try folder.copy(
        Engine.fixture("DetectionModelsTests/Fixtures/classification/wide.png"),
        to: "\(name)/wide.png")
      let annotations = (name == "one" ? [1] : [1, 2]).map {
        TinySet.annotation(id: $0, image: 1, category: $0, box: "[4, 4, 20, 16]")
      }.joined(separator: ", ")
      let images = #"[{"id": 1, "file_name": "wide.png", "width": 83, "height": 31}]"#
      try folder.write(
        #"{"images": \#(images), "categories": [\#(categories)], "annotations": [\#(annotations)]}"#,
        to: "\(name)/instances.json")
    }
    return folder
  }

  /// The same with weights that `one` was trained to.
  private func trained() throws -> TemporaryFolder {
    let folder = try workspace()
    _ = try Engine.run("train one --smoke \(Self.options) --save w.safetensors", in: folder)
    return folder
  }

  @Test
  func `weights of other classes are taken over but for what tells the classes apart`() throws {
    let folder = try trained()
    let ending = try Engine.run(
      "train two --smoke \(Self.options) --weights w.safetensors --save v.safetensors", in: folder)
    #expect(ending.status == 3, "\(ending.messages)")
    #expect(
      ending.messages.contains(
        "w.safetensors: loaded 146 tensors; drew roi_heads.box_predictor for 3 classes, as the "
          + "weights are for 2 (with the background)"))
    #expect(folder.exists("v.safetensors"))
  }

  @Test
  func `a detector of a file starts as a named one does: by a name in the cache, of other classes`()
    throws
  {
    let folder = try workspace()
    try folder.write(TinyDetector.fasterRCNN, to: "model.yaml")
    let line = "--smoke \(Self.options) --config model.yaml"
    let first = try Engine.run("train one \(line) --save one.safetensors", in: folder)
    #expect(first.status != 2, "\(first.messages)")
    try folder.copy(
      folder.path("one.safetensors"), to: "cache/hub/checkpoints/mine.safetensors")
    let ending = try Engine.run(
      "train two \(line) --weights mine.safetensors --save v.safetensors", in: folder,
      environment: ["TORCH_HOME": folder.path("cache")])
    #expect(ending.status != 2, "\(ending.messages)")
    #expect(
      ending.messages.contains(
        "; drew roi_heads.box_predictor for 3 classes, as the weights are for 2"))
    #expect(folder.exists("v.safetensors"))
    let predicted = try Engine.run(
      "predict model.yaml one/wide.png --weights v.safetensors", in: folder)
    #expect(predicted.status == 0, "\(predicted.messages)")
  }

  @Test
  func `where a file's published weights are not in the cache, it is said as for a name`() throws {
    let folder = try workspace()
    try folder.write("model: retinanet_resnet50_fpn\n", to: "model.yaml")
    let name = "retinanet_resnet50_fpn_coco-eeacb38b.pth"
    let ending = try Engine.run(
      "train one --smoke \(Self.options) --config model.yaml --weights \(name)", in: folder,
      environment: ["TORCH_HOME": folder.path("cache")])
    #expect(ending.status == 2)
    #expect(ending.messages.contains("download.pytorch.org/models/\(name)"))
  }

  @Test func `a name alone is looked for in torch's cache`() throws {
    let folder = try trained()
    try folder.copy(folder.path("w.safetensors"), to: "cache/hub/checkpoints/mine.safetensors")
    let ending = try Engine.run(
      "predict fasterrcnn_resnet18_fpn one/wide.png --weights mine.safetensors --min-size 64",
      in: folder, environment: ["TORCH_HOME": folder.path("cache")])
    #expect(ending.status == 0, "\(ending.messages)")
  }

  @Test
  func
    `torchvision's names stand for files in the cache, and others are answered with those there are`()
    throws
  {
    let folder = try workspace()
    let environment = ["TORCH_HOME": folder.path("cache")]
    let line = "train one --smoke \(Self.options) --weights"
    let missing = try Engine.run("\(line) IMAGENET1K_V1", in: folder, environment: environment)
    #expect(missing.status == 2)
    #expect(missing.messages.contains("models/resnet18-f37072fd.pth"), "\(missing.messages)")
    let unknown = try Engine.run("\(line) COCO_V1", in: folder, environment: environment)
    #expect(unknown.status == 2)
    #expect(
      unknown.messages.contains("(DEFAULT, IMAGENET1K_V1), found COCO_V1"), "\(unknown.messages)")
  }

  @Test
  func `what is frozen and how many stages are trained is chosen on the command line`() throws {
    let folder = try workspace()
    let line = "train one --smoke \(Self.options)"
    let ending = try Engine.run("\(line) --freeze backbone,rpn,roi_heads", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("found all of them frozen"), "\(ending.messages)")
    let stages = try Engine.run("\(line) --trainable-backbone-layers 9", in: folder)
    #expect(stages.status == 2)
    #expect(stages.messages.contains("0 to 5 trainable layers, found 9"), "\(stages.messages)")
    let some = try Engine.run(
      "\(line) --freeze backbone.body --save w.safetensors", in: folder)
    #expect(some.status == 3, "\(some.messages)")
  }

  @Test
  func `where published weights are not in the cache, it is said where they are published`() throws
  {
    let folder = try TemporaryFolder()
    let name = "retinanet_resnet50_fpn_coco-eeacb38b.pth"
    let ending = try Engine.run(
      "predict retinanet_resnet50_fpn a.png --weights \(name)", in: folder,
      environment: ["TORCH_HOME": folder.path("cache")])
    #expect(ending.status == 2)
    #expect(ending.messages.contains("download.pytorch.org/models/\(name)"))
  }

  @Test(
    arguments: [
      (
        "predict maskrcnn_resnet18_fpm one/wide.png --weights w.safetensors",
        "did you mean maskrcnn_resnet18_fpn?"
      ),
      (
        "train one --smoke --model resnet50",
        "expected a detector, found the classification model resnet50 (copra classify runs it)"
      ),
    ])
  func `a name that is nearly a detector's is met with that, and a classifier's with its verb`(
    line: String, words: String
  ) throws {
    let ending = try Engine.run(line, in: workspace())
    #expect(ending.status == 2)
    #expect(ending.messages.contains(words), "\(ending.messages)")
  }
}
