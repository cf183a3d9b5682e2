import Glibc

/// A file or folder that the user named, with the files in it.
public struct InputTree: Sendable {
  /// The path as the user gave it.
  public let path: String
  /// Whether the input is a folder.
  public let isFolder: Bool
  /// The paths of the files below it, each beginning with `path`, in natural order, a folder's own
  /// before those of its folders; the file itself where it is one. Hidden files and folders are left out.
  public let files: [String]
  /// Folders that could not be listed.
  public let unreadable: [FileError]
  /// The endings of the files' names, in lower case.
  private let endings: Set<String>
  /// Deep enough for any dataset, and shallow enough to end where a folder is linked into itself.
  public static let mostLevels = 32

  /// Lists the folders that lie up to `levels` below `path`. Throws a `FileError` where `path` does
  /// not exist or is a file that may not be read.
  public init(_ path: String, levels: Int = InputTree.mostLevels) throws(FileError) {
    guard try Self.isFolder(path) else {
      self.init(file: path)
      return
    }
    var walk = FolderWalk(levels: levels)
    walk.visit(path, depth: 0)
    try self.init(path, walk)
  }

  /// Lists as above, several of the folders in `path` at a time: listing and sorting thousands of
  /// names is a good part of the time that reading small files takes.
  public init(_ path: String, tasks: OrderedTasks) async throws {
    guard try Self.isFolder(path) else {
      self.init(file: path)
      return
    }
    var walk = FolderWalk()
    let folders = walk.list(path)
    let parts = try await tasks.map(folders.count) { index in
      var part = FolderWalk()
      part.visit(folders[index], depth: 1)
      return part
    }
    for part in parts { walk.add(part) }
    try self.init(path, walk)
  }

  private init(file path: String) {
    self.path = path
    isFolder = false
    files = [path]
    unreadable = []
    endings = [Path.fileExtension(path)]
  }

  private init(_ path: String, _ walk: FolderWalk) throws(FileError) {
    guard walk.files.isEmpty == false || walk.failures.first?.path != path else {
      throw walk.failures[0]
    }
    self.path = path
    isFolder = true
    files = walk.files
    unreadable = walk.failures
    endings = walk.endings
  }

  private static func isFolder(_ path: String) throws(FileError) -> Bool {
    if path == PipedInput.standardInput { return false }
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileError("read", path) }
    if status.st_mode & S_IFMT == S_IFDIR { return true }
    guard access(path, R_OK) == 0 else { throw FileError("read", path) }
    return false
  }

  /// Standard input or another pipe, if this is one and it can be read: its name tells nothing.
  public var pipedInput: InputFile? {
    !isFolder && PipedInput.isPiped(path) ? try? InputFile(path) : nil
  }

  /// Returns the files that end in one of these, which are lower case and without dots.
  public func files(endingIn endings: String...) -> [String] { files(endingIn: endings) }

  /// Returns the files with any of these endings, in lower case, as above.
  public func files(endingIn endings: [String]) -> [String] {
    let endings = endings.filter(self.endings.contains)
    if endings.isEmpty { return [] }
    return files.filter { path in endings.contains { Path.ends(path, in: $0) } }
  }
}

/// Collects the files below a folder.
private struct FolderWalk {
  private(set) var files: [String] = []
  private(set) var failures: [FileError] = []
  private(set) var endings: Set<String> = []
  private let levels: Int

  init(levels: Int = InputTree.mostLevels) {
    self.levels = levels
  }

  mutating func visit(_ folder: String, depth: Int) {
    let folders = list(folder)
    guard depth < levels else { return }
    for folder in folders { visit(folder, depth: depth + 1) }
  }

  /// Adds the files of a folder and returns the paths of the folders in it.
  mutating func list(_ folder: String) -> [String] {
    let entries: [Folder.Entry]
    do {
      entries = try Folder.entries(of: folder).filter { $0.name.utf8.first != UInt8(ascii: ".") }
    } catch {
      failures.append(error)
      return []
    }
    var folders = entries.filter(\.isFolder).map(\.name)
    var names = entries.filter { !$0.isFolder }.map(\.name)
    NaturalOrder.sort(&names)
    NaturalOrder.sort(&folders)
    files.reserveCapacity(files.count + names.count)
    var ending = ""
    for name in names {
      files.append(Path.join(folder, name))
      // Files of one folder mostly end alike.
      if !ending.isEmpty, Path.ends(name, in: ending) { continue }
      ending = Path.fileExtension(name)
      endings.insert(ending)
    }
    return folders.map { Path.join(folder, $0) }
  }

  /// Adds what another walk has found.
  mutating func add(_ other: FolderWalk) {
    files += other.files
    failures += other.failures
    endings.formUnion(other.endings)
  }
}
