import COCO
import DetectionMetrics
import Testing

@Suite("LVIS evaluation")
struct LVISTests {
  static let sets = EvaluationFixture.all("lvis")

  @Test(arguments: sets)
  func `precision and recall are those of lvis to the last bit`(set: EvaluationFixture) async throws
  {
    let (evaluation, _) = try await set.evaluate()
    #expect(digest(evaluation.precision) == set.values["precision"]?.string)
    #expect(digest(evaluation.recall) == set.values["recall"]?.string)
  }

  @Test(arguments: sets)
  func `the summary is that of lvis to the last bit`(set: EvaluationFixture) async throws {
    let (evaluation, _) = try await set.evaluate(threads: 2)
    #expect(set.stats.count == 13)
    #expect(evaluation.stats == set.stats)
  }
}
