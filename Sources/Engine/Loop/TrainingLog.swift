import COCO
import Files

/// The log of a training that was cut short.
struct TrainingLog {
  private let lines: [(text: Substring, json: JSONObject?)]

  /// - Throws: a `FileError` where it cannot be read.
  init(_ path: String) throws(FileError) {
    let text = String(decoding: try InputFile.contents(path), as: UTF8.self)
    let parser = JSONTextParser()
    lines = text.split(separator: "\n").map { line in
      guard case .object(let object)? = parser.value(String(line)) else { return (line, nil) }
      return (line, object)
    }
  }

  /// The lines without what was done after the checkpoint, which will be done again; whatever else
  /// stands there stays, but for a line that was cut off.
  func lines(until past: TrainingJournal.Past) -> [UInt8] {
    lines.filter { $0.json.map { Self.isPast($0, past) } ?? ($0.text.last == "}") }
      .flatMap { Array($0.text.utf8) + [UInt8(ascii: "\n")] }
  }

  /// The curves of those lines.
  func chart(until past: TrainingJournal.Past) -> TrainingChart {
    var chart = TrainingChart()
    for case let json? in lines.map(\.json) where Self.isPast(json, past) {
      guard let steps = Self.number(json["steps"]) else { continue }
      if let loss = Self.number(json["loss"]) { chart.losses.append((steps, loss)) }
      if let score = Self.number(json["AP50"]) { chart.scores.append((steps, score)) }
    }
    return chart
  }

  private static func isPast(_ json: JSONObject, _ past: TrainingJournal.Past) -> Bool {
    guard let steps = number(json["steps"]) else { return true }
    let isEvaluation = json["event"] == .string("evaluation")
    return steps <= Double(isEvaluation ? past.evaluatedSteps : past.steps)
  }

  private static func number(_ value: JSONValue?) -> Double? {
    switch value {
    case .integer(let number)?: Double(number)
    case .number(let number)?: number
    default: nil
    }
  }
}
