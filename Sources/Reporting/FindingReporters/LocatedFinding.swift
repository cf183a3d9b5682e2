import COCO
import Files

/// A finding with its place.
struct LocatedFinding {
  var finding: Finding
  var place: Place?

  /// The finding as compilers write it: `a.xml:2:5: error: message`, without control characters of
  /// terminals.
  var line: String {
    let start = place.map { "\($0.path.printable):\($0.line):\($0.column): " } ?? ""
    return "\(start)\(finding.severity.rawValue): \(finding.message.printable)"
  }
}

extension FindingReport {
  /// Returns all findings in the order of their places: by file as the sources list them, by line,
  /// by column; those without a place come last, and those at one place keep their order.
  ///
  /// Files below `folder`, an absolute path, are named relative to it.
  func located(from folder: String?) -> [LocatedFinding] {
    var locator = FindingLocator(sources, folder: folder)
    return indicesByPlace.map { locator.located(findings[$0]) }
  }

  /// Returns the findings by rule, the most severe rule first, then by its id; of each rule at most
  /// `limit` findings, in the order of their places.
  func groups(limit: Int, from folder: String?) -> [FindingGroup] {
    var locator = FindingLocator(sources, folder: folder)
    var indices: [String: Int] = [:]
    var groups: [FindingGroup] = []
    for finding in indicesByPlace.lazy.map({ findings[$0] }) {
      let index = indices[finding.rule] ?? groups.count
      if index == groups.count {
        indices[finding.rule] = index
        groups.append(FindingGroup(rule: finding.rule, severity: finding.severity))
      }
      groups[index].severity = max(groups[index].severity, finding.severity)
      if groups[index].shown.count < limit {
        groups[index].shown.append(locator.located(finding))
      } else {
        groups[index].left += 1
      }
    }
    return groups.sorted {
      $0.severity == $1.severity ? $0.rule < $1.rule : $0.severity > $1.severity
    }
  }

  /// The indices file after file, so that each is read once.
  private var indicesByPlace: [Int] {
    let keys = findings.map { finding in
      finding.origin.map { ($0.file, $0.offset) } ?? (Int.max, 0)
    }
    return findings.indices.sorted { left, right in
      (keys[left].0, keys[left].1, left) < (keys[right].0, keys[right].1, right)
    }
  }
}

/// The findings of one rule.
struct FindingGroup {
  var rule: String
  /// The highest of its findings.
  var severity: Finding.Severity
  var shown: [LocatedFinding] = []
  /// The number of findings that are not shown.
  var left = 0
}

private struct FindingLocator {
  private var finder: PlaceFinder
  /// The folder that paths are named from; nil for paths as they are.
  private let folder: String?

  init(_ sources: Sources, folder: String?) {
    finder = PlaceFinder(sources)
    self.folder = folder.map(Path.normalized)
  }

  mutating func located(_ finding: Finding) -> LocatedFinding {
    guard let origin = finding.origin else { return LocatedFinding(finding: finding) }
    var place = finder.place(of: origin)
    if let folder { place.path = Path.relative(place.path, to: folder) }
    return LocatedFinding(finding: finding, place: place)
  }
}
