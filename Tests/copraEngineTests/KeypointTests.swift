import Foundation
import TestSupport
import Testing
import Torch

@Suite("Detectors of keypoints", .serialized)
struct KeypointTests {
  private static let forward =
    "forward model.yaml --classes 2 --min-size 64 --threads 1 --input x.safetensors "
    + "-o y.safetensors"
  private static let train =
    "train d --config model.yaml --min-size 64 --steps 1 --batch-size 1 --threads 1"
  /// As the objects of `workspace()`, of which there is one on each picture.
  private static let names = #"["nose", "left_ear", "right_ear"]"#

  /// Two pictures in `d` with an object of three keypoints each, and a third whose object has one
  /// that is visible.
  private func workspace(_ model: String = TinyDetector.keypointRCNN) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(model, to: TinyDetector.file)
    let points = [
      "8, 8, 2, 12, 10, 2, 6, 10, 1", "9, 9, 2, 13, 11, 2, 7, 11, 1",
      "8, 8, 2, 0, 0, 0, 0, 0, 0",
    ]
    for index in points.indices {
      try folder.copy(
        Engine.fixture("DetectionModelsTests/Fixtures/classification/wide.png"),
        to: "d/p\(index).png")
    }
    let images = points.indices.map {
      #"{"id": \#($0 + 1), "file_name": "p\#($0).png", "width": 83, "height": 31}"#
    }
    let annotations = points.enumerated().map { index, points in
      #"{"id": \#(index + 1), "image_id": \#(index + 1), "category_id": 3, "area": 320, "#
        + #""bbox": [4, 4, 20, 16], "iscrowd": 0, "num_keypoints": \#(index < 2 ? 3 : 1), "#
        + #""keypoints": [\#(points)]}"#
    }
    try folder.write(
      """
      {"images": [\(images.joined(separator: ","))],
       "categories": [{"id": 3, "name": "cat", "keypoints": \(Self.names),
       "skeleton": [[1, 2], [1, 3]]}],
       "annotations": [\(annotations.joined(separator: ","))]}
      """, to: "d/person_keypoints.json")
    return folder
  }

  private func tensors(keypoints: Tensor = .ones([1, 17, 3])) -> [NamedTensor] {
    Runtime.seed(1)
    return [
      NamedTensor("image.0", .rand([3, 64, 96])),
      NamedTensor("boxes.0", Tensor([8, 8, 40, 40] as [Float], shape: [1, 4])),
      NamedTensor("labels.0", Tensor([1])), NamedTensor("keypoints.0", keypoints),
    ]
  }

  @Test func `forward gives keypoints and their scores beside boxes`() throws {
    let folder = try workspace()
    try SafetensorsWriter.write(tensors(), to: folder.path("x.safetensors"))
    let ending = try Engine.run(Self.forward, in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let made = try StoredState(contentsOf: folder.path("y.safetensors"))
    let count = try #require(made["scores.0"]).count
    #expect(count > 0)
    #expect(made["keypoints.0"]?.shape == [count, 17, 3])
    #expect(made["keypoints_scores.0"]?.shape == [count, 17])
  }

  @Test
  func `forward --train gives the loss of keypoints at torchvision's place, and gradients`() throws
  {
    let folder = try workspace()
    try SafetensorsWriter.write(
      tensors(keypoints: .full([1, 17, 3], 20)), to: folder.path("x.safetensors"))
    let ending = try Engine.run("\(Self.forward) --train --gradients g.safetensors", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let losses = try StoredState(contentsOf: folder.path("y.safetensors"))
    #expect(
      losses.entries.map(\.key) == [
        "loss_classifier", "loss_box_reg", "loss_keypoint", "loss_objectness",
        "loss_rpn_box_reg",
      ])
    let gradients = try StoredState(contentsOf: folder.path("g.safetensors"))
    #expect(
      gradients["roi_heads.keypoint_predictor.kps_score_lowres.weight"]?.shape
        == [16, 17, 4, 4])
  }

  @Test(
    arguments: [
      (Tensor.ones([1, 5, 3]), "'keypoints.0': expected float32 of [1, 17, 3], found float32 of"),
      (.ones([1, 17, 3], dtype: .float64), "expected float32 of [1, 17, 3], found float64"),
      (.full([1, 17, 3], .nan), "expected finite keypoints"),
    ])
  func `keypoints that the detector cannot take end with 2 and are said`(
    keypoints: Tensor, words: String
  ) throws {
    let folder = try workspace()
    try SafetensorsWriter.write(
      tensors(keypoints: keypoints), to: folder.path("x.safetensors"))
    let ending = try Engine.run("\(Self.forward) --train", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains(words), "\(ending.messages)")
  }

  @Test
  func `a training takes the number of keypoints from the data, and prediction from the weights`()
    throws
  {
    let folder = try workspace()
    let trained = try Engine.run("\(Self.train) --save w.safetensors", in: folder)
    #expect(trained.status == 0, "\(trained.messages)")
    #expect(
      trained.messages.contains(
        "1 of 3 images are left out, because fewer than 3 keypoints are visible on them"),
      "\(trained.messages)")
    let weights = try StoredState(contentsOf: folder.path("w.safetensors"))
    #expect(weights["roi_heads.keypoint_predictor.kps_score_lowres.bias"]?.shape == [3])
    let ending = try Engine.run(
      "predict model.yaml d/p0.png --weights w.safetensors -o r.json --draw drawn --draw-score 0 "
        + "--annotations d/person_keypoints.json --threads 1", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let json = try JSONSerialization.jsonObject(with: Data(folder.bytes("r.json")))
    let results = try #require(json as? [[String: Any]])
    #expect(!results.isEmpty)
    for result in results {
      let keypoints = try #require(result["keypoints"] as? [Double])
      #expect(keypoints.count == 9)
      #expect([2, 5, 8].allSatisfy { keypoints[$0] == 1 })
    }
    #expect(folder.exists("drawn/p0.png"))
  }

  @Test func `a validation split is evaluated by its keypoints`() throws {
    let folder = try workspace()
    let ending = try Engine.run("\(Self.train) --val d --log l.jsonl", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let log = String(decoding: try folder.bytes("l.jsonl"), as: UTF8.self)
    #expect(log.contains(#""event":"evaluation""#))
    #expect(log.contains(#""box_AP":"#))
  }

  @Test func `objects without keypoints cannot train such a detector`() throws {
    let folder = try TinySet().workspace()
    let ending = try Engine.run("train d --model keypointrcnn_resnet18_fpn", in: folder)
    #expect(ending.status == 2)
    #expect(
      ending.messages.contains("expected objects with keypoints"), "\(ending.messages)")
  }

  @Test func `a number of keypoints that the data does not have is said at its place`() throws {
    let folder = try workspace(TinyDetector.keypointRCNN + "num_keypoints: 5\n")
    let ending = try Engine.run(Self.train, in: folder)
    #expect(ending.status == 2)
    #expect(
      ending.messages.contains(
        "model.yaml:5:16: num_keypoints: expected 3 keypoints, as the objects have, found 5"
      ), "\(ending.messages)")
  }
}
