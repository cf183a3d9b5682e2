import COCO
import Files

/// The data files of an input: Darknet's `obj.data`, else Ultralytics' `data.yaml`.
enum YOLODataFiles {
  /// A data file and what shows it to be one.
  struct Found: Sendable, Equatable {
    var path: String
    var isDarknet: Bool
    var key: String

    /// Returns the description in the file; nil, with a finding, if it cannot be understood.
    func description(into imported: inout Imported) throws -> YOLODescription? {
      isDarknet
        ? try DarknetData.read(path, into: &imported) : try DataYAML.read(path, into: &imported)
    }
  }

  /// Returns all data files of an input, Darknet's first.
  static func find(in tree: InputTree) -> [Found] {
    tree.files(endingIn: "data").compactMap(look)
      + tree.files(endingIn: "yaml", "yml").compactMap(look)
  }

  /// Returns the kind of a file, by its ending and its first lines; nil if it is no data file.
  static func look(_ path: String) -> Found? {
    let isDarknet = Path.fileExtension(path) == "data"
    if Path.stem(of: path) == "copra" { return nil }
    guard let file = try? InputFile(path),
      let bytes = try? file.bytes(at: 0, count: min(file.size, 1 << 20)),
      let text = LocatedText(bytes)
    else { return nil }
    let keys = keys(text, separator: isDarknet ? "=" : ":")
    if isDarknet {
      guard keys.contains("train") || keys.contains("names") else { return nil }
      return Found(path: path, isDarknet: true, key: keys.contains("train") ? "train" : "names")
    }
    if keys.contains("names") { return Found(path: path, isDarknet: false, key: "names") }
    guard keys.contains("train"), keys.contains("val") || keys.contains("nc") else { return nil }
    return Found(path: path, isDarknet: false, key: "train")
  }

  /// Returns the words at the beginnings of lines that a separator follows.
  private static func keys(_ text: LocatedText, separator: Character) -> Set<String> {
    var keys: Set<String> = []
    for line in text.lines {
      let isIndented = line.text.first == " " || line.text.first == "\t"
      guard !isIndented || separator == "=", let end = line.text.firstIndex(of: separator) else {
        continue
      }
      keys.insert(String(line.text[..<end].trimmed.filter { $0 != "\"" && $0 != "'" }))
    }
    return keys
  }
}

/// The description of a set in a data file.
struct YOLODescription: Sendable {
  /// The places of a split's images.
  struct Part: Sendable {
    var split: String
    /// The folders or lists of images.
    var paths: [Entry]
    /// Whether the key may mean something else, so that a path that leads nowhere is no fault.
    var isGuess = false
  }

  /// A value with its place.
  struct Entry: Sendable {
    var text: String
    var origin: Origin
  }

  /// The folders that relative paths can start from, the likeliest first.
  var roots: [String]
  var parts: [Part] = []
  /// The names of the classes; nil if there are none.
  var names: YOLONames?
  var keypoints: YOLOKeypoints?
  /// Whether there is a data file that names no splits.
  var isSilent = false
}

extension YOLODescription {
  /// Returns the folder or list that a path leads to, and the folder of labels that it stands for;
  /// nil if neither exists.
  func find(
    _ written: WrittenPath
  ) -> (pictures: (path: String, isForeign: Bool)?, labels: String?)? {
    let pictures = written.find(from: roots)
    let swapped = YOLOLabelRule.swap("images", for: "labels", in: written.text)
    let labels = swapped.flatMap { WrittenPath($0).find(from: roots) }?.path
    return pictures == nil && labels == nil ? nil : (pictures, labels)
  }
}

/// The values of a pose row after its box.
struct YOLOKeypoints: Sendable, Equatable {
  var count: Int
  /// The numbers of each keypoint: 2 for x and y, 3 with visibility.
  var dimensions: Int
  var names: [String]
}

/// The classes of a set by their numbers.
struct YOLOClasses: Sendable {
  /// The names, each once, in the order of their numbers.
  let labels: LabelTable
  /// Whether no names are known, so that every number is a class of its own.
  let isOpen: Bool
  /// The index in `labels` by class number; -1 if a number has no name.
  private let indices: [Int]

  /// The highest number of a class; one above is a mistake.
  static let highest = 1_000_000

  init(_ names: [Int: String]?) {
    var labels = LabelTable()
    var indices: [Int] = []
    for number in (names ?? [:]).keys.sorted() where number <= Self.highest {
      indices += Array(repeating: -1, count: number - indices.count)
      indices.append(names?[number].map { labels.index(of: $0) } ?? -1)
    }
    self.labels = labels
    self.indices = indices
    isOpen = names == nil
  }

  /// The numbers that have names, as a phrase.
  var expected: String {
    let isGappy = indices.contains(-1)
    return "a class from 0 to \(indices.count - 1)" + (isGappy ? " that has a name" : "")
  }

  /// Returns the index in `labels`; nil if the number has no name.
  func index(of number: Int) -> Int? {
    guard number >= 0, number < indices.count, indices[number] >= 0 else { return nil }
    return indices[number]
  }
}

/// A reader of Darknet's `obj.data`: `classes`, `train`, `valid` and `names`, one `key = value` on
/// each line.
enum DarknetData {
  /// Returns the description; nil, with a finding, if the file cannot be understood.
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
    addListsBeside(path, to: &description, into: &imported)
    description.isSilent = description.parts.isEmpty
    return description
  }

  /// Adds the lists of splits that are beside the data file or a list that it names, unless it
  /// names one of that split itself.
  static func addListsBeside(
    _ path: String, to description: inout YOLODescription, into imported: inout Imported
  ) {
    guard let origin = description.parts.first?.paths.first?.origin else { return }
    let lists = description.parts.flatMap(\.paths).compactMap {
      WrittenPath($0.text).find(from: description.roots)?.path
    }
    let folders = ([path] + lists).map { Path.folder(of: $0) }
    for name in ["train", "valid", "val", "test"] {
      let split = SplitName.split(name) ?? name
      guard !description.parts.contains(where: { $0.split == split }),
        let list = folders.map({ Path.join($0, name + ".txt") }).first(where: {
          FileStatus($0)?.isFile == true
        })
      else { continue }
      let real = Path.relative(list, to: description.roots[0])
      description.parts.append(
        .init(split: split, paths: [.init(text: real, origin: origin)], isGuess: true))
      imported.notes.append("\(list) is read as \(split), though \(path) does not name it")
    }
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
          "no file \(entry.text) here; \(path) was used", at: entry.origin))
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
