public import COCO
import Glibc

/// A file or folder that the user named, with the files in it.
public struct InputTree: Sendable {
  /// The path as the user gave it.
  public let path: String
  public let isFolder: Bool
  /// The paths of the files below it, each beginning with `path`, in natural order; the file itself
  /// where it is one. Hidden files and folders are left out.
  public let files: [String]
  /// Folders that could not be listed.
  public let unreadable: [FileError]

  /// Lists the folders that lie up to `levels` below `path`, by default deep enough for any dataset
  /// and shallow enough to end where a folder is linked into itself. Throws a `FileError` where
  /// `path` does not exist.
  public init(_ path: String, levels: Int = 32) throws(FileError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileError("read", path) }
    self.path = path
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard isFolder else {
      files = [path]
      unreadable = []
      return
    }
    var walk = FolderWalk(levels: levels)
    walk.visit(path, depth: 0)
    guard walk.files.isEmpty == false || walk.failures.first?.path != path else {
      throw walk.failures[0]
    }
    files = walk.files.sorted(by: NaturalOrder.precedes)
    unreadable = walk.failures
  }

  /// The files that end in one of these, which are lower case and without dots.
  public func files(endingIn endings: String...) -> [String] {
    files.filter { endings.contains(Path.fileExtension($0)) }
  }
}

/// Collects the files below a folder.
private struct FolderWalk {
  var files: [String] = []
  var failures: [FileError] = []
  private let levels: Int

  init(levels: Int) {
    self.levels = levels
  }

  mutating func visit(_ folder: String, depth: Int) {
    guard let handle = opendir(folder) else {
      failures.append(FileError("list", folder))
      return
    }
    defer { closedir(handle) }
    var folders: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.utf8.first == UInt8(ascii: ".") { continue }
      let path = Path.join(folder, name)
      switch Int(entry.pointee.d_type) {
      case DT_REG: files.append(path)
      case DT_DIR: folders.append(path)
      default: if isFolder(path) { folders.append(path) } else { files.append(path) }
      }
    }
    guard depth < levels else { return }
    for folder in folders { visit(folder, depth: depth + 1) }
  }

  private func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
