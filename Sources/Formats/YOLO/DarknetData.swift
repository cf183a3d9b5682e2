import COCO
import Files

/// Reads Darknet's `obj.data`: `classes`, `train`, `valid` and `names`, one `key = value` a line.
enum DarknetData {
  /// The description, or nil with a finding where the file cannot be understood.
  static func read(_ path: String, into imported: inout Imported) throws -> YOLODescription? {
    guard let (text, file) = try LocatedText.read(path, into: &imported) else { return nil }
    let folder = Path.folder(of: path)
    var description = YOLODescription(roots: [folder, Path.normalized(Path.join(folder, ".."))])
    let entries = entries(text, file: file, into: &imported)
    if let names = entries["names"] {
      description.names = try self.names(
        names, classes: entries["classes"], roots: description.roots, into: &imported)
    }
    for (split, keys) in [("train", ["train"]), ("val", ["valid", "val"]), ("test", ["test"])] {
      guard let entry = keys.lazy.compactMap({ entries[$0] }).first, !entry.text.isEmpty else {
        continue
      }
      description.parts.append(.init(split: split, paths: [entry]))
    }
    description.isSilent = description.parts.isEmpty
    return description
  }

  private static func entries(
    _ text: LocatedText, file: Int, into imported: inout Imported
  ) -> [String: YOLODescription.Entry] {
    var entries: [String: YOLODescription.Entry] = [:]
    for line in text.lines {
      let content = line.text.trimmed
      if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
      let start = text.offset(of: content.startIndex)
      guard let equals = content.firstIndex(of: "=") else {
        imported.findings.append(
          Finding(
            .malformedValue, "expected key = value, found \(content)",
            at: Origin(file: file, offset: start)))
        continue
      }
      let value = content[content.index(after: equals)...].trimmed
      let offset = value.isEmpty ? start : text.offset(of: value.startIndex)
      entries[String(content[..<equals].trimmed)] = .init(
        text: String(value), origin: Origin(file: file, offset: offset))
    }
    return entries
  }

  private static func names(
    _ entry: YOLODescription.Entry, classes: YOLODescription.Entry?, roots: [String],
    into imported: inout Imported
  ) throws -> YOLONames? {
    guard let (path, isForeign) = WrittenPath(entry.text).find(from: roots) else {
      imported.findings.append(
        Finding(.missingField, "no file of names \(entry.text)", at: entry.origin))
      return nil
    }
    if isForeign {
      imported.findings.append(
        Finding(
          .foreignAbsolutePath,
          "no file \(entry.text) here; \(path) was taken", at: entry.origin))
    }
    let names = try NamesFile.read(path, into: &imported)
    if let classes, let names, let declared = Int(classes.text), declared != names.byNumber.count {
      imported.findings.append(
        Finding(
          .malformedValue,
          "classes is \(declared), but \(path) holds \(names.byNumber.count) names",
          at: classes.origin))
    }
    return names
  }
}
