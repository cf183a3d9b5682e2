public import COCO
import Files

/// The destination of partial results.
public struct PartialOutput: Sendable {
  /// The path of a file, or `-` for standard output.
  public var path: String
  /// Whether an existing file is replaced.
  public var replaces = false

  /// Creates a destination.
  public init(_ path: String, replaces: Bool = false) {
    self.path = path
    self.replaces = replaces
  }

  private var isStandardOutput: Bool { path == "-" }

  /// Checks before any work that the file can be written; throws if it cannot or must not be.
  public func refuseEarly(inputs: [String]) throws {
    guard !isStandardOutput else { return }
    try OverwriteGuard(replaces: replaces).check([path], inputs: inputs)
    try OutputFile.check(path)
  }

  /// Writes the header and the sections that `body` adds.
  public func write(
    _ header: PartialHeader, _ body: (PartialWriter) async throws -> Void
  ) async throws {
    if isStandardOutput {
      let writer = try PartialWriter(header) { try Terminal.print($0) }
      try await body(writer)
      return try writer.finish()
    }
    let file = try OutputFile(path)
    let writer = try PartialWriter(header) { try file.write($0) }
    try await body(writer)
    try writer.finish()
    try file.commit()
    Terminal.message("wrote \(path)")
  }
}
