import Console
import DetectionModels
import Files
import Glibc
import Torch

/// The pictures that a command line names.
enum PicturePaths {
  private static let endings = [
    "jpg", "jpeg", "png", "webp", "tif", "tiff", "gif", "bmp", "ppm", "pgm", "pbm", "pnm", "pam",
  ]

  /// Returns each path itself, or for a folder the pictures in it, in natural order.
  ///
  /// - Throws: `FileError` for a folder that cannot be listed, `CommandFailure` for one without
  ///   pictures.
  static func expanded(_ paths: [String]) throws -> [String] {
    try paths.flatMap { path -> [String] in
      guard Folder.exists(path) else { return [path] }
      var names = try Folder.entries(of: path).filter { !$0.isFolder }.map(\.name)
        .filter { endings.contains(Path.fileExtension($0).lowercased()) }
      guard !names.isEmpty else {
        throw CommandFailure(
          "\(path): expected images (JPEG, PNG, WebP, TIFF, GIF, BMP or Netpbm) in the folder, found "
            + "none"
        )
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
      throw CommandFailure("\(path): expected names, one per line, found none")
    }
    return names
  }
}

/// The way from the value of `--weights` to a file.
enum WeightsFile {
  /// Returns the path of a file, of a name in torch's cache, or of what torchvision calls `DEFAULT`,
  /// `COCO_V1` and the like.
  ///
  /// - Throws: a `CommandFailure` for a name that the model has no weights of; a `StateError`, with
  ///   where it is published, for a file that is not there.
  static func path(of text: String, among names: WeightsNames) throws -> String {
    let cache = WeightsCache(environment: environment)
    guard WeightsNames.isName(text), FileStatus(text) == nil else {
      return try cache.path(of: text)
    }
    guard let file = names.file(named: text) else {
      let known = names.all.isEmpty ? "none are published" : names.all.joined(separator: ", ")
      throw CommandFailure(
        "expected a file of weights or a name of published ones (\(known)), found \(text)")
    }
    return try cache.path(of: file)
  }

  private static var environment: [String: String] {
    var variables: [String: String] = [:]
    for variable in ["TORCH_HOME", "XDG_CACHE_HOME", "HOME"] {
      variables[variable] = getenv(variable).map { String(cString: $0) }
    }
    return variables
  }
}
