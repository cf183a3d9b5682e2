import COCO
import Console
import Files
import Formats

/// The pictures that a command line names.
enum PicturePaths {
  private static let endings = ["jpg", "jpeg", "png"]

  /// Each path itself, or, of a folder, the JPEG and PNG files in it, in natural order.
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
