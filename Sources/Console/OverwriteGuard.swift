import COCO
import Glibc

/// Refuses to overwrite what is read, and whatever exists unless the user says so.
public struct OverwriteGuard {
  /// Whether outputs that exist are replaced.
  public let replaces: Bool

  public init(replaces: Bool) {
    self.replaces = replaces
  }

  /// Throws for the first of the outputs that must not be written.
  public func check(_ outputs: [String], inputs: [String]) throws {
    var seen: Set<String> = []
    if let twice = outputs.first(where: { !seen.insert($0).inserted }) {
      throw CommandFailure("\(twice) would be written twice: two splits have this name")
    }
    let existing = outputs.compactMap { path in FileStatus(path).map { (path, $0) } }
    guard !existing.isEmpty else { return }
    let inputs = Set(inputs.compactMap { FileStatus($0)?.identity })
    for (path, status) in existing {
      guard status.isFile else {
        throw CommandFailure(
          "\(path) exists and is no file; copra replaces nothing but files")
      }
      if inputs.contains(status.identity) {
        throw CommandFailure("\(path) is an input; copra does not overwrite what it reads")
      }
      if !replaces { throw CommandFailure("\(path) exists; --force replaces it") }
    }
  }
}

/// What the system knows of a file, links followed.
public struct FileStatus: Sendable {
  /// What is the same for all names of one file.
  public struct Identity: Hashable, Sendable {
    let device: UInt
    let number: UInt
  }

  public let identity: Identity
  public let isFile: Bool
  public let isFolder: Bool

  /// Nil where nothing is there.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    identity = Identity(device: status.st_dev, number: status.st_ino)
    isFile = status.st_mode & S_IFMT == S_IFREG
    isFolder = status.st_mode & S_IFMT == S_IFDIR
  }
}
