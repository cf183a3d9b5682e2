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
