public import COCO
public import Files

/// An editor that writes fixes back into the files that a set was read from, keeping every byte
/// outside the changed fields.
///
/// Changes that a format cannot hold are returned as unapplied, never dropped. It reads the files
/// again and writes none.
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

  /// Returns the files with the changes made.
  ///
  /// - Parameters:
  ///   - changes: The changes to apply.
  ///   - datasets: The splits as they were read.
  /// - Throws: A `FileError` if a file can no longer be read.
  public func edit(
    _ changes: [RecordChange], of datasets: [Dataset]
  ) throws(FileError) -> EditedSources {
    let context = EditingContext(sources: sources, options: options, datasets: datasets)
    var editor = format.editor?.init(context)
    var result = EditedSources()
    for group in groups(writable(changes, &result)) {
      let bytes = try InputFile.contents(group.path)
      let text = EncodedText(bytes)
      let records = group.changes.filter { $0.record != nil && !$0.isOfText }
      var edits = editor?.edit(text, records) ?? FileEdits(refusing: records, format: format.name)
      for change in group.changes {
        guard case .text(let range, let new) = change.content else { continue }
        edits.replace(range, with: text.encode(new), for: change)
      }
      if let file = edits.apply(to: bytes, path: group.path) { result.files.append(file) }
      result.unapplied += edits.unapplied
    }
    return result
  }

  /// Returns the changes that stand in a file; the others are unapplied.
  private func writable(
    _ changes: [RecordChange], _ result: inout EditedSources
  ) -> [RecordChange] {
    let holding = format.editor?.categories ?? .records
    return changes.filter { change in
      if case .category(let before, let after) = change.content,
        !(holding == .records && before.origin != nil)
      {
        result.unapplied += holding.refusals(of: change, removes: after == nil)
        return false
      }
      if change.origin == nil {
        result.unapplied.append(change.cause(nil).refused("the record is in no file"))
      }
      return change.origin != nil
    }
  }

  /// The changes to one file.
  private struct Group {
    var path: String
    var changes: [RecordChange] = []
  }

  /// Returns the changes by file, in the order of the sources; a file that was read for two splits
  /// is one.
  private func groups(_ changes: [RecordChange]) -> [Group] {
    var firstFiles: [String: Int] = [:]
    for (file, path) in sources.paths.enumerated() where firstFiles[path] == nil {
      firstFiles[path] = file
    }
    var groups: [Int: Group] = [:]
    for change in changes {
      guard let file = change.origin?.file else { continue }
      let path = sources.paths[file]
      groups[firstFiles[path] ?? file, default: Group(path: path)].changes.append(change)
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension RecordChange {
  fileprivate var isOfText: Bool { if case .text = content { true } else { false } }
}
