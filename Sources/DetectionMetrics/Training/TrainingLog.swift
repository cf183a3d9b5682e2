import COCO
public import Files

/// The log of a training: a line of JSON for each step and each evaluation.
public struct TrainingLog {
  /// The steps that a training continues from.
  public struct Past: Sendable {
    /// The number of steps taken before the checkpoint.
    public var steps: Int
    /// The step of the last evaluation before the checkpoint.
    public var evaluatedSteps: Int

    /// Creates the state of a checkpoint.
    public init(steps: Int, evaluatedSteps: Int) {
      self.steps = steps
      self.evaluatedSteps = evaluatedSteps
    }
  }

  private let lines: [(text: Substring, json: JSONObject?)]

  /// Reads a log. Lines that are not JSON have no part in charts.
  ///
  /// - Throws: A `FileError` if it cannot be read.
  public init(_ path: String) throws(FileError) {
    let text = String(decoding: try InputFile.contents(path), as: UTF8.self)
    let parser = JSONTextParser()
    lines = text.split(separator: "\n").map { line in
      guard case .object(let object)? = parser.value(String(line)) else { return (line, nil) }
      return (line, object)
    }
  }

  /// Returns the lines without the steps and evaluations after the checkpoint, which will be
  /// repeated; all other lines are kept, except one that was cut off.
  public func lines(until past: Past) -> [UInt8] {
    lines.filter { $0.json.map { Self.isPast($0, past) } ?? ($0.text.last == "}") }
      .flatMap { Array($0.text.utf8) + [UInt8(ascii: "\n")] }
  }

  /// Returns the curves of those lines.
  public func chart(until past: Past) -> TrainingChart {
    chart(of: { Self.isPast($0, past) })
  }

  /// The curves of all lines.
  public var chart: TrainingChart { chart(of: { _ in true }) }

  private func chart(of isShown: (JSONObject) -> Bool) -> TrainingChart {
    var chart = TrainingChart()
    for case let json? in lines.map(\.json) where isShown(json) {
      guard let steps = Self.number(json["steps"]) else { continue }
      if let loss = Self.number(json["loss"]) { chart.losses.append((steps, loss)) }
      if let score = Self.number(json["AP50"]) { chart.scores.append((steps, score)) }
    }
    return chart
  }

  private static func isPast(_ json: JSONObject, _ past: Past) -> Bool {
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
