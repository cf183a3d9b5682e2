import Foundation
import TestSupport
import Testing
import Torch

@Suite("copra train and predict", .serialized)
struct TrainTests {
  private static let train =
    "train d --smoke --steps 2 --batch-size 1 --min-size 64 --seed 0 --threads 1"

  /// A dataset of one picture in `d`, of 83 × 31 pixels with one box on it.
  static func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.copy(
      Engine.fixture("DetectionModelsTests/Fixtures/classification/wide.png"), to: "d/wide.png")
    try folder.write(
      """
      {"images": [{"id": 7, "file_name": "wide.png", "width": 83, "height": 31}],
       "categories": [{"id": 3, "name": "cat"}],
       "annotations": [{"id": 1, "image_id": 7, "category_id": 3, "bbox": [4, 4, 20, 16],
       "area": 320, "iscrowd": 0}]}
      """, to: "d/instances.json")
    return folder
  }

  @Test
  func `a smoke training that ends too soon is undecided, and its files are written`() throws {
    let folder = try Self.workspace()
    let ending = try Engine.run(
      "\(Self.train) --save w.safetensors --log l.jsonl --plot p.svg", in: folder)
    #expect(ending.status == 3, "\(ending.messages)")
    #expect(ending.results.hasPrefix("undecided: AP50 "))
    let log = String(decoding: try folder.bytes("l.jsonl"), as: UTF8.self)
    #expect(log.split(separator: "\n").count == 4)
    #expect(log.contains(#"{"event":"verdict","outcome":"undecided","#))
    #expect(folder.exists("p.svg"))
    #expect(folder.exists("w.safetensors"))
  }

  @Test func `a trained detector predicts with the ids of the annotations, and draws`() throws {
    let folder = try Self.workspace()
    _ = try Engine.run("\(Self.train) --save w.safetensors", in: folder)
    let line = "predict fasterrcnn_resnet18_fpn d/wide.png --weights w.safetensors --min-size 64"
    let ending = try Engine.run(
      "\(line) --annotations d/instances.json -o r.json --draw drawn", in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    #expect(folder.exists("drawn/wide.png"))
    let json = try JSONSerialization.jsonObject(with: Data(folder.bytes("r.json")))
    let results = try #require(json as? [[String: Any]])
    #expect(results.allSatisfy { $0["image_id"] as? Int == 7 && $0["category_id"] as? Int == 3 })
  }

  @Test func `weights and checkpoints know their model, its sizes and its categories`() throws {
    let folder = try TinySet().workspace()
    let ending = try Engine.run(
      "train d --model fasterrcnn_resnet18_fpn --min-size 64 --steps 1 --save w.safetensors",
      in: folder)
    #expect(ending.status == 0, "\(ending.messages)")
    let metadata = try StoredState(contentsOf: folder.path("w.safetensors")).metadata
    #expect(metadata["copra.min_size"] == "64" && metadata["copra.max_size"] == "106")
    let line = "predict fasterrcnn_resnet18_fpn d/p0.png"
    var results: [String] = []
    for file in ["w.safetensors", "w.safetensors.checkpoint"] {
      let found = try Engine.run("\(line) --weights \(file) --draw drawn", in: folder)
      #expect(found.status == 0, "\(found.messages)")
      results.append(found.results)
      try? FileManager.default.removeItem(atPath: folder.path("drawn"))
    }
    #expect(results[0] == results[1])
    let json = try JSONSerialization.jsonObject(with: Data(results[0].utf8))
    let ids = (json as? [[String: Any]])?.compactMap { $0["category_id"] as? Int } ?? []
    #expect(Set(ids).isSubset(of: [3, 8]))
    let other = try Engine.run(
      "predict maskrcnn_resnet18_fpn d/p0.png --weights w.safetensors", in: folder)
    #expect(other.status == 2)
    #expect(
      other.messages.contains(
        "expected weights of maskrcnn_resnet18_fpn, found those of fasterrcnn_resnet18_fpn"))
  }

  @Test(
    arguments: [
      ("train d --smoke --model frcnn", "no detector is called \"frcnn\""),
      ("train d --resume", "--resume continues from the checkpoint beside --save"),
      ("train d --epochs 0", "--epochs takes a number of 1 or more, found 0"),
      ("train absent --smoke", "absent"),
      ("predict fasterrcnn_resnet18_fpn d/wide.png --weights absent.safetensors", "no such file"),
    ])
  func `what cannot run ends with 2 and says why`(line: String, words: String) throws {
    let ending = try Engine.run(line, in: Self.workspace())
    #expect(ending.status == 2)
    #expect(ending.messages.contains(words), "\(ending.messages)")
  }
}
