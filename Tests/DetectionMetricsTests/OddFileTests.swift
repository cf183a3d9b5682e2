import COCO
import DetectionMetrics
import Files
import TestSupport
import Testing

/// Files that are not quite as the reference expects them, with its figures or its exception.
@Suite struct OddFileTests {
  static let all = EvaluationFixture.all("odd")

  private func evaluate(
    _ fixture: EvaluationFixture, joining: Bool = false
  ) async throws -> EvaluatedResults {
    let truth = try TemporaryFile(fixture.values["truth"] ?? .null)
    let results = try TemporaryFile(fixture.values["results"] ?? .null)
    var settings = EvaluationSettings(fixture.iouType)
    let sigmas = fixture.numbers("sigmas")
    if !sigmas.isEmpty { settings.keypointSigmas = sigmas }
    var evaluator = ResultsEvaluator(settings: settings)
    evaluator.joinsTextIDs = joining
    return try await evaluator.evaluate(results.path, against: truth.path)
  }

  @Test(arguments: all.filter { !$0.stats.isEmpty })
  func `figures are the reference's where it has some`(fixture: EvaluationFixture) async throws {
    let stats = try await evaluate(fixture).evaluation.stats
    #expect(stats == fixture.stats)
  }

  @Test(arguments: all.filter { $0.stats.isEmpty })
  func `what the reference stops at is reported`(fixture: EvaluationFixture) async throws {
    let findings: [Finding]
    do {
      findings = try await evaluate(fixture).findings
    } catch let unusable as UnusableResults {
      findings = unusable.findings
    }
    #expect(findings.count == 1)
    #expect(findings.allSatisfy { $0.severity > .information })
  }

  @Test(arguments: [
    ("image ids that are text in the results", 1), ("image ids that are text in the truth", 1),
    ("image ids that are text in images alone", 1),
    ("image ids that are text in annotations alone", 1),
    ("image ids with zeros before them in the results", 1),
    ("category ids that are text in the results", 1),
    ("one category id that is text in the results", 1),
    ("category ids that are text in annotations alone", 1),
    ("category ids that are text in the truth", 1),
    ("image ids that are text in all places", 0), ("image ids that are words", 0),
    ("category ids that are words", 0), ("image ids beyond 63 bits", 0),
  ])
  func `ids of two kinds are reported once, and joined if asked`(
    name: String, count: Int
  ) async throws {
    let fixture = try #require(Self.all.first { $0.name == name })
    let found = try await evaluate(fixture).findings
    #expect(found.map(\.rule) == Array(repeating: FaultKind.idTypeMismatch.id, count: count))
    #expect(found.allSatisfy { $0.severity == .warning })
    let joined = try await evaluate(fixture, joining: true)
    #expect(joined.findings.isEmpty)
    #expect(joined.evaluation.stats[0] > 0.75)
  }

  @Test func `five keypoints name the option and are reported once`() async throws {
    let fixture = try #require(Self.all.first { $0.name == "five keypoints" })
    do {
      _ = try await evaluate(fixture)
      Issue.record("five keypoints were compared with 17 deviations")
    } catch let unusable as UnusableResults {
      #expect(unusable.findings.map(\.rule) == [FaultKind.keypointsWrongLength.id])
      #expect(unusable.findings[0].message.contains("--keypoint-sigmas takes 5 numbers"))
    }
  }

  private static let image =
    #"{"id": 1, "file_name": "a.jpg", "width": 90, "height": 60, "neg_category_ids": [], "#
    + #""not_exhaustive_category_ids": []}"#
  private static let object =
    #"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 9, 9], "area": 81}"#
  private static let category = #"{"id": 1, "name": "crab", "frequency": "c"}"#
  private static let found = #"{"image_id": 1, "category_id": 1, "bbox": [1, 1, 9, 9], "score": 1}"#

  private func findings(
    _ truth: String, _ results: String, _ settings: EvaluationSettings = .lvis(.bbox)
  ) async throws -> [String] {
    let folder = try (
      TemporaryFile(JSONTextParser().value(truth) ?? .null),
      TemporaryFile(JSONTextParser().value(results) ?? .null)
    )
    do {
      return try await ResultsEvaluator(settings: settings)
        .evaluate(folder.1.path, against: folder.0.path).findings.map(\.message)
    } catch let unusable as UnusableResults {
      return unusable.findings.map(\.message)
    }
  }

  private func truth(
    image: String = image, object: String = object, category: String = category
  ) -> String {
    #"{"images": [\#(image)], "annotations": [\#(object)], "categories": [\#(category)]}"#
  }

  @Test(arguments: ["neg_category_ids", "not_exhaustive_category_ids", "frequency"])
  func `a key that lvis reads and a file lacks is reported once`(key: String) async throws {
    let without = truth().replacing("\"\(key)\"", with: "\"other\"")
    let messages = try await findings(without, "[\(Self.found)]")
    #expect(messages.count == 1)
    #expect(messages.first?.contains("no \"\(key)\"") == true)
    #expect(try await findings(truth(), "[\(Self.found)]").isEmpty)
  }

  @Test func `a dataset with scores in its annotations is taken for results`() async throws {
    let whole = #"{"images": [], "annotations": [\#(Self.found)], "categories": []}"#
    #expect(try await findings(truth(), whole).isEmpty)
    let messages = try await findings(truth(), truth())
    #expect(messages.count == 1)
    #expect(messages.first?.contains("a dataset whose annotations have no \"score\"") == true)
  }

  @Test(arguments: [
    (#""segmentation": [1, 1, 9, 1, 9, 9]"#, "segmentation"), (#""area": [81]"#, "area"),
    (#""bbox": {"x": 1, "y": 1, "width": 9, "height": 9}"#, "bbox"),
  ])
  func `a field in another form is read, and what the reference makes of it reported once`(
    member: String, field: String
  ) async throws {
    let object =
      #"{"id": 1, "image_id": 1, "category_id": 1, "iscrowd": 0, "#
      + [#""bbox": [1, 1, 9, 9]"#, #""area": 81"#, member].filter {
        $0 == member || !$0.hasPrefix("\"\(field)\"")
      }.joined(separator: ", ") + "}"
    let messages = try await findings(
      truth(object: object), "[\(Self.found)]", EvaluationSettings(.bbox))
    #expect(messages.count == 1)
    #expect(messages.first?.contains(field) == true)
  }

  @Test func `a list of results within a key is named by it`() async throws {
    let messages = try await findings(truth(), #"{"predictions": [\#(Self.found)]}"#)
    #expect(messages.first?.contains("under \"predictions\"") == true)
  }

  @Test(arguments: [
    (#"{"image_id": 1, "file_name": "a.png", "segments_info": []}"#, "panoptic"),
    (#"{"id": 1, "video_id": 1, "category_id": 1, "bboxes": [[1, 1, 9, 9]]}"#, "videos"),
  ])
  func `a ground truth of another task is called so`(
    object: String, word: String
  ) async throws {
    let messages = try await findings(truth(object: object), "[\(Self.found)]")
    #expect(messages.contains { $0.contains(word) })
  }
}
