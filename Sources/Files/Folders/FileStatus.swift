import Glibc

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
