import COCO
import DetectionModels
import Engine
import Files
import Testing

@Suite("Comparison of what a model is given")
struct TargetComparisonTests {
  private func set(_ boxes: [(Int, Box)], categories: [String] = ["square", "bar"]) throws
    -> DrawnSet
  {
    let set = try DrawnSet(categories: categories)
    set.addImage("train/a.png", width: 32, height: 32)
    for (category, box) in boxes { set.addAnnotation(category, box) }
    return set
  }

  @Test func `equal targets have no difference, whatever the ids of their categories`() throws {
    let one = try set([(1, .at(2, 2, 9, 9)), (2, .at(4, 4, 20, 20))])
    let other = try set(
      [(2, .at(2, 2, 9, 9)), (1, .at(4, 4, 20, 20))], categories: ["bar", "square"])
    let comparison = TargetComparison(one.samples, other.samples)
    #expect(comparison.differences == [])
    #expect(comparison.objects == 2)
  }

  @Test func `the first object that differs is reported with both places`() throws {
    let one = try set([(1, .at(2, 2, 9, 9)), (2, .at(4, 4, 20, 20))])
    let other = try set([(1, .at(2, 2, 9, 9)), (2, .at(4, 4, 20, 20.000_002))])
    let differences = TargetComparison(one.samples, other.samples).differences
    #expect(differences.map { $0.origin?.offset } == [1002])
    #expect(differences.map { $0.otherOrigin?.offset } == [1002])
    #expect(differences.first?.message.contains("20 here and 4 4 20 20.000002 there") == true)
  }

  @Test func `a picture that only one of them has is told`() throws {
    let one = try set([(1, .at(2, 2, 9, 9))])
    let other = try set([(1, .at(2, 2, 9, 9))])
    other.addImage("b.png", width: 32, height: 32)
    let there = TargetComparison(one.samples, other.samples).differences
    #expect(there.map(\.message) == ["only the other one has the image \"b.png\""])
    let here = TargetComparison(other.samples, one.samples).differences
    #expect(here.map(\.message) == ["the other one has no image \"b.png\""])
  }
}
