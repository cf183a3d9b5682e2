import COCO
import DetectionMetrics
import Files
import Testing

@Suite("Error analysis")
struct ErrorAnalysisTests {
  static let sets = EvaluationFixture.all("errors")
  static let names: [(kind: ErrorKind, name: String)] = [
    (.classification, "Cls"), (.localisation, "Loc"), (.both, "Both"), (.duplicate, "Dupe"),
    (.background, "Bkg"), (.missed, "Miss"),
  ]

  private func analyse(_ set: EvaluationFixture) async throws -> ErrorAnalysis {
    let tasks = OrderedTasks(threads: 2)
    let (dataset, batches) = try await set.read(tasks: tasks)
    var settings = set.settings
    settings.analysesErrors = true
    let (evaluation, _) = await FileEvaluation(dataset, detections: batches, settings: settings)
      .evaluate(tasks: tasks)
    return try #require(evaluation.errors)
  }

  private func figure(_ set: EvaluationFixture, _ group: String, _ name: String) -> Double {
    guard case .object(let figures)? = set.values[group] else { return .nan }
    return figures[name]?.double ?? .nan
  }

  @Test(arguments: sets)
  func `AP and what each kind of error costs are tidecv's to 1e-6`(set: EvaluationFixture)
    async throws
  {
    let errors = try await analyse(set)
    #expect(abs(errors.averagePrecision - (set.values["ap"]?.double ?? .nan)) <= 1e-6)
    for (kind, name) in Self.names {
      #expect(abs((errors.costs[kind] ?? .nan) - figure(set, "costs", name)) <= 1e-6, "\(name)")
    }
    #expect(abs(errors.falsePositiveCost - figure(set, "special", "FalsePos")) <= 1e-6)
    #expect(abs(errors.falseNegativeCost - figure(set, "special", "FalseNeg")) <= 1e-6)
  }

  @Test(arguments: sets)
  func `each kind of error is counted as in tidecv`(set: EvaluationFixture) async throws {
    let errors = try await analyse(set)
    for (kind, name) in Self.names {
      #expect(Double(errors.counts[kind] ?? -1) == figure(set, "counts", name), "\(name)")
    }
  }
}
