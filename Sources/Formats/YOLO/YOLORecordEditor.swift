import COCO
import Files

/// An editor for YOLO that changes numbers of a row, and removes rows with their line ends.
struct YOLORecordEditor: RecordEditor {
  static let categories = CategoryHolding.list

  private var classes: YOLOClassNumbers

  init(_ context: EditingContext) {
    classes = YOLOClassNumbers(context)
  }

  mutating func edit(_ text: EncodedText, _ changes: [RecordChange]) -> FileEdits {
    let rows = LabelRows(text.bytes)
    var edits = FileEdits()
    var removals: [Int: RecordChange] = [:]
    for change in changes {
      switch change.content {
      case .image(_, .some):
        edits.refuseUnheld(change, held: [], format: "YOLO")
      case .image(_, nil):
        edits.refuse(change, nil, "the image is a separate file, which is not deleted")
      case .category, .text: break
      case .annotation(let before, let after, let setting):
        // The annotations of an image that stays, since its file cannot go, stay as well.
        if setting.followsImage { continue }
        guard let number = rows.number(ofRowAt: change.offset),
          let row = rows.row(at: change.offset), !row.isMalformed, row.fields.count > 4
        else {
          edits.refuse(change, nil, "no row of numbers stands at its place any more")
          continue
        }
        if let after {
          setCategory(setting, of: row, in: text, for: change, &edits)
          edits.refuseUnheld(change, after, setting, format: "YOLO")
          YOLORowEditor(row: row, text: text, change: change, image: setting.image)
            .change(before, after, &edits)
        } else {
          removals[number - 1] = change
        }
      }
    }
    remove(removals, from: rows, &edits)
    return edits
  }

  private mutating func setCategory(
    _ setting: AnnotationSetting, of row: LabelRow, in text: EncodedText,
    for change: RecordChange, _ edits: inout FileEdits
  ) {
    guard setting.oldCategory?.id != setting.newCategoryAsRead?.id else { return }
    guard let category = setting.newCategoryAsRead,
      let dataset = change.record?.dataset,
      let number = classes.number(of: category.id, in: dataset)
    else {
      return edits.refuse(
        change, .categoryID, "no row shows which number the new category has in the list of names")
    }
    if row.values[0] == Double(number) { return }
    edits.replace(row.fields[0], with: text.encode(String(number)), for: change, .categoryID)
  }

  /// Removes a row with its line end; the last one, if no line end follows it, with the one before.
  private func remove(
    _ removals: [Int: RecordChange], from rows: LabelRows, _ edits: inout FileEdits
  ) {
    let text = rows.text
    let lines = rows.starts.map { rows.line(around: $0) }
    for run in JSONListIndex.runs(removals.keys.sorted()) {
      let start = lines[run.lowerBound].lowerBound
      var cut = start..<lines[run.upperBound].upperBound
      let endsWithLine = cut.upperBound > text.start && text.isLineEnd(cut.upperBound - text.step)
      if !endsWithLine, run.lowerBound > 0 {
        var before = start - text.step
        if text.behindLineEnd(before - text.step) == start { before -= text.step }
        cut = before..<cut.upperBound
      }
      if let change = removals[run.lowerBound] { edits.replace(cut, with: [], for: change) }
    }
  }
}

extension LabelRows {
  /// Returns the line that holds the row at `offset`, with its end.
  func line(around offset: Int) -> Range<Int> {
    var start = offset
    while start > text.start, !text.isLineEnd(start - text.step) { start -= text.step }
    var end = offset
    while end < text.bytes.count, !text.isLineEnd(end) { end += text.step }
    return start..<(end < text.bytes.count ? text.behindLineEnd(end) : end)
  }
}
