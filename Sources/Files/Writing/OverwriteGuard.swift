/// The reason why an output is not written, as a message for the user.
public struct OverwriteRefusal: Error, CustomStringConvertible {
  /// The reason, with the path.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// A guard that refuses to overwrite inputs, and existing files unless the user allows it.
public struct OverwriteGuard {
  /// Whether outputs that exist are replaced.
  public let replaces: Bool

  /// Creates a guard that lets outputs be replaced or not.
  public init(replaces: Bool) {
    self.replaces = replaces
  }

  /// Throws for the first of the outputs that must not be written.
  public func check(_ outputs: [String], inputs: [String]) throws(OverwriteRefusal) {
    var seen: Set<String> = []
    if let twice = outputs.first(where: { !seen.insert($0).inserted }) {
      throw OverwriteRefusal("\(twice) would be written twice: two splits have this name")
    }
    let existing = outputs.compactMap { path in FileStatus(path).map { (path, $0) } }
    guard !existing.isEmpty else { return }
    let inputs = Set(inputs.compactMap { FileStatus($0)?.identity })
    for (path, status) in existing {
      guard status.isFile else {
        throw OverwriteRefusal(
          "\(path) exists and is not a file; copra replaces only files")
      }
      if inputs.contains(status.identity) {
        throw OverwriteRefusal("\(path) is an input; copra does not overwrite its inputs")
      }
      if !replaces { throw OverwriteRefusal("\(path) exists; --force replaces it") }
    }
  }
}
