import COCO
import Files

/// Reads `classes.txt` and `obj.names`: a name a line, numbered from 0.
enum NamesFile {
  static func read(_ path: String, into imported: inout Imported) throws -> YOLONames? {
    guard let (text, file) = try LocatedText.read(path, into: &imported) else { return nil }
    var lines = text.lines
    while let last = lines.last, last.text.trimmed.isEmpty { lines.removeLast() }
    var names = YOLONames()
    for (number, line) in lines.enumerated() {
      let name = line.text.trimmed
      let place = name.isEmpty ? line.offset : text.offset(of: name.startIndex)
      names.add(
        String(name), number: number, at: Origin(file: file, offset: line.offset),
        place: Origin(file: file, offset: place))
    }
    names.finish()
    imported.findings += names.findings
    return names.byNumber.isEmpty ? nil : names
  }
}

extension NamesFile {
  /// The file of names of a set without a data file: `classes.txt` or `obj.names`, the one nearest
  /// to the root.
  static func find(in tree: InputTree) -> String? {
    let candidates = tree.files(endingIn: "names", "txt", "labels").filter { path in
      let name = Path.name(of: path).lowercased()
      return Path.fileExtension(path) == "names"
        || ["classes.txt", "_darknet.labels", "obj.names"].contains(name)
    }
    return candidates.min { depth($0) < depth($1) }
  }

  private static func depth(_ path: String) -> Int {
    path.utf8.count { $0 == UInt8(ascii: "/") }
  }
}
