import COCO
import Files

/// The files of an export, no two of one path.
struct WrittenFiles {
  private(set) var files: [ExportedFile] = []
  private var places: [String: Int] = [:]
  /// The images of the files, by the files' places; empty for other files.
  private var pictures: [String] = []

  var count: Int { files.count }

  /// Returns the name of the image of a file of this path; nil if there is no such file.
  func picture(of path: String) -> String? {
    places[path].map { pictures[$0] }
  }

  /// Adds a file, unless there is one of this path: then its place is returned.
  mutating func add(_ path: String, _ bytes: [UInt8], of picture: String = "") -> Int? {
    if let place = places[path] { return place }
    places[path] = files.count
    pictures.append(picture)
    files.append(ExportedFile(path: path, contents: .bytes(bytes)))
    return nil
  }

  /// Returns whether the file at `place` holds just these bytes.
  func holds(_ bytes: [UInt8], at place: Int) -> Bool {
    if case .bytes(let own) = files[place].contents { return own == bytes }
    return false
  }
}

/// The paths of label files, made from names in the data.
enum LabelPath {
  /// Returns the image's path without its ending and without parts that lead out of the folder or
  /// cannot be part of a path: `/data/../a\n.jpg` gives `data/a_`, which is counted. Returns nil if
  /// nothing is left.
  static func stem(of fileName: String, losses: inout LossCounts) -> String? {
    let safe = inside(fileName)
    if safe.isEmpty { return nil }
    if safe != fileName { losses.add(.movedPictures) }
    return Path.withoutExtension(safe)
  }

  /// Returns the name as a path that stays within the folder it is joined to.
  static func inside(_ name: String) -> String {
    if isSafe(name) { return name }
    let parts = name.split(separator: "/").filter { $0 != "." && $0 != ".." }
    return parts.map { part in
      String(String.UnicodeScalarView(part.unicodeScalars.map { $0.value < 0x20 ? "_" : $0 }))
    }.joined(separator: "/")
  }

  /// Returns whether `inside` has nothing to change. It may return false for a safe name that
  /// contains `/.`.
  static func isSafe(_ name: String) -> Bool {
    var previous = UInt8(ascii: "/")
    for byte in name.utf8 {
      if byte < 0x20 { return false }
      let beginsPart = previous == UInt8(ascii: "/")
      if beginsPart, byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") { return false }
      previous = byte
    }
    return previous != UInt8(ascii: "/")
  }
}
