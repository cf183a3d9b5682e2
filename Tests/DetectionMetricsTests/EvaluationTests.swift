import COCO
import DetectionMetrics
import Testing

@Suite("Evaluation")
struct EvaluationTests {
  static let sets = EvaluationFixture.all("evaluations")

  @Test("there are 200 sets")
  func count() {
    #expect(Self.sets.count == 200)
  }

  @Test("precision, recall and scores are pycocotools' to the last bit", arguments: sets)
  func arrays(set: EvaluationFixture) async throws {
    let (evaluation, _) = try await set.evaluate()
    #expect(digest(evaluation.precision) == set.values["precision"]?.string)
    #expect(digest(evaluation.recall) == set.values["recall"]?.string)
    #expect(digest(evaluation.scores) == set.values["scores"]?.string)
  }

  @Test("the summary is pycocotools' to the last bit", arguments: sets)
  func stats(set: EvaluationFixture) async throws {
    let (evaluation, _) = try await set.evaluate(threads: 2)
    #expect(evaluation.stats == set.stats)
  }
}
