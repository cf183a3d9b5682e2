/// A value of a YAML text, with its place there.
///
/// An alias is the value that it stands for; its place is that of the anchor. A merge key, `<<`, is a key
/// like any other.
public struct Node: Sendable {
  /// What a value is made of.
  public enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping(Mapping)
  }

  /// A single word or text.
  public struct Scalar: Sendable {
    /// What stands there, without quotes and escapes.
    public let string: String
    /// Whether it stands there without quotes and is no block of text.
    public let isPlain: Bool
    /// Whether it is text whatever it reads like, since it has quotes or the tag `!!str`.
    public let isText: Bool
  }

  public let content: Content
  /// Where it begins; nil where it comes from no text.
  public let mark: Mark?

  init(_ content: Content, at mark: Mark? = nil) {
    self.content = content
    self.mark = mark
  }

  /// Creates a node of a mapping that stands at no place of its own.
  public init(_ mapping: Mapping) {
    self.init(.mapping(mapping))
  }

  /// The value where it is a single one.
  public var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
  /// The elements where it is a list.
  public var sequence: [Node]? { if case .sequence(let nodes) = content { nodes } else { nil } }
  /// The keys with values where it has them.
  public var mapping: Mapping? { if case .mapping(let pairs) = content { pairs } else { nil } }
  /// The text of a single value.
  public var string: String? { scalar?.string }
}

/// A place in a text: a line and a column from 1, which counts Unicode scalars.
public struct Mark: Sendable, Equatable {
  public let line: Int
  public let column: Int
}

extension Node {
  /// Keys with values, in the order of the text.
  public struct Mapping: RandomAccessCollection, Sendable {
    private let pairs: [(key: Node, value: Node)]

    init(_ pairs: [(key: Node, value: Node)]) {
      self.pairs = pairs
    }

    /// Creates a mapping of no keys.
    public init() {
      pairs = []
    }

    public var startIndex: Int { pairs.startIndex }
    public var endIndex: Int { pairs.endIndex }
    public subscript(index: Int) -> (key: Node, value: Node) { pairs[index] }

    /// The keys, in the order of the text.
    public var keys: some Sequence<Node> { pairs.lazy.map(\.key) }
    /// The values, in the order of the text.
    public var values: some Sequence<Node> { pairs.lazy.map(\.value) }

    /// The value under the key of a name.
    public subscript(name: String) -> Node? {
      pairs.first { $0.key.string == name }?.value
    }
  }
}
