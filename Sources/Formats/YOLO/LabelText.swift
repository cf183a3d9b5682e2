import COCO
import Files

/// The text of one label file after another, in one buffer, ended by a line feed.
///
/// UTF-16 becomes a byte a character, since nothing but ASCII means anything here.
final class LabelText {
  private let file = FileBuffer()
  /// Without the line feed that ends it.
  private(set) var count = 0
  /// Where the text begins, behind a byte order mark.
  private(set) var start = 0
  /// How many bytes of the file a byte of the text stands for.
  private var unit = 1

  var bytes: UnsafePointer<UInt8> { UnsafePointer(buffer) }
  private var buffer: UnsafeMutablePointer<UInt8> { file.bytes }

  /// Where in the file the byte at `index` stands.
  func offset(_ index: Int) -> Int { unit == 1 ? index : 2 + 2 * index }

  /// How many lines there are, blank ones too.
  var lineCount: Int {
    var lines = 1
    let buffer = buffer
    for index in 0..<count where buffer[index] == UInt8(ascii: "\n") { lines += 1 }
    return lines
  }

  /// Reads the file at `path`.
  func load(_ path: String) throws(FileError) {
    try file.load(path)
    count = file.count
    start = 0
    unit = 1
    if count >= 2 { dropMark() }
    buffer[count] = UInt8(ascii: "\n")
  }

  private func dropMark() {
    let buffer = buffer
    if count >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF {
      start = 3
    } else if buffer[0] == 0xFF, buffer[1] == 0xFE {
      narrow(low: 0)
    } else if buffer[0] == 0xFE, buffer[1] == 0xFF {
      narrow(low: 1)
    }
  }

  private func narrow(low: Int) {
    unit = 2
    let characters = (count - 2) / 2
    let buffer = buffer
    for index in 0..<characters {
      let isASCII = buffer[2 + 2 * index + 1 - low] == 0 && buffer[2 + 2 * index + low] < 0x80
      buffer[index] = isASCII ? buffer[2 + 2 * index + low] : 0xFF
    }
    count = characters
  }
}
