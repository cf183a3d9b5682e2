/// Where a record stood: a file and a byte offset in it.
///
/// Eight bytes, since every record holds one: 24 bits for the file's index in `Sources`, 40 for
/// the offset. Line and column are worked out by `Sources.place(of:)` when a finding is shown.
public struct Origin: Sendable, Hashable, Comparable {
  private let packed: UInt64

  /// The file's index in `Sources.paths`, below 2²⁴, and the offset in bytes, below 2⁴⁰.
  public init(file: Int, offset: Int) {
    packed = UInt64(file) << 40 | UInt64(offset)
  }

  public var file: Int { Int(packed >> 40) }
  public var offset: Int { Int(packed & 0xFF_FFFF_FFFF) }

  /// By the file's index, within a file by the offset.
  public static func < (left: Origin, right: Origin) -> Bool { left.packed < right.packed }
}

/// The files that records were read from, by the index that an `Origin` holds.
public struct Sources: Sendable, Equatable {
  public private(set) var paths: [String]

  public init(_ paths: [String] = []) {
    self.paths = paths
  }

  /// Adds a file and gives its index.
  public mutating func add(_ path: String) -> Int {
    paths.append(path)
    return paths.count - 1
  }

  /// Adds files and gives the index of the first.
  public mutating func add(_ paths: [String]) -> Int {
    let first = self.paths.count
    self.paths += paths
    return first
  }
}
