import COCO
import Glibc

/// The text of one label file after another, in one buffer, ended by a line feed.
///
/// UTF-16 becomes a byte a character, since nothing but ASCII means anything here.
final class LabelText {
  private var buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 65536)
  private var capacity = 65536
  /// Without the line feed that ends it.
  private(set) var count = 0
  /// Where the text begins, behind a byte order mark.
  private(set) var start = 0
  /// How many bytes of the file a byte of the text stands for.
  private var unit = 1

  init() {}

  deinit {
    buffer.deallocate()
  }

  var bytes: UnsafePointer<UInt8> { UnsafePointer(buffer) }

  /// Where in the file the byte at `index` stands.
  func offset(_ index: Int) -> Int { unit == 1 ? index : 2 + 2 * index }

  /// How many lines there are, blank ones too.
  var lineCount: Int {
    var lines = 1
    for index in 0..<count where buffer[index] == UInt8(ascii: "\n") { lines += 1 }
    return lines
  }

  /// Reads the file called `name` in a folder.
  func load(_ name: UnsafePointer<CChar>, in folder: OpenFolder) throws(FileError) {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = openat(folder.descriptor, name, flags)
    guard descriptor >= 0 else { throw FileError("open", String(cString: name)) }
    defer { close(descriptor) }
    count = 0
    while true {
      let room = capacity - count - 1
      let got = read(descriptor, buffer + count, room)
      if got < 0 {
        if errno == EINTR { continue }
        throw FileError("read", String(cString: name))
      }
      count += got
      // A regular file gives less than was asked for only at its end.
      if got < room { break }
      grow()
    }
    start = 0
    unit = 1
    if count >= 2 { dropMark() }
    buffer[count] = UInt8(ascii: "\n")
  }

  private func grow() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    larger.update(from: buffer, count: count)
    buffer.deallocate()
    buffer = larger
    capacity *= 2
  }

  private func dropMark() {
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
    for index in 0..<characters {
      let isASCII = buffer[2 + 2 * index + 1 - low] == 0 && buffer[2 + 2 * index + low] < 0x80
      buffer[index] = isASCII ? buffer[2 + 2 * index + low] : 0xFF
    }
    count = characters
  }
}
