/// The files that a dataset was read from, in the order in which their records name them.
public struct Sources: Sendable, Equatable {
  public var paths: [String]

  public init(_ paths: [String] = []) {
    self.paths = paths
  }
}
