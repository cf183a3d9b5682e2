import Glibc

/// A folder that files are opened from by name alone.
public final class OpenFolder {
  /// With the slash that ends it, or empty for the current folder.
  private let prefix: String
  /// Negative where the folder cannot be opened, which opening any file then tells.
  public let descriptor: Int32

  /// The folder of the file at `path`. It need not be one that can be listed.
  public init(of path: String) {
    prefix = Path.prefix(of: path)
    descriptor = Glibc.open(Path.folder(of: path), __O_PATH | O_DIRECTORY | O_CLOEXEC)
  }

  /// Opens the file called `name` for reading; negative, with the system's error number, where it
  /// cannot be. Not blocking, so that a FIFO named like a file ends in an error and not in a wait.
  public func open(_ name: UnsafePointer<CChar>) -> Int32 {
    openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Whether the file at `path` lies directly in this folder.
  public func holds(_ path: String) -> Bool {
    Path.lies(path, directlyBelow: prefix)
  }
}
