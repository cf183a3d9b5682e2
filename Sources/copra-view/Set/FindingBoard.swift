import COCO
import Console
import Datasets
import Files
import Formats
import Synchronization

/// What is found wrong with a set while it is looked at: nothing yet, then all at once.
final class FindingBoard: Sendable {
  private enum State {
    /// Whether there is nothing to look for, nobody has asked yet, or the search goes on.
    case off, waiting, running
    case done(SortedFindings)
    case failed(String)
  }

  private let state: Mutex<State>
  private let set: ViewedSet
  private let known: [Finding]
  private let linter: DatasetLinter?

  /// - Parameters:
  ///   - known: what was found before.
  ///   - linter: what looks for more; nil for nothing.
  init(known: [Finding], in set: ViewedSet, linter: DatasetLinter?) {
    self.known = known
    self.set = set
    self.linter = linter
    state = Mutex(
      linter != nil ? .waiting : known.isEmpty ? .off : .done(SortedFindings(known, in: set)))
  }

  /// Begins to look, if nobody has: the page asks once its first pictures are there, and they come first.
  private func begin() {
    let begins = state.withLock { state in
      guard case .waiting = state else { return false }
      state = .running
      return true
    }
    if begins, let linter { Task.detached(priority: .background) { await self.find(by: linter) } }
  }

  private func find(by linter: DatasetLinter) async {
    let result: State
    do {
      let found = try await linter.lint(set.imported).findings
      result = .done(SortedFindings(known + found, in: set))
    } catch {
      Terminal.message("note: no findings: \(error)")
      result = .failed("\(error)")
    }
    state.withLock { $0 = result }
  }

  /// Returns the findings of a picture, each with the index of its object among the picture's.
  func findings(on picture: Int) -> [(finding: Finding, object: Int?)] {
    state.withLock { if case .done(let sorted) = $0 { sorted.findings(on: picture) } else { [] } }
  }

  /// Begins the search where nobody has, and says how far it is and, once it is done, which rules speak of which pictures, as JSON.
  func answer() -> [UInt8] {
    begin()
    return switch state.withLock({ $0 }) {
    case .off: Array("{\"state\":\"off\"}".utf8)
    case .waiting, .running: Array("{\"state\":\"running\"}".utf8)
    case .failed: Array("{\"state\":\"failed\"}".utf8)
    case .done(let sorted): sorted.json
    }
  }
}

/// Findings by the pictures that they are about.
struct SortedFindings: Sendable {
  private let findings: [Finding]
  /// Indices of findings, each with the index of its object on the picture, by picture.
  private var byPicture: [Int: [(finding: Int, object: Int?)]] = [:]
  private let elsewhere: Int

  init(_ findings: [Finding], in set: ViewedSet) {
    self.findings = findings
    let records = Self.records(of: findings, in: set)
    let owners = Self.owners(of: records, in: set)
    var elsewhere = 0
    for (index, record) in records.enumerated() {
      guard let record, let owner = owners[record] else {
        elsewhere += 1
        continue
      }
      byPicture[owner.picture, default: []].append((index, owner.object))
    }
    self.elsewhere = elsewhere
  }

  func findings(on picture: Int) -> [(finding: Finding, object: Int?)] {
    (byPicture[picture] ?? []).map { (findings[$0.finding], $0.object) }
  }

  /// The picture that each record is or is on, and its index there.
  private static func owners(
    of records: [RecordReference?], in set: ViewedSet
  ) -> [RecordReference: (picture: Int, object: Int?)] {
    let wanted = Set(records.compactMap(\.self))
    var owners: [RecordReference: (picture: Int, object: Int?)] = [:]
    for record in wanted where record.kind == .image {
      owners[record] = (set.picture(record.index, in: record.dataset), nil)
    }
    guard wanted.contains(where: { $0.kind == .annotation }) else { return owners }
    for picture in 0..<set.count {
      for (object, record) in set.records(on: picture).enumerated() {
        if wanted.contains(record) { owners[record] = (picture, object) }
      }
    }
    return owners
  }

  /// The record of each finding: the one that it names, else the one that stands at its place.
  private static func records(of findings: [Finding], in set: ViewedSet) -> [RecordReference?] {
    let places = RecordPlaces(
      set.imported.datasets, of: findings.filter { $0.record == nil }.compactMap(\.origin))
    return findings.map { $0.record ?? $0.origin.flatMap { places[$0] } }
  }

  /// The rules with their severities, and for each picture that has findings [picture, rule, rule …].
  fileprivate var json: [UInt8] {
    var rules: [String: Int] = [:]
    var list: [JSONValue] = []
    let numbers = findings.map { finding in
      if let number = rules[finding.rule] { return number }
      rules[finding.rule] = list.count
      list.append(
        .object(["id": .string(finding.rule), "severity": .string(finding.severity.rawValue)]))
      return list.count - 1
    }
    var output = JSONOutput()
    output.raw("{\"state\":\"done\",\"elsewhere\":")
    output.append(elsewhere)
    output.raw(",\"rules\":")
    output.append(.array(list))
    output.raw(",\"pictures\":")
    output.append(
      .array(
        byPicture.keys.sorted().map { picture in
          .array(
            [.integer(picture)] + (byPicture[picture] ?? []).map { .integer(numbers[$0.finding]) })
        }))
    output.raw("}")
    return output.bytes
  }
}
