import DetectionModels
import Engine
import Foundation
import Images
import Testing
import Torch

@Suite("Pictures for classification")
struct InputPresetTests {
  /// What `make_pictures.py` of the fixtures recorded.
  struct Record: Decodable {
    let sum: Double
    let entries: [Float]
  }

  static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../DetectionModelsTests/Fixtures/classification").standardized

  @Test(
    arguments: ["wide.png", "tall.png", "grey.png", "transparent.png", "lossy.jpg"])
  func `a picture becomes the very numbers that torchvision's preset makes of it in Pillow`(
    name: String
  ) throws {
    let data = try Data(contentsOf: Self.folder.appendingPathComponent("pictures.json"))
    let records = try JSONDecoder().decode([String: Record].self, from: data)
    let record = try #require(records[name])
    let picture = try Bitmap.decode(path: Self.folder.appendingPathComponent(name).path)
    let model = try #require(ModelZoo.model(named: "resnet18"))
    let tensor = model.weights.preset.tensor(of: picture)
    #expect(tensor.shape == [1, 3, 224, 224])
    let numbers: [Float] = tensor.scalars()
    let step = numbers.count / record.entries.count
    #expect(record.entries.indices.map { numbers[$0 * step] } == record.entries)
    #expect(abs(numbers.reduce(0) { $0 + Double($1) } - record.sum) < 1e-6 * abs(record.sum))
  }
}
