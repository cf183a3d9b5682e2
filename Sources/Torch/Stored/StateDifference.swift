/// The differences between the tensors of a file and those that a model requires.
///
/// The terms are those of PyTorch's `load_state_dict`; values are not compared.
public struct StateDifference: Sendable, Equatable, CustomStringConvertible {
  /// A key with two different shapes.
  public struct Misshapen: Sendable, Equatable, CustomStringConvertible {
    /// The key of the tensor.
    public let key: String
    /// The shape in the model.
    public let expected: [Int]
    /// The shape in the file.
    public let found: [Int]

    /// The key and its shapes: `fc.weight expected [10, 512], found [1000, 512]`.
    public var description: String {
      "\(key) expected \(expected), found \(found)"
    }
  }

  /// The tensors that only the model has, in its order.
  public let missing: [KeyedShape]
  /// The tensors that only the file has, in its order.
  public let unexpected: [KeyedShape]
  /// The tensors with different shapes, in the order of the model.
  public let misshapen: [Misshapen]

  private static let mostListed = 10

  /// Creates the differences of two lists, which are compared by key, whatever their order.
  public init(expected: [KeyedShape], found: [KeyedShape]) {
    let foundShapes = Self.byKey(found)
    let expectedShapes = Self.byKey(expected)
    missing = expected.filter { foundShapes[$0.key] == nil }
    unexpected = found.filter { expectedShapes[$0.key] == nil }
    misshapen = expected.compactMap { wanted in
      guard let shape = foundShapes[wanted.key], shape != wanted.shape else { return nil }
      return Misshapen(key: wanted.key, expected: wanted.shape, found: shape)
    }
  }

  /// A Boolean value that is true if the file has exactly the tensors of the model.
  public var isEmpty: Bool {
    missing.isEmpty && unexpected.isEmpty && misshapen.isEmpty
  }

  /// A line for each kind of difference with the first ten keys, such as
  /// `2 missing keys: fc.weight [10, 512], fc.bias [10]`.
  public var description: String {
    let lines = [
      Self.line(missing, "missing"), Self.line(unexpected, "unexpected"),
      Self.line(misshapen, "misshapen"),
    ]
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  private static func line(_ keys: [some CustomStringConvertible], _ kind: String) -> String? {
    guard !keys.isEmpty else { return nil }
    let listed = keys.prefix(mostListed).map(\.description).joined(separator: ", ")
    let more = keys.count > mostListed ? " and \(keys.count - mostListed) more" : ""
    return "\(keys.count) \(kind) key\(keys.count == 1 ? "" : "s"): \(listed)\(more)"
  }

  private static func byKey(_ shapes: [KeyedShape]) -> [String: [Int]] {
    Dictionary(shapes.map { ($0.key, $0.shape) }) { first, _ in first }
  }
}

/// A tensor's key and shape, without its values.
public struct KeyedShape: Sendable, Equatable, CustomStringConvertible {
  /// The key of the tensor.
  public let key: String
  /// The shape of the tensor.
  public let shape: [Int]

  /// Creates a key with a shape.
  public init(_ key: String, _ shape: [Int]) {
    self.key = key
    self.shape = shape
  }

  /// The key and the shape: `fc.weight [10, 512]`.
  public var description: String {
    "\(key) \(shape)"
  }
}
