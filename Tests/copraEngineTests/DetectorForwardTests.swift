import Foundation
import TestSupport
import Testing
import Torch

@Suite("copra forward for a detector", .serialized)
struct DetectorForwardTests {
  private static let line = line(of: "maskrcnn_resnet18_fpn")

  private static func line(of model: String) -> String {
    "forward \(model) --classes 3 --min-size 64 --input x.safetensors -o y.safetensors"
  }

  /// Pictures of 64×96 and 64×64: two objects on the first, none on the second.
  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try SafetensorsWriter.write(tensors(), to: folder.path("x.safetensors"))
    try folder.write(TinyDetector.maskRCNN, to: TinyDetector.file)
    return folder
  }

  private func tensors() -> [NamedTensor] {
    Runtime.seed(1)
    return [
      NamedTensor("image.0", .rand([3, 64, 96])), NamedTensor("image.1", .rand([3, 64, 64])),
      NamedTensor("boxes.0", boxes([[8, 8, 40, 40], [50, 10, 90, 60]])),
      NamedTensor("labels.0", Tensor([1, 2])),
      NamedTensor("masks.0", .ones([2, 64, 96], dtype: .uint8)),
      NamedTensor("boxes.1", .zeros([0, 4])),
      NamedTensor("labels.1", .zeros([0], dtype: .int64)),
      NamedTensor("masks.1", .zeros([0, 64, 64], dtype: .uint8)),
    ]
  }

  @Test func `it finds boxes, labels, scores and masks of every picture`() throws {
    let folder = try workspace()
    let ending = try Engine.run(Self.line, in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let made = try StoredState(contentsOf: folder.path("y.safetensors"))
    #expect(
      made.entries.map(\.key)
        == (0..<2).flatMap { image in
          ["boxes", "labels", "scores", "masks"].map { "\($0).\(image)" }
        })
    let count = try #require(made["scores.0"]).count
    #expect(count > 0)
    #expect(made["boxes.0"]?.shape == [count, 4])
    #expect(made["labels.0"]?.dtype == .int64)
    #expect(made["masks.0"]?.shape == [count, 1, 64, 96])
  }

  @Test func `a detector that a file describes is run as a named one is`() throws {
    let folder = try workspace()
    let ending = try Engine.run(Self.line(of: TinyDetector.file), in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let made = try StoredState(contentsOf: folder.path("y.safetensors"))
    #expect(
      made.entries.map(\.key)
        == (0..<2).flatMap { image in
          ["boxes", "labels", "scores", "masks"].map { "\($0).\(image)" }
        })
  }

  @Test
  func `thresholds and numbers of the command line are the detector's, by name and by --config`()
    throws
  {
    let folder = try workspace()
    for model in ["maskrcnn_resnet18_fpn", "--config \(TinyDetector.file)"] {
      let line = Self.line(of: model) + " --force --set rpn_post_nms_top_n_test=50"
      let few = try Engine.run("\(line) --score-thresh 0 --detections-per-img 3", in: folder)
      #expect(few.status == 0, "\(few.messages)")
      let found = try StoredState(contentsOf: folder.path("y.safetensors"))
      #expect(found["scores.0"]?.shape == [3])
      let none = try Engine.run("\(line) --score-thresh 1", in: folder)
      #expect(none.status == 0, "\(none.messages)")
      let empty = try StoredState(contentsOf: folder.path("y.safetensors"))
      #expect(empty["scores.0"]?.shape == [0])
    }
  }

  @Test
  func `with --train it gives the losses by name, and a gradient for every parameter`() throws {
    let folder = try workspace()
    let ending = try Engine.run("\(Self.line) --train --gradients g.safetensors", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let losses = try StoredState(contentsOf: folder.path("y.safetensors"))
    let names = [
      "loss_classifier", "loss_box_reg", "loss_mask", "loss_objectness", "loss_rpn_box_reg",
    ]
    #expect(losses.entries.map(\.key) == names)
    #expect(losses.entries.allSatisfy { $0.tensor.shape.isEmpty })
    let gradients = try StoredState(contentsOf: folder.path("g.safetensors"))
    #expect(gradients["backbone.body.conv1.weight"]?.shape == [64, 3, 7, 7])
    #expect(gradients["roi_heads.mask_predictor.mask_fcn_logits.bias"]?.shape == [3])
  }

  @Test func `the seed decides what the samplers draw, and float64 stays float64`() throws {
    let folder = try workspace()
    let exact = tensors().map { named in
      named.tensor.dtype == .float32 ? NamedTensor(named.key, named.tensor.to(.float64)) : named
    }
    try SafetensorsWriter.write(exact, to: folder.path("x.safetensors"))
    let line = "\(Self.line(of: TinyDetector.file)) --train --force --seed"
    _ = try Engine.run("\(line) 4", in: folder)
    let first = try folder.bytes("y.safetensors")
    let losses = try StoredState(contentsOf: folder.path("y.safetensors"))
    // torchvision's cross entropy of the proposals has the type of its labels.
    let exactLosses = losses.entries.filter { $0.key != "loss_objectness" }
    #expect(exactLosses.allSatisfy { $0.tensor.dtype == .float64 })
    _ = try Engine.run("\(line) 4", in: folder)
    #expect(try folder.bytes("y.safetensors") == first)
    _ = try Engine.run("\(line) 5", in: folder)
    #expect(try folder.bytes("y.safetensors") != first)
  }

  /// A tensor that takes another's place, and what is said of it.
  struct Fault: Sendable, CustomTestStringConvertible {
    let key: String
    let tensor: Tensor?
    let words: String
    var testDescription: String { words }
  }

  static let faults = [
    Fault(key: "image.0", tensor: nil, words: "expected images image.0, image.1 …"),
    Fault(
      key: "image.1", tensor: .ones([64, 64]),
      words: "'image.1': expected float32 of [3, H, W], found float32 of [64, 64]"),
    Fault(key: "boxes.1", tensor: nil, words: "'boxes.1': expected float32 of [N, 4], found none"),
    Fault(
      key: "boxes.0", tensor: boxes([[8, 8, 40, 40], [50, 10, 50, 60]]),
      words: "'boxes.0': expected finite boxes with x0 < x1 and y0 < y1, found [50.0, 10.0, 50.0"),
    Fault(
      key: "boxes.0", tensor: boxes([[8, 8, .infinity, 40], [50, 10, 90, 60]]),
      words: "'boxes.0': expected finite boxes"),
    Fault(key: "labels.0", tensor: Tensor([1]), words: "'labels.0': expected int64 of [2]"),
    Fault(
      key: "labels.0", tensor: Tensor([1, 3]), words: "'labels.0': expected labels below 3, found 3"
    ),
    Fault(
      key: "masks.0", tensor: .ones([1, 64, 96], dtype: .uint8),
      words: "'masks.0': expected uint8 of [2, 64, 96], found uint8 of [1, 64, 96]"),
  ]

  @Test(arguments: faults)
  func `what a detector cannot take ends with 2 and is said`(fault: Fault) throws {
    let folder = try workspace()
    let kept = tensors().filter { $0.key != fault.key }
    let changed = fault.tensor.map { [NamedTensor(fault.key, $0)] } ?? []
    try SafetensorsWriter.write(kept + changed, to: folder.path("x.safetensors"))
    let ending = try Engine.run("\(Self.line(of: TinyDetector.file)) --train", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains(fault.words), "\(ending.messages)")
    #expect(!folder.exists("y.safetensors"))
  }

  @Test(
    arguments: [
      ("forward resnet18 --min-size 64", "--min-size and --max-size require a detector"),
      ("forward maskrcnn_resnet18_fpn --dropout 0", "--dropout requires a classification model"),
      ("forward maskrcnn_resnet18_fpn --device cuda", "CUDA"),
    ])
  func `options of the other kind of model are refused`(line: String, words: String) throws {
    let ending = try Engine.run("\(line) --input x.safetensors -o y.safetensors", in: workspace())
    #expect(ending.status == 2)
    #expect(ending.messages.contains(words), "\(ending.messages)")
  }
}

private func boxes(_ rows: [[Float]]) -> Tensor {
  Tensor(rows.flatMap(\.self), shape: [rows.count, 4])
}
