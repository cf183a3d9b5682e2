/// A GIF of grey pixels without a table of colours, one code of 8 bits for each, as it is written here.
struct DrawnGIF {
  var screen = (width: 7, height: 5)
  /// Left, top, width and height.
  var frame = (0, 0, 7, 5)
  /// What stands between the screen and the frame.
  var before: [UInt8] = []
  /// The width that the codes begin with, less one, as the file says it.
  var leastBits: UInt8 = 8
  /// Codes, the end among them, 256 to clear the table and 257 to end.
  var codes: [Int]
  /// What stands behind the codes.
  var after: [UInt8] = [0x3B]

  /// The codes of a frame of `pixels`, none of which is compressed.
  static func plain(_ pixels: [UInt8]) -> [Int] { pixels.map(Int.init) + [257] }

  var bytes: [UInt8] {
    Array("GIF89a".utf8) + words([screen.width, screen.height]) + [0, 0, 0] + before + [0x2C]
      + words([frame.0, frame.1, frame.2, frame.3]) + [0, leastBits] + blocks + after
  }

  private func words(_ numbers: [Int]) -> [UInt8] {
    numbers.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  /// The codes as wide as the decoder's table has grown, in blocks of up to 255 bytes.
  private var blocks: [UInt8] {
    var (packed, held, count): ([UInt8], Int, Int) = ([], 0, 0)
    var (known, isFirst) = (258, true)
    for code in codes {
      held |= code << count
      count += min(Int.bitWidth - known.leadingZeroBitCount, 12)
      while count >= 8 {
        packed.append(UInt8(held & 0xFF))
        (held, count) = (held >> 8, count - 8)
      }
      if code == 256 {
        (known, isFirst) = (258, true)
      } else {
        // A decoder learns a string with every code but the first.
        if !isFirst, known < 4096 { known += 1 }
        isFirst = false
      }
    }
    if count > 0 { packed.append(UInt8(held)) }
    let starts = stride(from: 0, to: packed.count, by: 255)
    return starts.flatMap { start in
      let block = packed[start..<min(start + 255, packed.count)]
      return [UInt8(block.count)] + block
    } + [0]
  }
}
