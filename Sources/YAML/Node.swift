/// A value of a YAML text, with its place.
///
/// An alias is the value that it stands for, with the place of the anchor. A merge key, `<<`, is a
/// key like any other.
public struct Node: Sendable {
  /// The content of a value.
  public enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping(Mapping)
  }

  /// A single word or text.
  public struct Scalar: Sendable {
    /// The text without quotes and escapes.
    public let string: String
    /// Whether the text has no quotes and is not a block of text.
    public let isPlain: Bool
    /// Whether the value is text whatever it looks like, since it has quotes or the tag `!!str`.
    public let isText: Bool
  }

  /// The scalar, elements or keys of the value.
  public let content: Content
  /// The place at which the value begins; nil if it comes from no text.
  public let mark: Mark?

  init(_ content: Content, at mark: Mark? = nil) {
    self.content = content
    self.mark = mark
  }

  /// Creates a node of a mapping without a place of its own.
  public init(_ mapping: Mapping) {
    self.init(.mapping(mapping))
  }

  /// The scalar; nil for a list and a mapping.
  public var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
  /// The elements of a list; nil for other values.
  public var sequence: [Node]? { if case .sequence(let nodes) = content { nodes } else { nil } }
  /// The keys with values of a mapping; nil for other values.
  public var mapping: Mapping? { if case .mapping(let pairs) = content { pairs } else { nil } }
  /// The text of a scalar; nil for other values.
  public var string: String? { scalar?.string }
}

/// A place in a text: a line and a column, both from 1. Columns count Unicode scalars.
public struct Mark: Sendable, Equatable {
  /// The number of the line, from 1.
  public let line: Int
  /// The number of the column in Unicode scalars, from 1.
  public let column: Int
}

extension Node {
  /// The keys with values, in the order of the text.
  public struct Mapping: RandomAccessCollection, Sendable {
    private let pairs: [(key: Node, value: Node)]

    init(_ pairs: [(key: Node, value: Node)]) {
      self.pairs = pairs
    }

    /// Creates a mapping without keys.
    public init() {
      pairs = []
    }

    /// The position of the first pair, 0.
    public var startIndex: Int { pairs.startIndex }
    /// The position behind the last pair.
    public var endIndex: Int { pairs.endIndex }
    /// The pair at a position.
    public subscript(index: Int) -> (key: Node, value: Node) { pairs[index] }

    /// The keys, in the order of the text.
    public var keys: some Sequence<Node> { pairs.lazy.map(\.key) }
    /// The values, in the order of the text.
    public var values: some Sequence<Node> { pairs.lazy.map(\.value) }

    /// The value of the first key of this name; nil if there is none.
    public subscript(name: String) -> Node? {
      pairs.first { $0.key.string == name }?.value
    }
  }
}
