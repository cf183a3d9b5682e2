import Console
import Files
import Glibc
import Torch

/// The pictures that a command line names.
enum PicturePaths {
  private static let endings = [
    "jpg", "jpeg", "png", "webp", "tif", "tiff", "bmp", "ppm", "pgm", "pbm", "pnm", "pam",
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
          "\(path): expected pictures (JPEG, PNG, WebP, TIFF, BMP or Netpbm) in the folder, found none"
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
      throw CommandFailure("\(path): expected names, one a line, found none")
    }
    return names
  }
}

/// The way from the value of `--weights` to a file.
enum WeightsFile {
  /// Returns the path of a file, or of a name in torch's cache. Throws, with where it is published,
  /// if neither is there.
  static func path(of name: String) throws -> String {
    var variables: [String: String] = [:]
    for variable in ["TORCH_HOME", "XDG_CACHE_HOME", "HOME"] {
      variables[variable] = getenv(variable).map { String(cString: $0) }
    }
    return try WeightsCache(environment: variables).path(of: name)
  }
}
