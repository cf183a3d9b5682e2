import COCO
import Files

/// An editor for COCO that changes, adds and removes members of a record's object, and removes
/// records with their commas.
struct COCORecordEditor: RecordEditor {
  static let categories = CategoryHolding.records

  init(_ context: EditingContext) {}

  func edit(_ text: EncodedText, _ changes: [RecordChange]) -> FileEdits {
    var edits = FileEdits()
    text.bytes.withUnsafeBufferPointer { bytes in
      var removals: [RecordChange] = []
      for change in changes {
        if let members = change.memberChanges {
          apply(members, change, in: bytes, to: &edits)
        } else {
          removals.append(change)
        }
      }
      remove(removals, in: bytes, from: &edits)
    }
    return edits
  }

  private func apply(
    _ members: [MemberChange], _ change: RecordChange, in text: UnsafeBufferPointer<UInt8>,
    to edits: inout FileEdits
  ) {
    guard let layout = JSONRecordLayout(text, at: change.offset), !layout.members.isEmpty
    else { return edits.refuse(change, nil, "no whole record stands at its place any more") }
    let style = JSONStyle(of: layout, in: text)
    var added: [UInt8] = []
    var removed: [Int] = []
    for member in members {
      let field = RecordField(rawValue: member.name)
      let places = layout.members(member.name, in: text)
      guard let value = member.value else {
        removed += places
        continue
      }
      if value.holdsNonFinite {
        edits.refuse(change, field, "JSON cannot write a number that is not finite")
      } else if let last = places.last {
        for part in style.changes(of: layout.members[last].value, to: value, in: text) {
          edits.replace(part.range, with: part.bytes, for: change, field)
        }
      } else {
        added += style.member(member.name, value)
      }
    }
    for cut in cuts(of: removed.sorted(), from: layout) {
      edits.replace(cut, with: [], for: change)
    }
    if !added.isEmpty, let last = layout.members.last?.value.upperBound {
      edits.replace(last..<last, with: added, for: change)
    }
  }

  /// Returns the ranges to remove from a record so that these members are gone.
  private func cuts(of members: [Int], from layout: JSONRecordLayout) -> [Range<Int>] {
    JSONListIndex.runs(members).map { run in
      let isLast = run.upperBound + 1 == layout.members.count
      return JSONListIndex.cut(
        first: layout.members[run.lowerBound].name.lowerBound,
        lastEnd: layout.members[run.upperBound].value.upperBound,
        next: isLast ? nil : layout.members[run.upperBound + 1].name.lowerBound,
        previousEnd: run.lowerBound > 0
          ? layout.members[run.lowerBound - 1].value.upperBound : nil)
    }
  }

  private func remove(
    _ changes: [RecordChange], in text: UnsafeBufferPointer<UInt8>, from edits: inout FileEdits
  ) {
    guard !changes.isEmpty else { return }
    var missing = Dictionary(
      changes.map { ($0.offset, $0) }, uniquingKeysWith: { first, _ in first })
    for cut in JSONListIndex(text).cuts(removing: missing.keys, in: text) {
      let removed = cut.offsets.compactMap { missing.removeValue(forKey: $0) }
      if let first = removed.first { edits.replace(cut.range, with: [], for: first) }
    }
    for change in missing.values.sorted(by: { $0.offset < $1.offset }) {
      edits.refuse(change, nil, "no whole record stands at its place any more")
    }
  }
}

extension RecordChange {
  /// The changes of a COCO record's members; nil if the record is removed.
  fileprivate var memberChanges: [MemberChange]? {
    switch content {
    case .image(_, let after): after.map { $0.memberChanges(of: orderedFields) }
    case .annotation(_, let after, _): after.map { $0.memberChanges(of: orderedFields) }
    case .category(_, let after): after.map { $0.memberChanges(of: orderedFields) }
    case .text: []
    }
  }
}
