import Glibc

/// The operations on folders: make, list, remove.
public enum Folder {
  /// Makes the folder and those above it, as far as they are missing.
  public static func make(_ path: String) throws(FileError) {
    if mkdir(path, 0o777) == 0 || errno == EEXIST || errno == EISDIR { return }
    guard errno == ENOENT, Path.folder(of: path) != path else {
      throw FileError("make folder", path)
    }
    try make(Path.folder(of: path))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw FileError("make folder", path) }
  }

  /// A file or folder in a folder, by its name; `isFolder` follows links.
  public struct Entry: Sendable {
    /// The last part of its path.
    public let name: String
    /// Whether the entry is a folder, or a link to one.
    public let isFolder: Bool
  }

  /// Returns the folder's entries, besides itself and the folder above, in the system's order.
  public static func entries(of path: String) throws(FileError) -> [Entry] {
    guard let handle = opendir(path) else { throw FileError("list", path) }
    defer { closedir(handle) }
    var entries: [Entry] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      switch Int(entry.pointee.d_type) {
      case DT_REG: entries.append(Entry(name: name, isFolder: false))
      case DT_DIR: entries.append(Entry(name: name, isFolder: true))
      default: entries.append(Entry(name: name, isFolder: exists(Path.join(path, name))))
      }
    }
    return entries
  }

  /// Returns whether there is a folder at `path`, links followed.
  public static func exists(_ path: String) -> Bool {
    FileStatus(path)?.isFolder ?? false
  }

  /// Removes a file, if there is one.
  public static func removeFile(_ path: String) throws(FileError) {
    guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else {
      throw FileError("remove", path)
    }
  }

  /// Removes a file, or a folder with all that is in it; links are not followed.
  static func removeTree(_ path: String) {
    if unlink(path) == 0 || errno != EISDIR { return }
    guard let entries = try? entries(of: path) else { return }
    for entry in entries { removeTree("\(path)/\(entry.name)") }
    rmdir(path)
  }
}

/// The system's account of a file, links followed.
public struct FileStatus: Sendable {
  /// The identity of a file, which is the same under all of its names.
  public struct Identity: Hashable, Sendable {
    let device: UInt
    let number: UInt
  }

  /// The identity, which all names of the file share.
  public let identity: Identity
  /// Whether the path leads to a regular file.
  public let isFile: Bool
  /// Whether the path leads to a folder.
  public let isFolder: Bool
  /// The size in bytes.
  public let size: Int

  /// Reads the status of the file at a path; nil if there is none.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    identity = Identity(device: status.st_dev, number: status.st_ino)
    isFile = status.st_mode & S_IFMT == S_IFREG
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    size = status.st_size
  }
}
