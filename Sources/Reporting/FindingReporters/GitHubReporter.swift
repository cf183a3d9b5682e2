import COCO
import Files

/// A reporter of all findings as workflow commands, which GitHub shows beside the lines concerned:
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
///
/// GitHub shows ten errors, ten warnings and ten notices of a step, so the most severe come first.
struct GitHubReporter: FindingReporter {
  static let name = "github"

  private let options: FindingReportOptions

  init(_ options: FindingReportOptions) {
    self.options = options
  }

  func report(_ report: FindingReport) -> String {
    let entries = report.located(from: options.workingFolder)
    var output = JSONOutput()
    for severity in FindingCounts.severities {
      for entry in entries where entry.finding.severity == severity {
        append(entry, to: &output)
      }
    }
    return output.text
  }

  private func append(_ entry: LocatedFinding, to output: inout JSONOutput) {
    let finding = entry.finding
    switch finding.severity {
    case .error: output.raw("::error ")
    case .warning: output.raw("::warning ")
    case .information: output.raw("::notice ")
    }
    if let place = entry.place {
      output.raw("file=")
      output.append(verbatim: Self.escaped(place.path, inProperty: true))
      output.raw(",line=")
      output.append(place.line)
      output.raw(",col=")
      output.append(place.column)
      output.raw(",")
    }
    output.raw("title=")
    output.append(verbatim: Self.escaped(finding.rule, inProperty: true))
    output.raw("::")
    output.append(verbatim: Self.escaped(finding.message, inProperty: false))
    output.raw("\n")
  }

  /// Returns the text escaped as the runner decodes it; other control characters would reach the
  /// log and are shown by their codes.
  private static func escaped(_ text: String, inProperty: Bool) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "%"): false
      case UInt8(ascii: ":"), UInt8(ascii: ","): !inProperty
      default: byte >= 0x20 && byte < 0x7F
      }
    }
    if isPlain { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      case ":" where inProperty: escaped += "%3A"
      case "," where inProperty: escaped += "%2C"
      case _ where scalar.steersTerminals: escaped += String(scalar).printable
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
