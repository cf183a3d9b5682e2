import Console
import Files

/// The pictures that a command line names.
enum PicturePaths {
  private static let endings = ["jpg", "jpeg", "png"]

  /// Returns each path itself, or for a folder the JPEG and PNG files in it, in natural order.
  ///
  /// - Throws: `FileError` for a folder that cannot be listed, `CommandFailure` for one without
  ///   pictures.
  static func expanded(_ paths: [String]) throws -> [String] {
    try paths.flatMap { path -> [String] in
      guard Folder.exists(path) else { return [path] }
      var names = try Folder.entries(of: path).filter { !$0.isFolder }.map(\.name)
        .filter { endings.contains(Path.fileExtension($0).lowercased()) }
      guard !names.isEmpty else {
        throw CommandFailure("\(path): expected JPEG or PNG files in the folder, found none")
      }
      NaturalOrder.sort(&names)
      return names.map { Path.join(path, $0) }
    }
  }
}

/// The file of `--classes`.
enum ClassNames {
  /// Returns the names, one a line, without blank lines.
  static func read(_ path: String) throws -> [String] {
    let text = String(decoding: try InputFile.contents(path), as: UTF8.self)
    let names = text.split(whereSeparator: \.isNewline).map(String.init)
      .filter { !$0.allSatisfy(\.isWhitespace) }
    guard !names.isEmpty else {
      throw CommandFailure("\(path): expected names, one a line, found none")
    }
    return names
  }
}
