import COCO
import Files

/// The data files of an input: Darknet's `obj.data`, else Ultralytics' `data.yaml`.
enum YOLODataFiles {
  /// A data file and what shows it to be one.
  struct Found: Sendable, Equatable {
    var path: String
    var isDarknet: Bool
    var key: String
  }

  /// One for each folder that is a set of its own, and the others that lie beside them.
  static func find(in tree: InputTree) -> (used: [Found], ignored: [String]) {
    var all = tree.files(endingIn: "data").compactMap(look)
    if all.isEmpty { all = tree.files(endingIn: "yaml", "yml").compactMap(look) }
    var byFolder: [String: [Found]] = [:]
    for found in all { byFolder[Path.folder(of: found.path), default: []].append(found) }
    let folders = byFolder.keys.sorted(by: NaturalOrder.precedes)
    var used: [Found] = []
    var ignored: [String] = []
    for folder in folders {
      let candidates = (byFolder[folder] ?? []).sorted { rank($0.path) < rank($1.path) }
      let isBelow = used.contains { isPath(folder, below: Path.folder(of: $0.path)) }
      if !isBelow, let first = candidates.first { used.append(first) }
      ignored += candidates.dropFirst(isBelow ? 0 : 1).map(\.path)
    }
    return (used, ignored)
  }

  /// What a file holds, by its ending and its first lines; nil where it is no data file.
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

  /// The words at the beginnings of lines that a separator follows.
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

  /// The usual names come first.
  private static func rank(_ path: String) -> Int {
    let usual = ["obj.data", "data.yaml", "data.yml", "dataset.yaml", "dataset.yml"]
    return usual.firstIndex(of: Path.name(of: path).lowercased()) ?? usual.count
  }

  private static func isPath(_ path: String, below folder: String) -> Bool {
    folder == "." ? !path.hasPrefix("/") : path.hasPrefix(folder == "/" ? folder : folder + "/")
  }
}
