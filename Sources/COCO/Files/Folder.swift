import Glibc

/// Making and removing folders.
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

  /// Removes a file, or a folder with all that is in it; links are not followed.
  static func removeTree(_ path: String) {
    if unlink(path) == 0 || errno != EISDIR { return }
    guard let handle = opendir(path) else { return }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    closedir(handle)
    for name in names { removeTree("\(path)/\(name)") }
    rmdir(path)
  }
}
