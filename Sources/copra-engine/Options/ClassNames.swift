import COCO
import Console
import Files

/// The file of `--classes`.
enum ClassNames {
  /// The names, one a line; blank lines are left out.
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
