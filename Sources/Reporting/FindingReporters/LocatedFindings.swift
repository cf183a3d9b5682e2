import COCO

/// Findings in the order of their places: by file as the sources list them, by line, by column;
/// those of no one place come last, and what stands at one place keeps its order.
struct LocatedFindings {
  /// A finding and where it is.
  struct Entry {
    var finding: Finding
    var place: Place?
  }

  /// The findings of one rule.
  struct Group {
    var rule: String
    /// The highest of its findings.
    var severity: Finding.Severity
    var shown: [Entry]
    /// How many more there are than are shown.
    var left: Int
  }

  /// The most severe first, then by rule.
  let groups: [Group]

  /// Finds the places of at most `limit` findings of each rule, file after file, so that each
  /// file is read once.
  init(_ findings: [Finding], in sources: Sources, limit: Int, workingFolder: String?) {
    var finder = PlaceFinder(sources)
    var groups: [String: Group] = [:]
    for index in Self.order(findings) {
      let finding = findings[index]
      var group =
        groups.removeValue(forKey: finding.rule)
        ?? Group(rule: finding.rule, severity: finding.severity, shown: [], left: 0)
      group.severity = max(group.severity, finding.severity)
      if group.shown.count < limit {
        let place = finding.origin.map { origin in
          var place = finder.place(of: origin)
          place.path = Self.shown(place.path, from: workingFolder)
          return place
        }
        group.shown.append(Entry(finding: finding, place: place))
      } else {
        group.left += 1
      }
      groups[finding.rule] = group
    }
    self.groups = groups.values.sorted {
      $0.severity == $1.severity ? $0.rule < $1.rule : $0.severity > $1.severity
    }
  }

  private static func order(_ findings: [Finding]) -> [Int] {
    let keys = findings.map { finding in
      finding.origin.map { ($0.file, $0.offset) } ?? (Int.max, 0)
    }
    return findings.indices.sorted { left, right in
      (keys[left].0, keys[left].1, left) < (keys[right].0, keys[right].1, right)
    }
  }

  /// `path` as it is named from the working folder, unchanged where it is not below it.
  private static func shown(_ path: String, from folder: String?) -> String {
    guard let folder else { return path }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}
