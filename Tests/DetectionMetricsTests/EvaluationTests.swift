import COCO
import DetectionMetrics
import Testing

@Suite("Evaluation")
struct EvaluationTests {
  static let sets = EvaluationFixture.all("evaluations")

  @Test func `there are 200 sets`() {
    #expect(Self.sets.count == 200)
  }

  @Test(arguments: sets)
  func `precision, recall and scores are pycocotools' to the last bit`(set: EvaluationFixture)
    async throws
  {
    let (evaluation, _) = try await set.evaluate()
    #expect(digest(evaluation.precision) == set.values["precision"]?.string)
    #expect(digest(evaluation.recall) == set.values["recall"]?.string)
    #expect(digest(evaluation.scores) == set.values["scores"]?.string)
  }

  @Test(arguments: sets)
  func `the summary is pycocotools' to the last bit`(set: EvaluationFixture) async throws {
    let (evaluation, _) = try await set.evaluate(threads: 2)
    #expect(evaluation.stats == set.stats)
  }
}
