import Files
public import Reporting

/// The destination of a page.
public struct PageOutput: Sendable {
  /// A file; nil for standard output.
  public var path: String?
  /// Whether a file that exists is replaced.
  public var replaces = false

  /// Creates a destination.
  ///
  /// - Parameter path: The path of a file; nil for standard output.
  public init(path: String?, replaces: Bool = false) {
    self.path = path
    self.replaces = replaces
  }

  /// Checks before anything is read that the page can be written; throws if it cannot.
  public func refuseEarly(inputs: [String]) throws {
    guard let path else { return }
    try OverwriteGuard(replaces: replaces).check([path], inputs: inputs)
  }

  /// Writes a page, but not over what was read.
  public func write(_ page: DatasetPage, besides read: [String]) throws {
    guard let path else { return try Terminal.print(page.html) }
    try OverwriteGuard(replaces: replaces).check([path], inputs: read)
    try Folder.make(Path.folder(of: path))
    try OutputFile.write(Array(page.html.utf8), to: path)
    Terminal.message("wrote \(path)")
  }
}
