import COCO
import Files

/// A list of VOCdevkit's `ImageSets/Main`: the names of a split's pictures, one a line.
struct VOCSplitList {
  /// The file's name without its ending.
  let name: String
  let path: String
  /// The folder that holds `ImageSets`.
  let root: String
  /// The names with the byte offsets of their lines.
  let entries: [(name: String, offset: Int)]

  /// Returns the lists below `input`. Lists of one class, whose lines all say -1, 0 or 1 behind the
  /// name, are no splits.
  static func lists(in input: InputTree) -> [VOCSplitList] {
    input.files(endingIn: "txt").compactMap { path in
      let folder = Path.folder(of: path)
      let parts = folder.split(separator: "/")
      guard parts.last == "Main" || parts.last == "ImageSets",
        let sets = parts.lastIndex(of: "ImageSets")
      else { return nil }
      let above = parts[..<sets].joined(separator: "/")
      let root = folder.hasPrefix("/") ? "/" + above : above
      return VOCSplitList(path, root: root.isEmpty ? "." : root)
    }
  }

  private init?(_ path: String, root: String) {
    guard let bytes = try? InputFile.contents(path) else { return nil }
    var entries: [(String, Int)] = []
    var tellsMembership = true
    let start = TextUnit.byte.byteOrderMark(of: bytes)
    for line in bytes[start...].split(separator: UInt8(ascii: "\n")) {
      let words = line.split(whereSeparator: Self.isBlank)
      guard let first = words.first, let last = words.last else { continue }
      tellsMembership = tellsMembership && words.count == 2 && Self.isMembership(last)
      // From the first word to the last, for names may hold blanks.
      let name = bytes[first.startIndex..<last.endIndex]
      entries.append((String(decoding: name, as: UTF8.self), first.startIndex))
    }
    guard !entries.isEmpty, !tellsMembership else { return nil }
    name = Path.withoutExtension(Path.name(of: path))
    self.path = path
    self.root = root
    self.entries = entries
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  /// Returns whether the word is 1, -1 or 0: the class is there, is not, is there but difficult.
  private static func isMembership(_ word: ArraySlice<UInt8>) -> Bool {
    word.elementsEqual("1".utf8) || word.elementsEqual("-1".utf8) || word.elementsEqual("0".utf8)
  }

  /// Leaves out lists whose pictures are all in other lists, as `trainval`'s are in `train` and
  /// `val`.
  static func withoutUnions(
    _ lists: [VOCSplitList], imported: inout Imported
  ) -> [VOCSplitList] {
    lists.filter { list in
      let others = lists.filter {
        $0.root == list.root && $0.path != list.path && $0.entries.count < list.entries.count
      }
      guard others.count > 1 else { return true }
      let names = Set(others.flatMap { $0.entries.map(\.name) })
      guard list.entries.allSatisfy({ names.contains($0.name) }) else { return true }
      imported.notes.append(
        "\(list.path) is left out: the lists beside it hold all its pictures")
      return false
    }
  }

  /// Returns the XML files of the list's pictures, by the files' paths without ending.
  func members(in files: [String: String], imported: inout Imported) -> [String] {
    let source = imported.sources.add(path)
    var met: Set<String> = []
    return entries.compactMap { entry in
      let stem = Path.join(root, "Annotations/\(entry.name)")
      let withoutEnding = Path.join(root, "Annotations/\(Path.withoutExtension(entry.name))")
      let file = files[stem] ?? files[withoutEnding]
      if let file, met.insert(file).inserted { return file }
      imported.findings.append(
        finding(about: entry.name, isMissing: file == nil, at: source, entry.offset))
      return nil
    }
  }

  private func finding(
    about name: String, isMissing: Bool, at source: Int, _ offset: Int
  ) -> Finding {
    let origin = Origin(file: source, offset: offset)
    return isMissing
      ? Finding(.imageWithoutLabelFile, severity: .warning, "no XML file for \(name)", at: origin)
      : Finding(
        .duplicateFileName, severity: .warning, "\(name) is listed twice; it is taken once",
        at: origin)
  }
}
