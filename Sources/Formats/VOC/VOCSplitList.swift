import COCO
import Files

/// A text file that names the images of a split, one on each line: VOCdevkit's
/// `ImageSets/Main/train.txt`, or a `train.txt` beside the folders.
struct VOCSplitList {
  /// A line that holds something.
  struct Row {
    /// The row without blanks around it; it may contain some, as names do.
    var text: String
    /// The words of the row, divided at blanks.
    var words: [String]
    var offset: Int
  }

  let path: String
  /// The folder that the list is about: the one that holds `ImageSets`, else the list's own.
  let root: String
  /// Whether the list is at the usual place of lists, and need not be proven to be one.
  let isInImageSets: Bool
  let rows: [Row]

  /// Returns the texts below `input` that may be lists: those of `ImageSets/Main`, or else those of
  /// the other folders in `ImageSets`, and those elsewhere that are named like splits.
  static func lists(in input: InputTree) -> [VOCSplitList] {
    let texts = input.files(endingIn: "txt").map { (path: $0, root: imageSets(above: $0)) }
    let official = texts.filter { $0.root != nil }
    let main = official.filter {
      ["Main", "ImageSets"].contains(Path.name(of: Path.folder(of: $0.path)))
    }
    let named = texts.filter {
      $0.root == nil && SplitName.list(Path.stem(of: $0.path)) != nil
    }
    return ((main.isEmpty ? official : main) + named).compactMap { VOCSplitList($0.path, $0.root) }
  }

  /// Returns the folder that holds the `ImageSets` of a file; nil if it lies in none.
  private static func imageSets(above path: String) -> String? {
    let folder = Path.folder(of: path)
    let parts = folder.split(separator: "/")
    guard let sets = parts.lastIndex(of: "ImageSets") else { return nil }
    let above = parts[..<sets].joined(separator: "/")
    let root = folder.hasPrefix("/") ? "/" + above : above
    return root.isEmpty ? "." : root
  }

  private init?(_ path: String, _ imageSets: String?) {
    guard let bytes = try? InputFile.contents(path) else { return nil }
    var rows: [Row] = []
    let start = TextUnit.byte.byteOrderMark(of: bytes)
    for line in bytes[start...].split(separator: UInt8(ascii: "\n")) {
      let words = line.split(whereSeparator: Self.isBlank)
      guard let first = words.first, let last = words.last else { continue }
      let text = bytes[first.startIndex..<last.endIndex]
      rows.append(
        Row(
          text: String(decoding: text, as: UTF8.self),
          words: words.map { String(decoding: $0, as: UTF8.self) }, offset: first.startIndex))
    }
    guard !rows.isEmpty else { return nil }
    self.path = path
    self.rows = rows
    root = imageSets ?? Path.folder(of: path)
    isInImageSets = imageSets != nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  /// Returns the list with its rows understood, as far as `files` show their meaning; nil if it is
  /// no list of this set.
  ///
  /// - Parameter picture: Returns the path of the image of a name, below a folder of images of the
  ///   set.
  func resolved(
    in files: VOCFileIndex, picture: (String) -> String?
  ) -> ResolvedSplitList? {
    var found = rows.map { row -> String? in
      guard let file = files.file(row.text, root: root) else { return nil }
      if file.isAtItsPath || row.text.contains("/") { return file.path }
      // Of pictures of one name in several folders the XML file is that of its own folder's.
      let own = picture(files.name(of: file.path))
      let isOther = own != nil && picture(row.text).map { $0 != own } ?? false
      return isOther ? nil : file.path
    }
    let areMarked = rows.allSatisfy { $0.words.count > 1 && Self.isMembership($0.words.last ?? "") }
    // A name can end in a number too: then the file of that name is there.
    if areMarked, found.allSatisfy({ $0 == nil }) {
      guard let split = classSplit, isInImageSets else { return nil }
      let members = rows.map { files.file(Self.withoutMark($0), root: root)?.path }
      return ResolvedSplitList(self, split: split, files: members, isOfClass: true)
    }
    for (index, row) in rows.enumerated() where found[index] == nil {
      found[index] = pair(row, in: files)
    }
    let known = found.count { $0 != nil }
    guard isInImageSets || known * 10 >= rows.count * 8 else { return nil }
    let name = Path.stem(of: path)
    return ResolvedSplitList(
      self, split: isInImageSets ? name : SplitName.list(name) ?? name, files: found,
      isOfClass: false)
  }

  /// Returns the XML file of a row that names an image and its XML file, or an image and anything.
  private func pair(_ row: Row, in files: VOCFileIndex) -> String? {
    guard row.words.count > 1 else { return nil }
    let named = row.words.filter { Path.ends($0, in: "xml") } + row.words.prefix(1)
    return named.lazy.compactMap { files.file($0, root: root)?.path }.first
  }

  /// The split of a list of one class, whose name is like `cat_train`; nil if it shows none.
  private var classSplit: String? {
    let words = Path.stem(of: path).split(separator: "_")
    return words.count > 1 ? words.last.map(String.init) : nil
  }

  private static func withoutMark(_ row: Row) -> String {
    let mark = row.words.last ?? ""
    return String(row.text.dropLast(mark.count)).withoutInvisibleEnds
  }

  /// Returns whether the word is 1, -1 or 0: the class is there, is not, is there but difficult.
  private static func isMembership(_ word: String) -> Bool {
    ["1", "-1", "0"].contains(word)
  }
}

/// A list with the XML files of its images.
struct ResolvedSplitList {
  let list: VOCSplitList
  let split: String
  /// The XML file of each row; nil if there is none.
  let files: [String?]
  /// Whether it is a list of one class, whose rows give the class's presence on every image.
  let isOfClass: Bool
  /// The XML files, each once.
  let members: Set<String>

