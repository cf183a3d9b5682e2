import Files
public import YAML

/// The options of `copra.yaml`: those that users repeat, by the names of the flags.
///
/// The nearest file upwards from the input is used; options on the command line override it.
public struct ConfigurationFile {
  static let name = "copra.yaml"
  /// The keys with a structure of their own, which no flag has.
  private static let structuredKeys: Set<String> = ["severity", "rules", "waive"]

  /// A key with its value as it would be written on the command line.
  private struct Entry {
    var key: String
    var text: String
    var place: String
  }

  /// The YAML file.
  public let file: YAMLFile
  private var entries: [Entry] = []
  /// The values of the keys that have a structure of their own.
  public private(set) var nodes: [String: Node] = [:]

  /// Returns the nearest file upwards from `input`; nil if there is none.
  ///
  /// - Throws: A `CommandFailure`, with the line, if the text is no YAML mapping or holds an
  ///   unknown key.
  public static func nearest(to input: String) throws -> ConfigurationFile? {
    guard var folder = Path.real(input) else { return nil }
    while true {
      let path = Path.join(folder, name)
      if let bytes = try? InputFile.contents(path) {
        return try ConfigurationFile(
          YAMLFile(path, String(decoding: bytes, as: UTF8.self)))
      }
      if folder == "/" { return nil }
      folder = Path.folder(of: folder)
    }
  }

  /// Reads the file at `path`, which holds `text`.
  ///
  /// - Throws: The errors of `nearest(to:)`.
  init(_ path: String, _ text: String) throws {
    try self.init(YAMLFile(path, text))
  }

  private init(_ file: YAMLFile) throws {
    self.file = file
    let known = Self.structuredKeys.union(ConfigurableOption.all.map(\.name))
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
      let place = "\(file.path):\(key.mark?.line ?? 1):\(key.mark?.column ?? 1)"
      entries.append(Entry(key: name, text: text, place: place))
    }
  }

  /// Returns a list as text with commas, with pairs as KEY=VALUE.
  private static func text(of node: Node) -> String? {
    if let scalar = node.scalar { return scalar.string }
    if let sequence = node.sequence {
      let parts = sequence.compactMap(\.string)
      return parts.count == sequence.count ? parts.joined(separator: ",") : nil
    }
    guard let mapping = node.mapping else { return nil }
    let parts = mapping.compactMap { key, value in
      value.scalar.flatMap { scalar in key.string.map { "\($0)=\(scalar.string)" } }
    }
    return parts.count == mapping.count ? parts.joined(separator: ",") : nil
  }

  /// Returns `arguments`, which begin with a verb, with the file's values for those of `options`
  /// that they do not give. `check` throws for invalid arguments, and the message gets the value's
  /// line.
  func laid(
    under arguments: [String], options: [ConfigurableOption], check: ([String]) throws -> Void
  ) throws -> [String] {
    var result = arguments
    for entry in entries {
      guard let option = options.first(where: { $0.name == entry.key }) else { continue }
      let flag = "--\(entry.key)"
      if arguments.contains(where: { $0 == flag || $0.hasPrefix(flag + "=") }) { continue }
      var candidate = result
      candidate.insert(contentsOf: words(for: entry.text, flag: flag, option.kind), at: 1)
      do {
        try check(candidate)
      } catch {
        throw CommandFailure("\(entry.place): \(error)")
      }
      result = candidate
    }
    return result
  }

  private func words(
    for text: String, flag: String, _ kind: ConfigurableOption.Kind
  ) -> [String] {
    switch kind {
    case .value: return ["\(flag)=\(text)"]
    case .flag: return ["false", "no", "off"].contains(text.lowercased()) ? [] : [flag]
    case .path: return ["\(flag)=\(besideFile(text))"]
    case .namesOrPath:
      let path = besideFile(text)
      return ["\(flag)=\(FileStatus(path) == nil ? text : path)"]
    }
  }

  private func besideFile(_ name: String) -> String {
    Path.join(Path.folder(of: file.path), name)
  }
}
