import COCO

/// A list of VOCdevkit's `ImageSets/Main`: the names of a split's pictures, one a line.
struct VOCSplitList {
  /// The file's name without its ending.
  let name: String
  let path: String
  /// The folder that holds `ImageSets`.
  let root: String
  /// The names with the byte offsets of their lines.
  let entries: [(name: String, offset: Int)]

  /// The lists below `input`. Lists of one class, whose lines say 1 or -1 behind the name, are no
  /// splits.
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
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
      let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      guard let first = words.first else { continue }
      if words.count > 1 { return nil }
      entries.append((String(decoding: first, as: UTF8.self), line.startIndex))
    }
    guard !entries.isEmpty else { return nil }
    name = Path.withoutExtension(Path.name(of: path))
    self.path = path
    self.root = root
    self.entries = entries
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

  /// The XML files of the list's pictures, by the files' paths without ending.
  func members(in files: [String: String], imported: inout Imported) -> [String] {
    var missing: [Finding] = []
    let source = imported.sources.add(path)
    let members = entries.compactMap { entry -> String? in
      let stem = Path.join(root, "Annotations/\(entry.name)")
      let withoutEnding = Path.join(root, "Annotations/\(Path.withoutExtension(entry.name))")
      if let file = files[stem] ?? files[withoutEnding] { return file }
      missing.append(
        Finding(
          "image-without-label-file", .warning, "no XML file for \(entry.name)",
          at: Origin(file: source, offset: entry.offset)))
      return nil
    }
    imported.findings += missing
    return members
  }
}
