import COCO
import Console
import Testing

@testable import copra_engine

@Suite("Categories of a model whose weights say nothing of them")
struct PredictionIDsTests {
  @Test func `the labels of torchvision's published weights are COCO's categories`() {
    let labels = PredictionIDs.labels(90)
    #expect(labels.map(\.id) == Array(1...90))
    #expect(labels[0].name == "person" && labels[89].name == "toothbrush")
    #expect(labels[11].name == "class 12")
    #expect(PredictionIDs.labels(2).map(\.name) == ["class 1", "class 2"])
  }

  @Test func `as many categories as labels are those in their order, whatever their ids`() throws {
    let found = [Category(id: 7, name: "cat"), Category(id: 3, name: "dog")]
    let labels = PredictionIDs.labels(2)
    #expect(
      try PredictionIDs.categories(found, inOrderOf: labels, isNamed: false, "a.json") == found)
  }

  @Test func `fewer categories are found by their ids, if all of those are labels`() throws {
    let labels = PredictionIDs.labels(90)
    let categories = try PredictionIDs.categories(
      [Category(id: 18, name: "hound")], inOrderOf: labels, isNamed: false, "a.json")
    #expect(categories[17].name == "hound" && categories[16] == labels[16])
    #expect(throws: CommandFailure.self) {
      try PredictionIDs.categories(
        [Category(id: 91, name: "hair brush")], inOrderOf: labels, isNamed: false, "a.json")
    }
  }
}
