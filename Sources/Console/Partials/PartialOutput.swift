public import COCO
import Files

/// Where partial results go.
public struct PartialOutput: Sendable {
  /// A file, or `-` for standard output.
  public var path: String
  /// Whether a file that exists is replaced.
  public var replaces = false

  public init(_ path: String, replaces: Bool = false) {
    self.path = path
    self.replaces = replaces
  }

  private var isStandardOutput: Bool { path == "-" }

  /// Throws before any work where the file cannot be written, or must not.
  public func refuseEarly(inputs: [String]) throws {
    guard !isStandardOutput else { return }
    try OverwriteGuard(replaces: replaces).check([path], inputs: inputs)
    try OutputFile.check(path)
  }

  /// Writes the header and what `body` adds to it.
  public func write(_ header: PartialHeader, _ body: (PartialWriter) throws -> Void) throws {
    if isStandardOutput {
      let writer = try PartialWriter(header) { try Terminal.print($0) }
      try body(writer)
      return try writer.finish()
    }
    let file = try OutputFile(path)
    let writer = try PartialWriter(header) { try file.write($0) }
    try body(writer)
    try writer.finish()
    try file.commit()
    Terminal.message("wrote \(path)")
  }
}
