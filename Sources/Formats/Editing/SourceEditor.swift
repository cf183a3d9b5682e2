public import COCO
public import Files

/// Writes fixes back into the files that a set was read from, every byte outside the changed
/// fields as it was.
///
/// Edits COCO, VOC and YOLO. What a format has no place for is given back as unapplied, never
/// dropped. Reads the files anew and writes none.
public struct SourceEditor {
  private let sources: Sources
  private let format: Format
  private let options: ImportOptions

  /// Creates an editor of files that `format` read with `options`.
  public init(_ sources: Sources, format: Format, options: ImportOptions) {
    self.sources = sources
    self.format = format
    self.options = options
  }

  /// The files that change where the datasets `before`, as they were read, are to be `after`: the
  /// same splits in the same order. Records are known by their origins. Throws a `FileError`
  /// where a file can no longer be read.
  public func edit(
    _ before: [Dataset], into after: [Dataset], texts: [TextEdit] = []
  ) throws(FileError) -> EditedSources {
    precondition(before.count == after.count, "fixed datasets are other splits than those read")
    let editorType = format.editor
    let context = EditingContext(sources: sources, options: options, datasets: before)
    var editor = editorType.map { $0.init(context) }
    var result = EditedSources()
    var changes: [RecordChange] = []
    for (index, pair) in zip(before, after).enumerated() {
      let found = DatasetChanges(
        pair.0, pair.1, index: index, holding: editorType?.categories ?? .records)
      changes += found.changes
      result.unapplied += found.unapplied
    }
    for group in groups(changes, texts) {
      let bytes = try InputFile.contents(group.path)
      var edits = FileEdits()
      if editor != nil {
        edits = editor?.edit(EncodedText(bytes), group.changes) ?? edits
      } else {
        for change in group.changes { edits.refuse(change, nil, "\(format.name) files are not edited") }
      }
      let text = EncodedText(bytes)
      for edit in group.texts {
        let cause = UnappliedChange.Cause(
          record: edit.record, origin: Origin(file: edit.file, offset: edit.range.lowerBound))
        edits.add(Patch(range: edit.range, bytes: text.encode(edit.text), cause: cause))
      }
      if let file = edits.apply(to: bytes, path: group.path) { result.files.append(file) }
      result.unapplied += edits.unapplied
    }
    return result
  }

  /// What is to be done to one file.
  private struct Group {
    var path: String
    var changes: [RecordChange] = []
    var texts: [TextEdit] = []
  }

  /// The changes by file, in the order of the sources; a file that was read for two splits is one.
  private func groups(_ changes: [RecordChange], _ texts: [TextEdit]) -> [Group] {
    var firstFiles: [String: Int] = [:]
    for (file, path) in sources.paths.enumerated() where firstFiles[path] == nil {
      firstFiles[path] = file
    }
    var groups: [Int: Group] = [:]
    func change(_ file: Int, _ body: (inout Group) -> Void) {
      let path = sources.paths[file]
      body(&groups[firstFiles[path] ?? file, default: Group(path: path)])
    }
    for one in changes { change(one.origin.file) { $0.changes.append(one) } }
    for one in texts { change(one.file) { $0.texts.append(one) } }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }
}
