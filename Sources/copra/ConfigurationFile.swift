import COCO
import Console
import Yams

/// The options of `copra.yaml`: those that people repeat, by the names of the flags.
///
/// The nearest one upwards from the input counts; what stands on the command line goes before it.
struct ConfigurationFile {
  static let name = "copra.yaml"
  /// The flags that say how an input is meant.
  static let inputKeys: Set<String> = [
    "from", "images", "exif", "categories", "category-map", "drop-unused-categories", "voc-pixels",
    "difficult", "csv-units", "csv-columns", "threads",
  ]
  /// The flags that say what is written.
  static let outputKeys: Set<String> = ["to", "yolo-rows", "on-error"]
  /// The flags that say which rules run and what of their findings counts.
  static let ruleKeys: Set<String> = [
    "select", "ignore", "for", "baseline", "max-warnings", "no-image-checks", "cache",
  ]
  /// Keys with a structure of their own, which no flag has.
  private static let structuredKeys: Set<String> = ["severity", "rules", "waive"]

  /// A key with its value as it would stand on the command line.
  private struct Entry {
    var key: String
    var text: String
    var place: String
  }

  let path: String
  private var entries: [Entry] = []
  /// What stands under the keys that have a structure of their own.
  private(set) var nodes: [String: Node] = [:]

  /// The nearest file upwards from `input`; nil where there is none.
  static func nearest(to input: String) throws -> ConfigurationFile? {
    guard var folder = Path.real(input) else { return nil }
    while true {
      let path = Path.join(folder, name)
      if let bytes = try? InputFile.contents(path) {
        return try ConfigurationFile(path, String(decoding: bytes, as: UTF8.self))
      }
      if folder == "/" { return nil }
      folder = Path.folder(of: folder)
    }
  }

  /// Throws, with the line, where the text is no YAML mapping or holds an unknown key.
  init(_ path: String, _ text: String) throws {
    self.path = path
    let file = try YAMLFile(path, text)
    let known = Self.inputKeys.union(Self.outputKeys).union(Self.ruleKeys)
      .union(Self.structuredKeys)
    for (key, value) in file.root {
      guard let name = key.string, known.contains(name) else {
        throw file.unknownKey(key, known: Array(known))
      }
      if Self.structuredKeys.contains(name) {
        nodes[name] = value
        continue
      }
      guard let text = Self.text(of: value) else {
        throw file.failure("\(name): expected a value, a list or pairs", at: key)
      }
      let place = "\(path):\(key.mark?.line ?? 1):\(key.mark?.column ?? 1)"
      entries.append(Entry(key: name, text: text, place: place))
    }
  }

  /// A list with commas, pairs as KEY=VALUE.
  private static func text(of node: Node) -> String? {
    if let scalar = node.scalar { return scalar.string }
    if let sequence = node.sequence {
      let parts = sequence.compactMap { $0.scalar?.string }
      return parts.count == sequence.count ? parts.joined(separator: ",") : nil
    }
    guard let mapping = node.mapping else { return nil }
    let parts = mapping.compactMap { key, value in
      value.scalar.flatMap { scalar in key.string.map { "\($0)=\(scalar.string)" } }
    }
    return parts.count == mapping.count ? parts.joined(separator: ",") : nil
  }

  /// `arguments`, which begin with a verb, with the file's values for those of `keys` that they do
  /// not give. `check` throws for arguments that cannot be, and the message gets the value's line.
  func laid(
    under arguments: [String], keys: Set<String>, check: ([String]) throws -> Void
  ) throws -> [String] {
    var result = arguments
    for entry in entries where keys.contains(entry.key) {
      let flag = "--\(entry.key)"
      if arguments.contains(where: { $0 == flag || $0.hasPrefix(flag + "=") }) { continue }
      var candidate = result
      candidate.insert(contentsOf: words(for: entry, flag: flag), at: 1)
      do {
        try check(candidate)
      } catch {
        throw CommandFailure("\(entry.place): \(error)")
      }
      result = candidate
    }
    return result
  }

  private func words(for entry: Entry, flag: String) -> [String] {
    switch entry.key {
    case "drop-unused-categories", "no-image-checks":
      let isOff = ["false", "no", "off"].contains(entry.text.lowercased())
      return isOff ? [] : [flag]
    case "images", "category-map", "baseline", "cache":
      return ["\(flag)=\(besideFile(entry.text))"]
    case "categories":
      // Names, or a file that stands beside this one.
      let file = besideFile(entry.text)
      return ["\(flag)=\(FileStatus(file) == nil ? entry.text : file)"]
    default:
      return ["\(flag)=\(entry.text)"]
    }
  }

  private func besideFile(_ name: String) -> String {
    Path.join(Path.folder(of: path), name)
  }
}
