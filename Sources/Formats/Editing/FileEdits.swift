import COCO
import Files

/// A replacement of bytes.
struct Patch {
  /// The range to replace, empty for bytes that are added before `lowerBound`.
  var range: Range<Int>
  var bytes: [UInt8]
  var cause: UnappliedChange.Cause
}

extension UnappliedChange {
  /// The subject of a change, before it is known whether the change can be made.
  struct Cause {
    var record: RecordReference?
    var origin: Origin?
    var field: RecordField?

    func refused(_ reason: String) -> UnappliedChange {
      UnappliedChange(record: record, origin: origin, field: field, reason: reason)
    }
  }
}

/// The changes to one file.
struct FileEdits {
  private(set) var patches: [Patch] = []
  private(set) var unapplied: [UnappliedChange] = []

  init() {}

  /// Refuses all changes of a format whose files are not edited.
  init(refusing changes: [RecordChange], format: String) {
    for change in changes { refuse(change, nil, "\(format) files are not edited") }
  }

  mutating func replace(
    _ range: Range<Int>, with bytes: [UInt8], for change: RecordChange, _ field: RecordField? = nil
  ) {
    patches.append(Patch(range: range, bytes: bytes, cause: change.cause(field)))
  }

  mutating func refuse(_ change: RecordChange, _ field: RecordField?, _ reason: String) {
    unapplied.append(change.cause(field).refused(reason))
  }

  /// Returns the file's new content; nil if nothing changes. A patch that overlaps an earlier one
  /// is refused.
  mutating func apply(to old: [UInt8], path: String) -> EditedFile? {
    var file = EditedFile(path: path, old: old, new: [], changes: [])
    file.new.reserveCapacity(old.count)
    var end = 0
    for patch in inOrder() {
      guard patch.range.lowerBound >= end, patch.range.upperBound <= old.count else {
        let reason =
          patch.range.upperBound > old.count
          ? "the file ends before byte \(patch.range.upperBound)"
          : "another change is made to the same text"
        unapplied.append(patch.cause.refused(reason))
        continue
      }
      file.new += old[end..<patch.range.lowerBound]
      let start = file.new.count
      file.new += patch.bytes
      end = patch.range.upperBound
      if !old[patch.range].elementsEqual(patch.bytes) {
        file.changes.append(ByteChange(old: patch.range, new: start..<file.new.count))
      }
    }
    file.new += old[end...]
    return file.changes.isEmpty ? nil : file
  }

  /// Returns the patches by place, each once: two splits may hold the same file.
  private func inOrder() -> [Patch] {
    let order = patches.indices.sorted {
      let (left, right) = (patches[$0].range, patches[$1].range)
      return (left.lowerBound, left.upperBound, $0) < (right.lowerBound, right.upperBound, $1)
    }
    var kept: [Patch] = []
    for patch in order.map({ patches[$0] }) {
      let same = kept.reversed().prefix { $0.range == patch.range }
      if !same.contains(where: { $0.bytes == patch.bytes }) { kept.append(patch) }
    }
    return kept
  }
}

extension RecordChange {
  /// The start of the record in its file, in bytes.
  var offset: Int { origin?.offset ?? 0 }

  /// Returns the subject of the change.
  ///
  /// - Parameter field: The part concerned; nil for the whole record.
  func cause(_ field: RecordField?) -> UnappliedChange.Cause {
    UnappliedChange.Cause(record: record, origin: origin, field: field)
  }
}
