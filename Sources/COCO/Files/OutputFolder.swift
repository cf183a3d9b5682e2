import Glibc

/// Files that appear together: written beside their folder, synced, then renamed into place.
///
/// A folder that did not exist appears whole; in one that did, each file is replaced whole.
public final class OutputFolder {
  public let path: String
  /// Where the files are until `commit()`.
  public let staging: String
  private let existed: Bool
  private var folders: Set<String> = []
  private var written: [String] = []

  /// Throws a `FileError` where nothing can be written beside `path`.
  public init(_ path: String) throws(FileError) {
    self.path = path
    var status = stat()
    existed = stat(path, &status) == 0
    if existed, status.st_mode & S_IFMT != S_IFDIR {
      throw FileError("write", path, code: ENOTDIR)
    }
    let parent = existed ? path : Path.folder(of: path)
    staging = "\(parent)/.\(Path.name(of: path)).\(getpid()).part"
    guard mkdir(staging, 0o777) == 0 else { throw FileError("write", path) }
  }

  deinit {
    removeStaging()
  }

  /// Writes a file of the folder; `relative` has `/` between its parts.
  public func write(_ bytes: [UInt8], to relative: String) throws(FileError) {
    try makeFolder(Path.folder(of: relative), below: staging)
    let target = "\(staging)/\(relative)"
    let descriptor = open(target, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError("write", "\(path)/\(relative)") }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        Glibc.write(descriptor, raw.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        throw FileError("write", "\(path)/\(relative)")
      }
    }
    written.append(relative)
  }

  /// Puts all files in their place.
  public func commit() throws(FileError) {
    // Once for all files: syncing each would take a disk round trip a file.
    sync()
    if !existed {
      guard rename(staging, path) == 0 else { throw FileError("write", path) }
      return
    }
    folders = []
    for relative in written {
      try makeFolder(Path.folder(of: relative), below: path)
      guard rename("\(staging)/\(relative)", "\(path)/\(relative)") == 0 else {
        throw FileError("replace", "\(path)/\(relative)")
      }
    }
  }

  private func makeFolder(_ relative: String, below root: String) throws(FileError) {
    guard relative != ".", !folders.contains(relative) else { return }
    try makeFolder(Path.folder(of: relative), below: root)
    guard mkdir("\(root)/\(relative)", 0o777) == 0 || errno == EEXIST else {
      throw FileError("write", "\(path)/\(relative)")
    }
    folders.insert(relative)
  }

  private func removeStaging() {
    for relative in written { unlink("\(staging)/\(relative)") }
    let all = Set(written.flatMap { Self.folders(above: $0) })
    for folder in all.sorted(by: >) { rmdir("\(staging)/\(folder)") }
    rmdir(staging)
  }

  private static func folders(above path: String) -> [String] {
    var folders: [String] = []
    var folder = Path.folder(of: path)
    while folder != "." {
      folders.append(folder)
      folder = Path.folder(of: folder)
    }
    return folders
  }
}