  init(_ list: VOCSplitList, split: String, files: [String?], isOfClass: Bool) {
    self.list = list
    self.split = split
    self.files = files
    self.isOfClass = isOfClass
    members = Set(files.compactMap(\.self))
  }

  /// Returns the XML files in the order of the rows, each once, and the images of rows that have
  /// none; reports such rows and repeated ones.
  ///
  /// - Parameter picture: Returns the path of the image of a row.
  func members(
    imported: inout Imported, picture: (String) -> String?
  ) -> (files: [String], pictures: [VOCLayout.BarePicture]) {
    let source = imported.sources.add(list.path)
    var met: Set<String> = []
    var pictures: [VOCLayout.BarePicture] = []
    let found = zip(list.rows, files).compactMap { row, file -> String? in
      let origin = Origin(file: source, offset: row.offset)
      if let file {
        if met.insert(file).inserted { return file }
        imported.findings.append(
          Finding(
            .duplicateFileName, severity: .warning,
            "\(row.text) is listed twice; it is used once", at: origin))
        return nil
      }
      let path = picture(row.text)
      if let path, met.insert(path).inserted {
        pictures.append(VOCLayout.BarePicture(path: path, origin: origin))
      }
      imported.findings.append(
        Finding(
          .imageWithoutLabelFile, severity: .warning,
          "no XML file for \(row.text)" + (path == nil ? "" : "; it is read as background"),
          at: origin))
      return nil
    }
    return (found, pictures)
  }
}

/// An index of XML files by their paths and names without endings.
struct VOCFileIndex {
  private let root: String
  private var byPath: [String: String] = [:]
  private var byStem: [String: [String]] = [:]

  init(_ files: [String]) {
    root = Path.common(of: files.lazy.map(Path.folder)) ?? "."
    for file in files {
      byPath[Path.normalized(Path.withoutExtension(file))] = file
      byStem[Path.stem(of: file), default: []].append(file)
    }
  }

  /// Returns the path of a file below the folder of all, without its ending.
  func name(of file: String) -> String {
    Path.withoutExtension(Path.relative(file, to: root))
  }

  /// Returns the XML file of the image that a list below `root` calls `name`: the one in
  /// `Annotations`, or else the one of that name below `root`, or else the only one of that name.
  func file(_ name: String, root: String) -> (path: String, isAtItsPath: Bool)? {
    let written = WrittenPath(name)
    let endings = ImageFiles.isImage(written.text) || Path.ends(written.text, in: "xml")
    let names = endings ? [Path.withoutExtension(written.text), written.text] : [written.text]
    for name in names {
      for folder in ["Annotations", ""] {
        let path = Path.normalized(Path.join(Path.join(root, folder), name))
        if let file = byPath[path] ?? byPath[name] { return (file, true) }
      }
      let alike = byStem[Path.name(of: name)] ?? []
      let below = alike.filter { root == "." || $0.hasPrefix(root == "/" ? "/" : root + "/") }
      if let file = Self.likeliest(below.isEmpty ? alike : below, for: name) {
        return (file, false)
      }
    }
    return nil
  }

  /// Returns the file whose folders are most like those that the name gives.
  private static func likeliest(_ files: [String], for name: String) -> String? {
    if files.count < 2 { return files.first }
    let parts = name.split(separator: "/").dropLast().reversed()
    return files.likeliest { file in
      let others = file.split(separator: "/").dropLast().reversed()
      return (zip(parts, others).prefix { $0 == $1 }.count, 0, 0)
    }.first
  }
}
