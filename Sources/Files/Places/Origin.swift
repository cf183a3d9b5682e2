/// The origin of a record: a file and a byte offset in it.
///
/// It takes eight bytes, since every record holds one: 24 bits for the file's index in `Sources`,
/// 40 for the offset. Line and column are determined by `Sources.place(of:)` when a finding is
/// shown.
public struct Origin: Sendable, Hashable, Comparable {
  private let packed: UInt64

  /// Creates an origin from the file's index in `Sources.paths`, below 2²⁴, and the offset in
  /// bytes, below 2⁴⁰.
  public init(file: Int, offset: Int) {
    packed = UInt64(file) << 40 | UInt64(offset)
  }

  /// The file's index in `Sources.paths`.
  public var file: Int { Int(packed >> 40) }
  /// The offset in bytes.
  public var offset: Int { Int(packed & 0xFF_FFFF_FFFF) }

  /// Orders origins by the file's index, and within a file by the offset.
  public static func < (left: Origin, right: Origin) -> Bool { left.packed < right.packed }
}

/// The files that records were read from, by the index that an `Origin` holds.
public struct Sources: Sendable, Equatable {
  /// The paths in the order of their indices.
  public private(set) var paths: [String]
  /// The places that need not be looked up, such as those in files on another machine.
  public var places: [Origin: Place] = [:]

  /// Creates a list of these files.
  public init(_ paths: [String] = []) {
    self.paths = paths
  }

  /// Adds a file and returns its index.
  public mutating func add(_ path: String) -> Int {
    paths.append(path)
    return paths.count - 1
  }

  /// Adds files and returns the index of the first.
  public mutating func add(_ paths: [String]) -> Int {
    let first = self.paths.count
    self.paths += paths
    return first
  }
}
