/// One line of a `MeasurementCache`: fields between tabs, "-" for an absent one, numbers in
/// hexadecimal, those of type Double by their bits.
///
/// The fields are: checksum of the rest; size and time of the file; content hash; header; decoding
/// and its message; luma; path.
struct MeasurementRecord {
  var path: String
  var measurement: ImageMeasurement

  /// Appends the line and its end to `text`.
  func write(to text: inout [UInt8]) {
    var line = RecordWriter()
    line.number(UInt64(bitPattern: Int64(measurement.stamp.size)))
    line.number(UInt64(bitPattern: measurement.stamp.modificationTime))
    line.number(UInt64(truncatingIfNeeded: measurement.contentHash >> 64))
    line.number(UInt64(truncatingIfNeeded: measurement.contentHash))
    write(measurement.header, to: &line)
    write(measurement.decoding, to: &line)
    write(measurement.luma, to: &line)
    line.text(path)
    text += RecordWriter.hexadecimal(Self.checksum(line.bytes[...]))
    text += line.bytes
    text.append(UInt8(ascii: "\n"))
  }

  private func write(_ header: ImageHeader?, to line: inout RecordWriter) {
    guard let header else { return line.text("-") }
    line.text(header.format.rawValue)
    line.text(header.colourModel.rawValue)
    for number in [
      header.width, header.height, header.channels, header.bitDepth, header.hasAlpha ? 1 : 0,
      header.orientation,
    ] {
      line.number(UInt64(number))
    }
  }

  private func write(_ decoding: ImageMeasurement.Decoding, to line: inout RecordWriter) {
    let (kind, message) =
      switch decoding {
      case .whole: ("whole", "")
      case .truncated(let message): ("truncated", message)
      case .corrupt(let message): ("corrupt", message)
      case .undecoded(let message): ("undecoded", message)
      }
    line.text(kind)
    line.text(message)
  }

  private func write(_ luma: LumaMeasurement?, to line: inout RecordWriter) {
    guard let luma else { return }
    line.number(luma.mean.bitPattern)
    line.number(UInt64(luma.firstPercentile))
    line.number(UInt64(luma.ninetyNinthPercentile))
    line.number(luma.entropy.bitPattern)
    if let sharpness = luma.sharpness {
      line.number(sharpness.bitPattern)
    } else {
      line.text("-")
    }
    line.number(luma.differenceHash)
    line.bytes(luma.detail)
  }

  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { UInt64(truncatingIfNeeded: MurmurHash3.hash($0)) }
  }
}

/// A writer of the fields of a line, each after a tab.
struct RecordWriter {
  private(set) var bytes: [UInt8] = []

  mutating func number(_ number: UInt64) {
    bytes.append(UInt8(ascii: "\t"))
    bytes += String(number, radix: 16).utf8
  }

  /// Two digits each; "-" for none.
  mutating func bytes(_ values: [Int8]) {
    bytes.append(UInt8(ascii: "\t"))
    if values.isEmpty { bytes.append(UInt8(ascii: "-")) }
    for value in values {
      let byte = UInt8(bitPattern: value)
      bytes.append(Self.digits[Int(byte >> 4)])
      bytes.append(Self.digits[Int(byte & 15)])
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// Appends a text; tabs, line ends and backslashes are written as two characters.
  mutating func text(_ text: String) {
    bytes.append(UInt8(ascii: "\t"))
    for byte in text.utf8 {
      if let letter = RecordEscape.letter(of: byte) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(letter)
      } else {
        bytes.append(byte)
      }
    }
  }

  /// Returns a number in 16 digits.
  static func hexadecimal(_ number: UInt64) -> [UInt8] {
    let digits = Array(String(number, radix: 16).utf8)
    return [UInt8](repeating: UInt8(ascii: "0"), count: 16 - digits.count) + digits
  }
}

/// The characters that a field cannot hold, and the letters that stand for them.
enum RecordEscape {
  static func letter(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\t"): UInt8(ascii: "t")
    case UInt8(ascii: "\n"): UInt8(ascii: "n")
    case UInt8(ascii: "\\"): UInt8(ascii: "\\")
    default: nil
    }
  }

  static func byte(of letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "t"): UInt8(ascii: "\t")
    case UInt8(ascii: "n"): UInt8(ascii: "\n")
    case UInt8(ascii: "\\"): UInt8(ascii: "\\")
    default: nil
    }
  }
}
