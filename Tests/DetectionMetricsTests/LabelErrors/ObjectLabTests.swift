import COCO
import DetectionMetrics
import Files
import Foundation
import TestSupport
import Testing

/// Against cleanlab's scores of the same predictions, which `Benchmarks/real/objectlab_parity.py
/// --fixture` has written. Tolerance: 1e-9.
@Suite("Label errors by ObjectLab")
struct ObjectLabTests {
  private let fixture: JSONObject
  private let truth: Dataset
  private let detections: [Detection]

  init() async throws {
    let path = try #require(
      Bundle.module.path(forResource: "objectlab", ofType: "json", inDirectory: "Fixtures"))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var fixture = JSONObject()
    if case .object(let object)? = JSONTextParser().value(text) { fixture = object }
    self.fixture = fixture
    let tasks = OrderedTasks(threads: 1)
    let truthFile = try TemporaryFile(fixture["truth"] ?? .null)
    let resultsFile = try TemporaryFile(fixture["results"] ?? .null)
    truth = try await COCOReader(tasks: tasks).read(InputFile(truthFile.path), source: 0).dataset
    detections = try await DetectionReader(tasks: tasks).read(
      InputFile(resultsFile.path), source: 1
    ).batches
      .flatMap { $0 }
  }

  @Test func `each box has cleanlab's score, and the same pictures have errors`() throws {
    let errors = LabelErrors(truth, detections)
    let expected = try #require(fixture["scores"]?.elements)
    var scores: [String: Double] = [:]
    for case .object(let score) in expected {
      let kind = try #require(score["kind"]?.string)
      let image = try #require(score["image_id"]?.double)
      scores[Self.key(kind, Int(image), score["key"] ?? .null)] = score["score"]?.double
    }
    #expect(errors.scores.count == scores.count)
    for score in errors.scores {
      let image = truth.images[score.image].id
      let key: JSONValue =
        if let annotation = score.annotation {
          .number(Double(truth.annotations[annotation].id))
        } else if let box = score.box, let category = score.category {
          .array(
            [Double(category), box.x0, box.y0, box.width, box.height].map { .number($0) })
        } else {
          .null
        }
      let reference = try #require(scores[Self.key(score.kind.id, image, key)])
      #expect(abs(score.score - reference) < 1e-9)
    }
    let flagged = Set(errors.errors.map(\.image))
    let expectedFlags = fixture["flagged"]?.elements ?? []
    #expect(truth.images.indices.map { .bool(flagged.contains($0)) } == expectedFlags)
  }

  @Test func `errors are ranked from the most likely on, each at its record`() {
    let errors = LabelErrors(truth, detections)
    #expect(errors.errors.map(\.score) == errors.errors.map(\.score).sorted())
    #expect(errors.findings.count == errors.errors.count)
    #expect(!errors.findings.isEmpty)
    for (finding, error) in zip(errors.findings, errors.errors) {
      #expect(finding.kind == error.kind)
      #expect(finding.origin != nil)
      #expect((finding.record?.kind == .annotation) == (error.annotation != nil))
    }
  }

  @Test func `pooled scores lean to the least; without a score all is well`() {
    #expect(ObjectLab.Scores.pooled([]) == 1)
    #expect(ObjectLab.Scores.pooled([0.5]) == 0.5)
    // Σ s·exp(−s / 0.1) / Σ exp(−s / 0.1)
    #expect(abs(ObjectLab.Scores.pooled([0.1, 0.9]) - 0.100_268_280_104) < 1e-12)
  }

  private static func key(_ kind: String, _ image: Int, _ value: JSONValue) -> String {
    let numbers = value.elements.isEmpty ? [value] : value.elements
    let words = numbers.map { ($0.double ?? 0).brief(2) }
    return "\(kind) \(image) \(words.joined(separator: " "))"
  }
}
