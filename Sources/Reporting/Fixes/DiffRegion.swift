import COCO
import Files

/// A region of lines of a text that are replaced by others.
struct DiffRegion {
  /// The range of whole lines of the old text.
  var old: Range<Int>
  /// The range of whole lines of the new text.
  var new: Range<Int>
  /// The differences in these lines, in order.
  var changes: [ByteChange]

  /// Returns the regions that hold `changes`, without equal lines at their ends.
  static func regions(
    of changes: [ByteChange], _ old: LineText, _ new: LineText
  ) -> [DiffRegion] {
    var regions: [DiffRegion] = []
    for change in changes {
      let lower = change.old.lowerBound
      // The only line of a large file is not to be looked through for each of its changes.
      let last = regions.last?.old.upperBound ?? 0
      let continues = lower < last || (lower == last && !old.isLineStart(lower))
      let end = end(of: change, last: last, old, new)
      let newEnd = change.new.upperBound + end - change.old.upperBound
      if continues {
        regions[regions.count - 1].extend(to: end, newEnd, with: change)
      } else {
        let start = old.lineStart(lower)
        let newStart = change.new.lowerBound - (lower - start)
        regions.append(DiffRegion(old: start..<end, new: newStart..<newEnd, changes: [change]))
      }
    }
    return regions.map { $0.trimmed(old, new) }.filter { !$0.old.isEmpty || !$0.new.isEmpty }
  }

  /// Returns the end, in the old text, of the lines that a change is on; `last` is the end of those
  /// of the change before.
  private static func end(
    of change: ByteChange, last: Int, _ old: LineText, _ new: LineText
  ) -> Int {
    let end = change.old.upperBound
    if end < last { return last }
    let startsLines =
      old.isLineStart(end) && new.isLineStart(change.new.upperBound)
      && !(change.old.isEmpty && change.new.isEmpty)
    return startsLines ? end : old.lineEnd(end)
  }

  private mutating func extend(to oldEnd: Int, _ newEnd: Int, with change: ByteChange) {
    old = old.lowerBound..<oldEnd
    new = new.lowerBound..<newEnd
    changes.append(change)
  }

  private func trimmed(_ oldText: LineText, _ newText: LineText) -> DiffRegion {
    var left = oldText.lines(in: old)[...]
    var right = newText.lines(in: new)[...]
    func isSame(_ left: Range<Int>?, _ right: Range<Int>?) -> Bool {
      guard let left, let right, left.count == right.count else { return false }
      return oldText.bytes[left].elementsEqual(newText.bytes[right])
    }
    var trimmed = self
    while isSame(left.first, right.first) {
      trimmed.old = left.removeFirst().upperBound..<old.upperBound
      trimmed.new = right.removeFirst().upperBound..<new.upperBound
    }
    while isSame(left.last, right.last) {
      trimmed.old = trimmed.old.lowerBound..<left.removeLast().lowerBound
      trimmed.new = trimmed.new.lowerBound..<right.removeLast().lowerBound
    }
    return trimmed
  }
}

/// Regions that are shown together, since few lines are between them.
struct DiffHunk {
  var regions: [DiffRegion] = []
  /// The number of old lines before the first region, and of new ones.
  var oldLines: Int
  var newLines: Int

  /// Returns regions grouped if at most twice `context` lines are between them.
  static func hunks(of regions: [DiffRegion], context: Int, _ old: LineText, _ new: LineText)
    -> [DiffHunk]
  {
    var hunks: [DiffHunk] = []
    var position = 0
    var (oldLines, newLines) = (0, 0)
    for region in regions {
      let between = old.lineCount(in: position..<region.old.lowerBound)
      oldLines += between
      newLines += between
      if hunks.isEmpty || between > 2 * context {
        hunks.append(DiffHunk(oldLines: oldLines, newLines: newLines))
      }
      hunks[hunks.count - 1].regions.append(region)
      position = region.old.upperBound
      oldLines += old.lineCount(in: region.old)
      newLines += new.lineCount(in: region.new)
    }
    return hunks
  }
}
