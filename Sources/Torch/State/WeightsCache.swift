import Glibc

/// The folder in which PyTorch's tools keep published weights, and the search for a file by its
/// name.
///
/// The convention is `torch.hub`'s: the folder is `$TORCH_HOME/hub/checkpoints`, where `TORCH_HOME`
/// is `$XDG_CACHE_HOME/torch` unless it is set, and `XDG_CACHE_HOME` is `~/.cache`. Nothing is
/// downloaded.
public struct WeightsCache: Sendable {
  private static let published = "https://download.pytorch.org/models/"

  /// The path of the folder; nil if the environment names no home.
  public let folder: String?

  /// Creates a cache from the environment.
  ///
  /// - Parameter environment: The variables by name; empty ones count as unset.
  public init(environment: [String: String]) {
    func variable(_ name: String) -> String? {
      guard let value = environment[name], !value.isEmpty else { return nil }
      return value
    }
    let home = variable("HOME")
    let cache = variable("XDG_CACHE_HOME") ?? home.map { "\($0)/.cache" }
    let torch = variable("TORCH_HOME") ?? cache.map { "\($0)/torch" }
    folder = torch.map { Self.expanded($0, home) + "/hub/checkpoints" }
  }

  /// Returns the path of a file of weights, such as `resnet18-f37072fd.pth`; a file that exists
  /// under the given path is returned as it is.
  ///
  /// - Throws: A `StateError` with the expected path and the address at which the file is
  ///   published.
  public func path(of name: String) throws(StateError) -> String {
    if Self.isFile(name) { return name }
    guard !name.contains("/") else { throw StateError(name, "no such file") }
    guard let folder else {
      throw StateError(
        name, "no such file, and expected TORCH_HOME, XDG_CACHE_HOME or HOME to be set")
    }
    let path = "\(folder)/\(name)"
    if Self.isFile(path) { return path }
    // Other files are published at no known address.
    let source =
      PublishedChecksum.digits(in: name) != nil
      ? ": it is published at \(Self.published)\(name)" : ""
    throw StateError(path, "no such file\(source)")
  }

  private static func expanded(_ path: String, _ home: String?) -> String {
    guard let home, path == "~" || path.hasPrefix("~/") else { return path }
    return home + path.dropFirst()
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }
}
