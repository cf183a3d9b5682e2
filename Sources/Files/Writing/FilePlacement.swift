import Glibc

/// How a file gets a second place.
public enum FilePlacement: String, Sendable, CaseIterable {
  /// A second name of the same file; a copy where the file system has none.
  case link
  /// The same bytes once more.
  case copy
  /// A link that holds the absolute path.
  case symlink
}

extension OutputFolder {
  /// Places the file at `source` in the folder; `relative` has `/` between its parts.
  ///
  /// - Returns: how it was placed.
  /// - Throws: `FileError` for a file that cannot be read, and for what the system refuses, as on a full
  ///   disk.
  public func place(
    _ source: String, at relative: String, by placement: FilePlacement
  ) throws(FileError) -> FilePlacement {
    let code: Int32
    switch placement {
    case .copy: code = EXDEV
    case .link:
      // Links at the source lead to the file that is meant.
      code = try link(relative) {
        linkat(AT_FDCWD, source, AT_FDCWD, $0, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno
      }
    case .symlink:
      let target = Path.real(source) ?? source
      code = try link(relative) { Glibc.symlink(target, $0) == 0 ? 0 : errno }
    }
    switch code {
    case 0: return placement
    case EXDEV, EPERM, EMLINK, ENOTSUP, ENOSYS, EACCES:
      try copy(source, to: relative)
      return .copy
    default: throw FileError("link", source, code: code)
    }
  }

  /// Copies a file's bytes.
  private func copy(_ source: String, to relative: String) throws(FileError) {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw FileError("read", source) }
    defer { close(input) }
    let output = try create(relative)
    defer { close(output) }
    // FICLONE of linux/fs.h: both files share their bytes, where the file system can.
    if ioctl(output, 0x4004_9409, input) == 0 { return }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
      if count == 0 { return }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw FileError("read", source)
      }
      try UnfinishedFiles.write(
        Array(buffer[..<count]), to: output, path: Path.join(path, relative))
    }
  }
}

extension InputFile {
  /// Returns whether two files hold the same bytes; false where one cannot be read.
  public static func areEqual(_ left: String, _ right: String) -> Bool {
    guard let first = FileStatus(left), let second = FileStatus(right), first.size == second.size
    else { return false }
    if first.identity == second.identity { return true }
    guard let a = try? contents(left), let b = try? contents(right) else { return false }
    return a == b
  }
}
