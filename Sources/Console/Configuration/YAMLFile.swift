import COCO
import Files
public import YAML

/// A YAML file of keys with values, whose faults are told with their place.
public struct YAMLFile {
  public let path: String
  /// What stands in it; an empty mapping for an empty file.
  public let root: Node.Mapping
  /// Whether nodes have places that a reader can look up; else messages name an option, which says
  /// which key is meant.
  let hasPlaces: Bool

  /// - Throws: a `CommandFailure`, with the place, for a text that is no YAML mapping.
  public init(_ path: String, _ text: String) throws {
    try self.init(path, text, hasPlaces: true)
  }

  /// Values that an option of the command line gives, which messages name in place of a file.
  ///
  /// - Throws: a `CommandFailure` for a text that is no YAML mapping.
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

  /// What is wrong, with the place of the node.
  public func failure(_ message: String, at node: Node?) -> CommandFailure {
    guard hasPlaces else { return CommandFailure("\(path): \(message)") }
    return CommandFailure(
      "\(path):\(node?.mark?.line ?? 1):\(node?.mark?.column ?? 1): \(message)")
  }

  /// Returns what is wrong with a key that means nothing: which there are, and which of them is
  /// nearest to it.
  ///
  /// - Parameter title: what the keys belong to, in messages; empty for those of the whole file.
  public func unknownKey(_ key: Node, known: [String], in title: String = "") -> CommandFailure {
    let name = key.string ?? ""
    let names = known.sorted()
    let expected = names.isEmpty ? "none" : "one of \(names.joined(separator: ", "))"
    return failure(
      (title.isEmpty ? "" : "\(title): ") + "unknown key \"\(name)\", expected \(expected)"
        + NearestName.hint(for: name, among: names), at: key)
  }

  /// The place in the file as far as it is known, and what is wrong there.
  private static func explanation(of error: YAMLError) -> String {
    guard let mark = error.mark else { return ": cannot be read as YAML" }
    return ":\(mark.line):\(mark.column): \(error.problem)"
  }
}
