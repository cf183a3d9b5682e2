import Glibc

/// The ways to give a file a second place.
public enum FilePlacement: String, Sendable, CaseIterable {
  /// The file gets a second name; it is copied if the file system does not support that.
  case link
  /// The same bytes once more.
  case copy
  /// A link that holds the absolute path.
  case symlink
}

extension OutputFolder {
  /// Places the file at `source` in the folder; `relative` has `/` between its parts.
  ///
  /// Links are made by `commit()`, since each appears complete and none costs much.
  ///
  /// - Throws: `FileError` for a file that cannot be copied, and if the system refuses, for example
  ///   on a full disk.
  public func place(
    _ source: String, at relative: String, by placement: FilePlacement
  ) throws(FileError) {
    let isElsewhere = placement == .link && FileStatus(source)?.identity.device != device
    if placement == .copy || isElsewhere {
      try copy(source, to: relative)
      count(.copy)
    } else {
      links.append(LaterLink(source: source, relative: relative, placement))
    }
  }

  /// Makes the links below `root`, the final place of the files.
  func makeLinks(below root: String) throws(FileError) {
    for link in links {
      try makeFolder(Path.folder(of: link.relative), below: root)
      try make(link, at: "\(root)/\(link.relative)")
    }
  }

  private func make(_ link: LaterLink, at path: String) throws(FileError) {
    switch link.name(path) {
    case 0: count(link.placement)
    case EEXIST:
      if FileStatus(path)?.identity == FileStatus(link.source)?.identity {
        return count(link.placement)
      }
      // Beside it first, so that there is always one of the two.
      let beside = "\(staging)/.link"
      let code = link.name(beside)
      guard code == 0 || link.placement == .link else { throw FileError("link", path, code: code) }
      if code != 0 { try copy(link.source, toNewFile: beside) }
      guard rename(beside, path) == 0 else { throw FileError("replace", path) }
      count(code == 0 ? link.placement : .copy)
    case EXDEV, EPERM, EMLINK, ENOTSUP, ENOSYS, EACCES:
      let beside = "\(staging)/.copy"
      try copy(link.source, toNewFile: beside)
      guard rename(beside, path) == 0 else { throw FileError("write", path) }
      count(.copy)
    case let code: throw FileError("link", link.source, code: code)
    }
  }

  private func copy(_ source: String, to relative: String) throws(FileError) {
    let output = try create(relative)
    defer { close(output) }
    try copyBytes(of: source, to: output, path: Path.join(path, relative))
  }

  private func copy(_ source: String, toNewFile path: String) throws(FileError) {
    let output = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o666)
    guard output >= 0 else { throw FileError("write", path) }
    defer { close(output) }
    try copyBytes(of: source, to: output, path: path)
    guard fsync(output) == 0 else { throw FileError("write", path) }
  }

  private func copyBytes(
    of source: String, to output: Int32, path: String
  ) throws(FileError) {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw FileError("read", source) }
    defer { close(input) }
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
      try UnfinishedFiles.write(Array(buffer[..<count]), to: output, path: path)
    }
  }
}

/// A link that is to be made once all files are written.
struct LaterLink {
  let source: String
  let relative: String
  let placement: FilePlacement

  init(source: String, relative: String, _ placement: FilePlacement) {
    self.source = source
    self.relative = relative
    self.placement = placement
  }

  /// Gives the file the name `path`. Returns 0, or the system's error number.
  func name(_ path: String) -> Int32 {
    let code =
      placement == .symlink
      ? symlink(Path.real(source) ?? source, path)
      // A link at the source leads to the file that is meant.
      : linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW)
    return code == 0 ? 0 : errno
  }
}

extension InputFile {
  /// Returns whether two files hold the same bytes; false if one cannot be read.
  public static func areEqual(_ left: String, _ right: String) -> Bool {
    guard let first = FileStatus(left), let second = FileStatus(right), first.size == second.size
    else { return false }
    if first.identity == second.identity { return true }
    guard let a = try? contents(left), let b = try? contents(right) else { return false }
    return a == b
  }
}
