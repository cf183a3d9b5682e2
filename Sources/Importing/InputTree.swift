public import COCO
import Glibc

/// A file or folder that the user named, with the files in it.
public struct InputTree: Sendable {
  /// The path as the user gave it.
  public let path: String
  public let isFolder: Bool
  /// The paths of the files below it, each beginning with `path`, in natural order, a folder's own
  /// before those of its folders; the file itself where it is one. Hidden files and folders are left out.
  public let files: [String]
  /// Folders that could not be listed.
  public let unreadable: [FileError]

  /// Lists the folders that lie up to `levels` below `path`, by default deep enough for any dataset
  /// and shallow enough to end where a folder is linked into itself. Throws a `FileError` where
  /// `path` does not exist or is a file that may not be read.
  public init(_ path: String, levels: Int = 32) throws(FileError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileError("read", path) }
    self.path = path
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard isFolder else {
      guard access(path, R_OK) == 0 else { throw FileError("read", path) }
      files = [path]
      unreadable = []
      return
    }
    var walk = FolderWalk(levels: levels)
    walk.visit(path, depth: 0)
    guard walk.files.isEmpty == false || walk.failures.first?.path != path else {
      throw walk.failures[0]
    }
    files = walk.files
    unreadable = walk.failures
  }

  /// The files that end in one of these, which are lower case and without dots.
  public func files(endingIn endings: String...) -> [String] {
    files.filter { path in endings.contains { Path.ends(path, in: $0) } }
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
    let entries: [Folder.Entry]
    do {
      entries = try Folder.entries(of: folder).filter { $0.name.utf8.first != UInt8(ascii: ".") }
    } catch {
      failures.append(error)
      return
    }
    var folders = entries.filter(\.isFolder).map(\.name)
    var names = entries.filter { !$0.isFolder }.map(\.name)
    NaturalOrder.sort(&names)
    NaturalOrder.sort(&folders)
    files.reserveCapacity(files.count + names.count)
    for name in names { files.append(Path.join(folder, name)) }
    guard depth < levels else { return }
    for name in folders { visit(Path.join(folder, name), depth: depth + 1) }
  }
}
