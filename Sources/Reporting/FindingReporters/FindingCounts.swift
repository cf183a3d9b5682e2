import COCO

/// The numbers of findings and of those that can be fixed.
struct FindingCounts {
  private(set) var bySeverity: [Finding.Severity: Int] = [:]
  private(set) var byRule: [String: [Finding.Severity: Int]] = [:]
  /// The number of findings that a safe fix fixes.
  private(set) var fixable = 0
  /// The number of findings that only an unsafe fix fixes.
  private(set) var fixableUnsafely = 0

  /// The most severe first.
  static let severities = Finding.Severity.allCases.sorted(by: >)

  init(_ findings: [Finding]) {
    for finding in findings {
      bySeverity[finding.severity, default: 0] += 1
      byRule[finding.rule, default: [:]][finding.severity, default: 0] += 1
      guard let fix = finding.offeredFix else { continue }
      if fix.isSafe { fixable += 1 } else { fixableUnsafely += 1 }
    }
  }

  /// The counts as a phrase: `2 errors, 1 warning`, or `no findings`.
  var sentence: String {
    let sums = Self.severities.compactMap { severity in
      bySeverity[severity].map { "\($0.grouped) \(Self.noun(severity, $0))" }
    }
    return sums.isEmpty ? "no findings" : sums.joined(separator: ", ")
  }

  /// The sentence on the findings that each option fixes; nil if there are none.
  var fixesSentence: String? {
    switch (fixable, fixableUnsafely) {
    case (0, 0): nil
    case (0, let unsafely): "\(unsafely.grouped) fixable with --unsafe-fixes"
    case (let safely, 0): "\(safely.grouped) fixable with --fix"
    case (let safely, let unsafely):
      "\(safely.grouped) fixable with --fix, \(unsafely.grouped) more with --unsafe-fixes"
    }
  }

  private static func noun(_ severity: Finding.Severity, _ count: Int) -> String {
    switch severity {
    case .error: count == 1 ? "error" : "errors"
    case .warning: count == 1 ? "warning" : "warnings"
    case .information: count == 1 ? "informational finding" : "informational findings"
    }
  }
}

extension Finding {
  /// The best of the safe fixes, or if there is none, the best of the others.
  var offeredFix: Fix? {
    fixes.first(where: \.isSafe) ?? fixes.first
  }
}
