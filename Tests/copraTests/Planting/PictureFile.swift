import Foundation
import TestSupport

/// Pictures of 128×96 pixels that look different, as files.
enum PictureFile {
  static let width = 128
  static let height = 96

  /// A picture for each number, coarse squares of many colours, as 8-bit RGB.
  static func colour(_ number: Int) -> [UInt8] {
    PNGFile.bytes(rows(number, channels: 3), width: width, kind: 2)
  }

  /// The same kind of picture as grey levels.
  static func grey(_ number: Int) -> [UInt8] {
    PNGFile.bytes(rows(number, channels: 1), width: width, kind: 0)
  }

  /// A grey picture, as RGB, of the level that `level` gives for x and y.
  static func toned(_ level: (Int, Int) -> Int) -> [UInt8] {
    let rows = (0..<height).map { y in
      (0..<width).flatMap { x in [UInt8](repeating: UInt8(level(x, y)), count: 3) }
    }
    return PNGFile.bytes(rows, width: width, kind: 2)
  }

  /// The picture of a number, its grain the other way round: other bytes that look the same.
  static func like(_ number: Int) -> [UInt8] {
    PNGFile.bytes(rows(number, channels: 3).map { $0.map { $0 ^ 7 } }, width: width, kind: 2)
  }

  /// A JPEG picture of 320×240 pixels of the samples, with EXIF orientation 3: upside down.
  static let turned: [UInt8] = {
    let sample = FileManager.default.contents(atPath: "\(Samples.folder)/csv/scene1.jpg")
    let directory: [UInt8] = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0]
    let payload = Array("Exif\0\0MM".utf8) + [0, 42, 0, 0, 0, 8] + directory
    let segment: [UInt8] = [0xFF, 0xE1, 0, UInt8(payload.count + 2)] + payload
    return [0xFF, 0xD8] + segment + (sample.map(Array.init) ?? []).dropFirst(2)
  }()

  private static func rows(_ number: Int, channels: Int) -> [[UInt8]] {
    var random = SeededNumbers(seed: UInt64(number))
    let squares = (0..<64).map { _ in UInt32(truncatingIfNeeded: random.next()) }
    return (0..<height).map { y in
      var row: [UInt8] = []
      for x in 0..<width {
        let square = squares[y / 12 * 8 + x / 16]
        for channel in 0..<channels {
          let level = UInt8(truncatingIfNeeded: square >> UInt32(8 * channel))
          row.append(level & 0xF8 | UInt8(x & 7))
        }
      }
      return row
    }
  }

  /// A mask: each rectangle's pixels have its position from 1, the ground 0.
  static func mask(_ boxes: [PlantBox], width: Int = width) -> [UInt8] {
    var rows = [[UInt8]](repeating: [UInt8](repeating: 0, count: width), count: height)
    for (value, box) in zip(UInt8(1)..., boxes) {
      for y in box.y..<box.y + box.height {
        for x in box.x..<box.x + box.width { rows[y][x] = value }
      }
    }
    return PNGFile.bytes(rows, width: width, kind: 0)
  }
}

/// A PNG file that is packed without compression.
private enum PNGFile {
  static func bytes(_ rows: [[UInt8]], width: Int, kind: UInt8) -> [UInt8] {
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let header = bigEndian(UInt32(width)) + bigEndian(UInt32(rows.count)) + [8, kind, 0, 0, 0]
    var pixels: [UInt8] = []
    for row in rows { pixels += [0] + row }
    let (low, high) = (UInt8(pixels.count & 0xFF), UInt8(pixels.count >> 8))
    let block: [UInt8] = [0x78, 0x01, 1, low, high, ~low, ~high]
    let stream = block + pixels + bigEndian(adler(pixels))
    return signature + chunk("IHDR", header) + chunk("IDAT", stream) + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + content
    var sum = UInt32.max
    for byte in checked { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ sum >> 8 }
    return bigEndian(UInt32(content.count)) + checked + bigEndian(~sum)
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in bytes {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    return high << 16 | low
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
