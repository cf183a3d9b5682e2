import COCO
import DetectionMetrics
import Files
import Foundation
import TestSupport
import Testing

/// A generated set with the figures of a reference implementation.
struct EvaluationFixture: Sendable, CustomTestStringConvertible {
  let values: JSONObject

  /// The sets of a fixture file, one a line.
  static func all(_ name: String) -> [EvaluationFixture] {
    let path = Bundle.module.path(forResource: name, ofType: "jsonl", inDirectory: "Fixtures")
    let text = path.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) } ?? ""
    let parser = JSONTextParser()
    return text.split(separator: "\n").compactMap { line in
      guard case .object(let values)? = parser.value(String(line)) else { return nil }
      return EvaluationFixture(values: values)
    }
  }

  var name: String { values["name"]?.string ?? "" }
  var testDescription: String { name }
  var iouType: IoUType { values["iou_type"]?.string.flatMap(IoUType.init) ?? .bbox }
  var stats: [Double] { numbers("stats") }

  func numbers(_ key: String) -> [Double] { values[key]?.elements.compactMap(\.double) ?? [] }

  /// The settings that the reference was made with.
  var settings: EvaluationSettings {
    var settings =
      values["lvis"] == .bool(true) ? EvaluationSettings.lvis(iouType) : EvaluationSettings(iouType)
    guard case .object(let given)? = values["settings"] else { return settings }
    settings.iouThresholds = given["iou_thresholds"]?.elements.compactMap(\.double) ?? []
    settings.maximumDetections =
      given["maximum_detections"]?.elements.compactMap { $0.double.map { Int($0) } } ?? []
    settings.areaRanges =
      given["areas"]?.elements.map { area in
        AreaRange(
          area.elements[0].string ?? "", from: area.elements[1].double ?? 0,
          to: area.elements[2].double ?? 0)
      } ?? []
    return settings
  }

  /// Both files, read as the command reads them.
  func read(tasks: OrderedTasks) async throws -> (Dataset, [[Detection]]) {
    let truth = try TemporaryFile(values["truth"] ?? .null)
    let results = try TemporaryFile(values["results"] ?? .null)
    var reader = COCOReader(tasks: tasks)
    reader.needsFileNames = false
    let dataset = try await reader.read(InputFile(truth.path), source: 0).dataset
    let contents = try await DetectionReader(tasks: tasks)
      .read(InputFile(results.path), source: 1)
    return (dataset, contents.batches)
  }

  /// What is made of both files.
  func evaluate(threads: Int = 1) async throws -> (Evaluation, [Finding]) {
    let tasks = OrderedTasks(threads: threads)
    let (dataset, batches) = try await read(tasks: tasks)
    return await FileEvaluation(dataset, detections: batches, settings: settings)
      .evaluate(tasks: tasks)
  }
}

/// FNV-1a over the bits of doubles, as the scripts beside the fixtures take it.
func digest(_ values: [Double]) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for value in values { hash = (hash ^ value.bitPattern) &* 0x100_0000_01b3 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

extension JSONValue {
  var elements: [JSONValue] {
    if case .array(let elements) = self { return elements }
    return []
  }
}
