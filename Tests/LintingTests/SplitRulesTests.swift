import COCO
import Testing

@testable import Linting

struct SplitRulesTests {
  @Test(arguments: [(9, 1), (10, 0), (1, 1), (0, 0)])
  func `a category is rare below ten annotations`(_ count: Int, _ expected: Int) async throws {
    let set = Dataset.counted([200, count])
    #expect(try await Linter([RareCategory()]).lint(Subject([set])).count == expected)
  }

  @Test func `annotations of all splits count together`() async throws {
    let sets = [Dataset.counted([100, 6], split: "train"), .counted([50, 6], split: "val")]
    #expect(try await Linter([RareCategory()]).lint(Subject(sets)).isEmpty)
  }

  @Test func `thresholds are options`() async throws {
    var rare = RareCategory()
    rare.fewest = 30
    let findings = try await Linter([rare]).lint(Subject([.counted([200, 29])]))
    #expect(findings.map(\.message) == ["\"palm\" has 29 annotations; expected 30 or more"])
  }

  @Test(arguments: [(10, 12, 1), (9, 12, 0), (10, 9, 0)])
  func `a category is missing where enough of it stands elsewhere and images are enough`(
    _ palms: Int, _ images: Int, _ expected: Int
  ) async throws {
    let sets = [
      Dataset.counted([90, palms], split: "train"),
      .counted([30, 0], images: images, split: "val"),
    ]
    let findings = try await Linter([CategoryMissingInSplit()]).lint(Subject(sets))
    #expect(findings.count == expected)
    #expect(findings.allSatisfy { $0.record == RecordReference(.category, 1, dataset: 1) })
  }

  @Test func `splits may number their categories differently`() async throws {
    var val = Dataset.counted([8, 72], split: "val")
    val.categories = [.example(1, "palm"), .example(2, "crab")]
    let sets = [Dataset.counted([180, 20], split: "train"), val]
    #expect(try await Linter([SplitDistributionDrift()]).lint(Subject(sets)).isEmpty)
  }

  @Test func `crowds are not objects that a detector has to give back`() async throws {
    var set = Dataset.counted([101, 0], images: 1)
    set.annotations[0].isCrowd = 1
    #expect(try await Linter([TooManyObjects()]).lint(Subject([set])).isEmpty)
  }
}
