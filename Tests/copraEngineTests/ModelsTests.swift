import DetectionModels
import Foundation
import TestSupport
import Testing

@Suite("copra models", .serialized)
struct ModelsTests {
  @Test func `every model is listed with its task, size, input and weights`() throws {
    let ending = try Engine.run("models", in: TemporaryFolder())
    #expect(ending.status == 0)
    let rows = ending.results.split(separator: "\n").map {
      $0.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    }
    #expect(
      rows.dropFirst().compactMap(\.first)
        == ModelZoo.all.map(\.name) + DetectorCatalogue.all.map(\.name))
    for row in [
      ["resnet50", "classification", "25,557,032", "320", "224×224", "resnet50-11ad3fa6.pth"],
      [
        "fasterrcnn_resnet50_fpn", "detection", "41,755,286", "295", "800–1333",
        "fasterrcnn_resnet50_fpn_coco-258fb6c6.pth",
      ],
      [
        "fasterrcnn_mobilenet_v3_large_320_fpn", "detection", "19,386,354", "284", "320–640",
        "fasterrcnn_mobilenet_v3_large_320_fpn-907ea3f9.pth",
      ],
    ] {
      #expect(rows.contains(row))
    }
    #expect(rows.contains { $0.first == "maskrcnn_resnet18_fpn" && $0.last == "none" })
  }

  @Test func `as JSON a detector has the least and the greatest size of its input`() throws {
    let ending = try Engine.run("models --format json", in: TemporaryFolder())
    let list = try JSONSerialization.jsonObject(with: Data(ending.results.utf8))
    let models = try #require(list as? [[String: Any]])
    let detector = try #require(models.first { $0["name"] as? String == "maskrcnn_resnet50_fpn" })
    #expect(detector["task"] as? String == "detection")
    #expect(detector["min_size"] as? Int == 800)
    #expect(detector["max_size"] as? Int == 1333)
    #expect(detector["weights"] as? String == "maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth")
    let small = try #require(models.first { $0["name"] as? String == "fasterrcnn_resnet18_fpn" })
    #expect(small["weights"] is NSNull)
    let classifier = try #require(models.first { $0["name"] as? String == "vgg16" })
    #expect(classifier["input_size"] as? [Int] == [224, 224])
  }
}
