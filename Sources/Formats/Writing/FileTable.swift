/// The files of an export, no two of one path.
struct FileTable {
  private(set) var files: [ExportedFile] = []
  private var places: [String: Int] = [:]

  var count: Int { files.count }

  func contains(_ path: String) -> Bool {
    places[path] != nil
  }

  /// Adds a file, unless there is one of this path: then its place is given back.
  mutating func add(_ path: String, _ bytes: [UInt8]) -> Int? {
    if let place = places[path] { return place }
    places[path] = files.count
    files.append(ExportedFile(path: path, contents: .bytes(bytes)))
    return nil
  }

  /// Whether the file at `place` holds just these bytes.
  func holds(_ bytes: [UInt8], at place: Int) -> Bool {
    if case .bytes(let own) = files[place].contents { return own == bytes }
    return false
  }
}
