import COCO
import Files
public import YAML

/// A YAML file of keys with values, whose faults are reported with their place.
public struct YAMLFile {
  /// The path of the file, or the option that messages name instead.
  public let path: String
  /// The keys and values; an empty mapping for an empty file.
  public let root: Node.Mapping
  /// Whether nodes have places that a reader can look up. If not, messages name an option, which
  /// shows which key is meant.
  let hasPlaces: Bool

  /// Reads the text of a file.
  ///
  /// - Throws: A `CommandFailure`, with the place, for a text that is no YAML mapping.
  public init(_ path: String, _ text: String) throws {
    try self.init(path, text, hasPlaces: true)
  }

  /// Reads values given by an option of the command line, which messages name instead of a file.
  ///
  /// - Throws: A `CommandFailure` for a text that is no YAML mapping.
  public init(option: String, _ text: String) throws {
    try self.init(option, text, hasPlaces: false)
  }

  private init(_ path: String, _ text: String, hasPlaces: Bool) throws {
    self.path = path
    self.hasPlaces = hasPlaces
    let root: Node?
    do {
      root = try Node.compose(text)
    } catch {
      throw CommandFailure(
        hasPlaces ? path + Self.explanation(of: error) : "\(path): the value cannot be read as YAML"
      )
    }
    guard let root else {
      self.root = Node.Mapping()
      return
    }
    guard let mapping = root.mapping else {
      throw CommandFailure("\(path)\(hasPlaces ? ":1:1" : ""): expected keys and values")
    }
    self.root = mapping
  }

  /// Returns a failure with the place of the node.
  public func failure(_ message: String, at node: Node?) -> CommandFailure {
    guard hasPlaces else { return CommandFailure("\(path): \(message)") }
    return CommandFailure(
      "\(path):\(node?.mark?.line ?? 1):\(node?.mark?.column ?? 1): \(message)")
  }

  /// Returns the failure of an unknown key, with the known keys and the nearest of them.
  ///
  /// - Parameter title: The name that messages give to the keys' owner; empty for the keys of the
  ///   whole file.
  public func unknownKey(_ key: Node, known: [String], in title: String = "") -> CommandFailure {
    let name = key.string ?? ""
    let names = known.sorted()
    let expected = names.isEmpty ? "none" : "one of \(names.joined(separator: ", "))"
    return failure(
      (title.isEmpty ? "" : "\(title): ") + "unknown key \"\(name)\", expected \(expected)"
        + NearestName.hint(for: name, among: names), at: key)
  }

  /// Returns the place in the file as far as it is known, and the problem there.
  private static func explanation(of error: YAMLError) -> String {
    guard let mark = error.mark else { return ": cannot be read as YAML" }
    return ":\(mark.line):\(mark.column): \(error.problem)"
  }
}
