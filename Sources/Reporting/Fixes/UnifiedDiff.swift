import COCO
public import Files

/// The changes of a file as a unified diff with three lines of context, which `patch -p0` accepts.
///
/// Lines of more than 200 bytes are not repeated completely: of the only line of a large JSON file
/// each change is shown with some text around it and an ellipsis for the rest. Such a diff is for
/// reading, and `patch` refuses it. UTF-16 is shown as UTF-8.
public struct UnifiedDiff: Sendable {
  private static let context = 3

  private let path: String
  private let old: LineText
  private let new: LineText
  private let changes: [ByteChange]

  /// Creates a diff. `changes` are the differences of `old` and `new`, in order; if they are nil,
  /// everything between the first and the last difference counts as changed.
  public init(_ path: String, old: [UInt8], new: [UInt8], changes: [ByteChange]? = nil) {
    self.path = path
    (self.old, self.new, self.changes) = LineText.pair(
      old, new, changes ?? Self.change(from: old, to: new))
  }

  private static func change(from old: [UInt8], to new: [UInt8]) -> [ByteChange] {
    if old == new { return [] }
    let same = zip(old, new).prefix { $0 == $1 }.count
    let start = same - same % 2
    let shorter = min(old.count, new.count) - start
    var end = 0
    while end < shorter, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    end -= end % 2
    return [ByteChange(old: start..<old.count - end, new: start..<new.count - end)]
  }

  /// The diff's text; empty if nothing has changed.
  public var bytes: [UInt8] {
    let regions = DiffRegion.regions(of: changes, old, new)
    if regions.isEmpty { return [] }
    // Without a tab behind it, a name would end at its first blank.
    let end = path.utf8.contains(UInt8(ascii: " ")) ? "\t\n" : "\n"
    var output = Array("--- \(path)\(end)+++ \(path)\(end)".utf8)
    let hunks = DiffHunk.hunks(of: regions, context: Self.context, old, new)
    for (index, hunk) in hunks.enumerated() {
      let start = index > 0 ? hunks[index - 1].regions.last?.old.upperBound ?? 0 : 0
      let next = index + 1 < hunks.count ? hunks[index + 1].regions.first?.old.lowerBound : nil
      append(hunk, after: start, before: next ?? old.bytes.count, to: &output)
    }
    return output
  }

  private func append(
    _ hunk: DiffHunk, after start: Int, before end: Int, to output: inout [UInt8]
  ) {
    guard let first = hunk.regions.first, let last = hunk.regions.last else { return }
    let top = old.start(ofLines: Self.context, before: first.old.lowerBound, limit: start)
    let bottom = old.end(ofLines: Self.context, from: last.old.upperBound, limit: end)
    let lead = old.lineCount(in: top..<first.old.lowerBound)
    let oldCount = old.lineCount(in: top..<bottom)
    let newCount = hunk.regions.reduce(oldCount) {
      $0 - old.lineCount(in: $1.old) + new.lineCount(in: $1.new)
    }
    output += Array("@@ -\(Self.range(hunk.oldLines - lead, oldCount))".utf8)
    output += Array(" +\(Self.range(hunk.newLines - lead, newCount)) @@\n".utf8)
    var position = top
    for region in hunk.regions {
      appendContext(position..<region.old.lowerBound, to: &output)
      append(region, to: &output)
      position = region.old.upperBound
    }
    appendContext(position..<bottom, to: &output)
  }

  /// Returns the first line and the number of lines; for no lines, the line before.
  private static func range(_ before: Int, _ count: Int) -> String {
    "\(count == 0 ? before : before + 1),\(count)"
  }

  private func appendContext(_ range: Range<Int>, to output: inout [UInt8]) {
    for line in old.lines(in: range) {
      append(" ", DiffExcerpt.start(of: line, in: old), line, of: old, to: &output)
    }
  }

  private func append(_ region: DiffRegion, to output: inout [UInt8]) {
    let removed = old.lines(in: region.old)
    let added = new.lines(in: region.new)
    if let left = removed.first, let right = added.first, removed.count == 1, added.count == 1,
      DiffExcerpt.isLong(left) || DiffExcerpt.isLong(right)
    {
      for part in DiffExcerpt.clusters(of: region.changes) {
        let before = DiffExcerpt.around(part.old, of: left, in: old)
        append("-", before, left, of: old, to: &output)
        append("+", DiffExcerpt.around(part.new, of: right, in: new), right, of: new, to: &output)
      }
      return
    }
    let oldChanges = region.changes.map(\.old)
    for line in removed {
      append("-", excerpt(of: line, oldChanges, in: old), line, of: old, to: &output)
    }
    let newChanges = region.changes.map(\.new)
    for line in added {
      append("+", excerpt(of: line, newChanges, in: new), line, of: new, to: &output)
    }
  }

  /// Returns the line; of a long one the part around its first change.
  private func excerpt(
    of line: Range<Int>, _ changes: [Range<Int>], in text: LineText
  ) -> [UInt8] {
    let first =
      DiffExcerpt.isLong(line)
      ? changes.first { $0.overlaps(line) || ($0.isEmpty && line.contains($0.lowerBound)) } : nil
    return first.map { DiffExcerpt.around($0, of: line, in: text) }
      ?? DiffExcerpt.start(of: line, in: text)
  }

  private func append(
    _ mark: String, _ content: [UInt8], _ line: Range<Int>, of text: LineText,
    to output: inout [UInt8]
  ) {
    output += Array(mark.utf8)
    output += content
    output.append(UInt8(ascii: "\n"))
    if text.bytes[line.upperBound - 1] != UInt8(ascii: "\n") {
      output += Array("\\ No newline at end of file\n".utf8)
    }
  }
}
