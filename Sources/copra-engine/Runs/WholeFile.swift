import COCO
import Console
import Files

/// Files that appear whole.
enum WholeFile {
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try OutputFile(path)
    try file.write(bytes)
    try file.commit()
    Terminal.message("wrote \(path)")
  }

  /// Finds out, before hours of work, whether a file can be written there.
  ///
  /// - Throws: a `FileError` where its folder is not there or cannot be written.
  static func check(_ path: String) throws {
    _ = try OutputFile(path)
  }
}
