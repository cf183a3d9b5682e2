import Files

extension MeasurementRecord {
  /// Reads a line; nil unless it is exactly as `write(to:)` writes one.
  init?(parsing line: UnsafeBufferPointer<UInt8>) {
    guard line.count > 16 else { return nil }
    let body = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(line)[16...])
    var sum = RecordReader(line: UnsafeBufferPointer(rebasing: line[..<16]))
    guard sum.number() == UInt64(truncatingIfNeeded: MurmurHash3.hash(body)) else { return nil }
    var reader = RecordReader(line: line, position: 17)
    guard
      let size = reader.number(), let time = reader.number(),
      let upper = reader.number(), let lower = reader.number(),
      let header = Self.header(&reader), let decoding = Self.decoding(&reader)
    else { return nil }
    var luma: LumaMeasurement?
    if decoding == .whole {
      guard header != .none, let found = Self.luma(&reader) else { return nil }
      luma = found
    }
    guard size <= UInt64(Int.max), let path = reader.text(), reader.isAtEnd else { return nil }
    self.path = path
    measurement = ImageMeasurement(
      stamp: FileStamp(size: Int(size), modificationTime: Int64(bitPattern: time)),
      contentHash: UInt128(upper) << 64 | UInt128(lower), header: header, decoding: decoding,
      luma: luma)
  }

  /// Returns the header; `.some(nil)` if the line has none.
  private static func header(_ reader: inout RecordReader) -> ImageHeader?? {
    guard let name = reader.text() else { return nil }
    if name == "-" { return .some(nil) }
    guard
      let format = ImageFormat(rawValue: name),
      let colourModel = reader.text().flatMap(ColourModel.init(rawValue:)),
      let width = reader.number(in: 1...0x7FFF_FFFF),
      let height = reader.number(in: 1...0x7FFF_FFFF),
      let channels = reader.number(in: 1...0xFFFF_FFFF),
      let bitDepth = reader.number(in: 1...0xFFFF_FFFF),
      let hasAlpha = reader.number(in: 0...1), let orientation = reader.number(in: 1...8)
    else { return nil }
    return ImageHeader(
      format: format, width: width, height: height, channels: channels, bitDepth: bitDepth,
      colourModel: colourModel, hasAlpha: hasAlpha == 1, orientation: orientation)
  }

  private static func decoding(_ reader: inout RecordReader) -> ImageMeasurement.Decoding? {
    guard let kind = reader.text(), let message = reader.text() else { return nil }
    return switch kind {
    case "whole" where message.isEmpty: .whole
    case "truncated": .truncated(message)
    case "corrupt": .corrupt(message)
    case "undecoded": .undecoded(message)
    default: nil
    }
  }

  private static func luma(_ reader: inout RecordReader) -> LumaMeasurement? {
    guard
      let mean = reader.double(in: 0...255),
      let first = reader.number(in: 0...255), let last = reader.number(in: first...255),
      let entropy = reader.double(in: 0...8)
    else { return nil }
    var sharpness: Double?
    if !reader.skipsAbsent() {
      guard let found = reader.double(in: 0...1_040_400) else { return nil }
      sharpness = found
    }
    guard let hash = reader.number(), let detail = reader.bytes(DetailSignature.side) else {
      return nil
    }
    return LumaMeasurement(
      mean: mean, firstPercentile: UInt8(first), ninetyNinthPercentile: UInt8(last),
      entropy: entropy, sharpness: sharpness, differenceHash: hash, detail: detail)
  }
}

/// A reader of the fields of a line, one after the other; nil for anything unexpected.
private struct RecordReader {
  let line: UnsafeBufferPointer<UInt8>
  var position = 0

  var isAtEnd: Bool { position > line.count }

  /// Returns the bytes up to the next tab or the end, and skips it.
  private mutating func field() -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard position <= line.count else { return nil }
    let start = position
    let end = line.firstIndex(of: UInt8(ascii: "\t"), from: start) ?? line.count
    position = end + 1
    return line[start..<end]
  }

  mutating func number() -> UInt64? {
    guard let digits = field(), (1...16).contains(digits.count) else { return nil }
    var value: UInt64 = 0
    for character in UnsafeBufferPointer(rebasing: digits) {
      guard let digit = Self.digit(character) else { return nil }
      value = value << 4 | UInt64(digit)
    }
    return value
  }

  /// Returns the value of a hexadecimal digit.
  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  /// Returns as many bytes as a square of this side has, or none.
  mutating func bytes(_ side: Int) -> [Int8]? {
    if skipsAbsent() { return [] }
    guard let digits = field(), digits.count == 2 * side * side else { return nil }
    let characters = UnsafeBufferPointer(rebasing: digits)
    var values: [Int8] = []
    values.reserveCapacity(side * side)
    for index in stride(from: 0, to: characters.count, by: 2) {
      guard let upper = Self.digit(characters[index]), let lower = Self.digit(characters[index + 1])
      else { return nil }
      values.append(Int8(bitPattern: upper << 4 | lower))
    }
    return values
  }

  mutating func number(in range: ClosedRange<Int>) -> Int? {
    number().flatMap { Int(exactly: $0) }.flatMap { range.contains($0) ? $0 : nil }
  }

  mutating func double(in range: ClosedRange<Double>) -> Double? {
    number().map(Double.init(bitPattern:)).flatMap { range.contains($0) ? $0 : nil }
  }

  /// Returns whether the next field is "-", and skips it then.
  mutating func skipsAbsent() -> Bool {
    let end = position + 1
    guard position < line.count, line[position] == UInt8(ascii: "-"),
      end == line.count || line[end] == UInt8(ascii: "\t")
    else { return false }
    position = end + 1
    return true
  }

  mutating func text() -> String? {
    guard let bytes = field() else { return nil }
    guard bytes.contains(UInt8(ascii: "\\")) else {
      return String(decoding: UnsafeBufferPointer(rebasing: bytes), as: UTF8.self)
    }
    var plain: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if isEscaped {
        guard let meant = RecordEscape.byte(of: byte) else { return nil }
        plain.append(meant)
      } else if byte != UInt8(ascii: "\\") {
        plain.append(byte)
      }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    return isEscaped ? nil : String(decoding: plain, as: UTF8.self)
  }
}
