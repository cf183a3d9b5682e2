/// The differences between the tensors of a file and those that a model needs.
///
/// The words are those of PyTorch's `load_state_dict`; nothing is said of values.
public struct StateDifference: Sendable, Equatable, CustomStringConvertible {
  /// One key with two shapes.
  public struct Misshapen: Sendable, Equatable, CustomStringConvertible {
    public let key: String
    public let expected: [Int]
    public let found: [Int]

    /// `fc.weight expected [10, 512], found [1000, 512]`
    public var description: String {
      "\(key) expected \(expected), found \(found)"
    }
  }

  /// Wanted and not there, in the order of the model.
  public let missing: [KeyedShape]
  /// There and not wanted, in the order of the file.
  public let unexpected: [KeyedShape]
  /// There in another shape, in the order of the model.
  public let misshapen: [Misshapen]

  private static let mostListed = 10

  /// Compares by key; the order of either list is of no matter.
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

  /// Whether the file holds just what the model wants.
  public var isEmpty: Bool {
    missing.isEmpty && unexpected.isEmpty && misshapen.isEmpty
  }

  /// A line a kind, with the first ten keys: `2 missing keys: fc.weight [10, 512], fc.bias [10]`.
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

/// A tensor's key and its shape, without its values.
public struct KeyedShape: Sendable, Equatable, CustomStringConvertible {
  public let key: String
  public let shape: [Int]

  public init(_ key: String, _ shape: [Int]) {
    self.key = key
    self.shape = shape
  }

  /// `fc.weight [10, 512]`
  public var description: String {
    "\(key) \(shape)"
  }
}
