import Console
import Reporting

/// Prints classified pictures as they come.
final class ClassificationOutput {
  private let format: ClassifyCommand.Format
  private var isFirst = true

  init(format: ClassifyCommand.Format) {
    self.format = format
  }

  func begin() throws {
    if format == .json { try Terminal.print("[") }
  }

  func add(_ classification: Classification) throws {
    let reporter = ClassificationReporter()
    switch format {
    case .text:
      try Terminal.print((isFirst ? "" : "\n") + reporter.text(classification))
    case .json:
      try Terminal.print((isFirst ? "\n" : ",\n") + reporter.json(classification))
    case .jsonl:
      try Terminal.print(reporter.json(classification) + "\n")
    }
    isFirst = false
  }

  func end() throws {
    if format == .json { try Terminal.print(isFirst ? "]\n" : "\n]\n") }
  }
}
