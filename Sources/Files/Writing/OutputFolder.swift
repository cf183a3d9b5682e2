import Glibc

/// A folder of files that appear together: written beside their final folder, synced, then renamed
/// into place.
///
/// A folder that did not exist appears complete; in an existing one, each file is replaced
/// completely.
public final class OutputFolder {
  /// The path as it was given.
  public let path: String
  /// The folder of the files until `commit()`.
  public let staging: String
  /// Whether the folder was there before.
  public let existed: Bool
  /// The file system that the folder is on.
  let device: UInt?
  private var folders: Set<String> = []
  private var written: [String] = []
  /// The links to files that are already on disk, made by `commit()`.
  var links: [LaterLink] = []
  /// The numbers of files placed by each method; links count once they are made.
  public private(set) var placed: [FilePlacement: Int] = [:]

  /// Begins a folder.
  ///
  /// - Throws: A `FileError` if nothing can be written beside `path`.
  public init(_ path: String) throws(FileError) {
    self.path = path
    let status = FileStatus(path)
    existed = status != nil
    if let status, !status.isFolder { throw FileError("write", path, code: ENOTDIR) }
    let home = existed ? path : Path.folder(of: path)
    UnfinishedFiles.removeAbandoned(of: path, in: home)
    let staging = UnfinishedFiles.path(for: path, in: home)
    self.staging = staging
    let made = UnfinishedFiles.add(staging) {
      // One of the same name can only be what a killed run has left.
      Folder.removeTree(staging)
      return mkdir(staging, 0o777)
    }
    guard made == 0 else { throw FileError("write", path) }
    device = FileStatus(staging)?.identity.device
  }

  deinit {
    UnfinishedFiles.remove(staging) { Folder.removeTree(staging) }
  }

  /// Writes a file of the folder; `relative` has `/` between its parts.
  public func write(_ bytes: [UInt8], to relative: String) throws(FileError) {
    let descriptor = try create(relative)
    defer { close(descriptor) }
    try UnfinishedFiles.write(bytes, to: descriptor, path: "\(path)/\(relative)")
  }

  /// Returns the descriptor of a new file of the folder, to be written and closed.
  func create(_ relative: String) throws(FileError) -> Int32 {
    let descriptor = try UnfinishedFiles.undisturbed { () throws(FileError) in
      try makeFolder(Path.folder(of: relative), below: staging)
      return open("\(staging)/\(relative)", O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { throw FileError("write", "\(path)/\(relative)") }
    written.append(relative)
    return descriptor
  }

  /// Puts all files in their place.
  public func commit() throws(FileError) {
    try synchronize()
    try UnfinishedFiles.undisturbed { () throws(FileError) in
      folders = []
      if existed { return try replaceFiles() }
      try makeLinks(below: staging)
      guard rename(staging, path) == 0 else { throw FileError("write", path) }
    }
  }

  /// Flushes the files to disk, many at once: one by one would take a round trip each.
  private func synchronize() throws(FileError) {
    guard written.count <= 16 else { return sync() }
    for relative in written {
      let descriptor = open("\(staging)/\(relative)", O_RDONLY | O_CLOEXEC)
      defer { close(descriptor) }
      guard fsync(descriptor) == 0 else { throw FileError("write", "\(path)/\(relative)") }
    }
  }

  /// Counts a file that was placed.
  func count(_ placement: FilePlacement) { placed[placement, default: 0] += 1 }

  private func replaceFiles() throws(FileError) {
    try makeLinks(below: path)
    for relative in written {
      try makeFolder(Path.folder(of: relative), below: path)
      guard rename("\(staging)/\(relative)", "\(path)/\(relative)") == 0 else {
        throw FileError("replace", "\(path)/\(relative)")
      }
    }
    // A program may end before this object goes.
    Folder.removeTree(staging)
  }

  func makeFolder(_ relative: String, below root: String) throws(FileError) {
    guard relative != ".", !folders.contains(relative) else { return }
    try makeFolder(Path.folder(of: relative), below: root)
    guard mkdir("\(root)/\(relative)", 0o777) == 0 || errno == EEXIST else {
      throw FileError("write", "\(path)/\(relative)")
    }
    folders.insert(relative)
  }
}
