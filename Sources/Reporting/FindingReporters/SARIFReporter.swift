import COCO

/// A reporter of all findings as a log of one run, for code scanning and viewers, with a line for
/// each rule and result.
///
/// SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
struct SARIFReporter: FindingReporter {
  static let name = "sarif"
  static let namesPaths = true

  private let options: FindingReportOptions

  init(_ options: FindingReportOptions) {
    self.options = options
  }

  func report(_ report: FindingReport) -> String {
    let rules = rules(report)
    var output = JSONOutput()
    output.raw(#"{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"#)
    output.raw(#"sarif-schema-2.1.0.json","version":"2.1.0","runs":[{"#)
    output.raw(#""tool":{"driver":{"name":"copra","version":"#)
    output.append(report.toolVersion)
    output.raw(#","rules":["#)
    for (index, rule) in rules.enumerated() {
      output.raw(index == 0 ? "\n" : ",\n")
      output.append(descriptor(rule.id, rule.description))
    }
    // The folder itself is left out, so that the output is the same on every machine.
    output.raw("\n]}},\"originalUriBaseIds\":{\"%SRCROOT%\":{\"description\":{\"text\":")
    output.raw("\"the folder that copra was run in\"}}},\"columnKind\":\"unicodeCodePoints\",")
    output.raw("\"results\":[")
    let indices = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var results = SARIFResults(report, ruleIndices: indices, folder: options.workingFolder)
    for (index, entry) in report.located(from: options.workingFolder).enumerated() {
      output.raw(index == 0 ? "\n" : ",\n")
      results.append(entry, to: &output)
    }
    output.raw("\n]}]}\n")
    return output.text
  }

  /// Returns the described rules, followed by those that only findings name.
  private func rules(_ report: FindingReport) -> [(id: String, description: RuleDescription?)] {
    let known = Set(report.rules.map(\.id))
    let others = Set(report.findings.map(\.rule)).subtracting(known).sorted()
    return report.rules.map { ($0.id, $0) } + others.map { ($0, nil) }
  }

  private func descriptor(_ id: String, _ rule: RuleDescription?) -> JSONObject {
    var descriptor: JSONObject = ["id": .string(id)]
    guard let rule else { return descriptor }
    func message(_ text: String) -> JSONValue {
      .object(["text": .string(SARIFResults.messageText(text))])
    }
    descriptor["shortDescription"] = message(rule.summary)
    descriptor["fullDescription"] = message(rule.explanation)
    descriptor["help"] = message(rule.explanation)
    descriptor["defaultConfiguration"] = .object([
      "level": .string(SARIFResults.level(rule.severity))
    ])
    return descriptor
  }
}
