/// A reader of a JPEG file's segments up to its frame header (ITU-T T.81, annex B), with the EXIF
/// orientation among them (CIPA DC-008, 4.7.2).
enum JPEGHeader {
  static func read(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    var position = 2
    var orientation: Int?
    while true {
      let marker = try nextMarker(&source, &position)
      // Markers that stand alone: TEM and the restarts, which no reader minds here.
      if marker == 0x01 || (0xD0...0xD7).contains(marker) { continue }
      // Start of image, end of image, start of scan.
      if (0xD8...0xDA).contains(marker) {
        throw .corrupt(
          "expected a frame header, found marker \(name(marker))", offset: position - 2)
      }
      let length = Int(try source.bigEndian16(at: position))
      guard length >= 2 else {
        throw .corrupt("expected a segment of 2 bytes or more, found \(length)", offset: position)
      }
      if isFrame(marker) {
        return try frame(&source, at: position, length: length, orientation: orientation ?? 1)
      }
      if marker == 0xE1, orientation == nil {
        orientation = exifOrientation(&source, at: position + 2, count: length - 2)
      }
      position += length
    }
  }

  /// Returns the next marker's second byte and moves `position` behind it. It skips fill bytes, and
  /// stray bytes between segments as libjpeg does.
  private static func nextMarker(
    _ source: inout ByteSource, _ position: inout Int
  ) throws(ImageError) -> UInt8 {
    while true {
      while try source.byte(at: position) != 0xFF { position += 1 }
      while try source.byte(at: position) == 0xFF { position += 1 }
      let marker = try source.byte(at: position)
      position += 1
      if marker != 0 { return marker }
    }
  }

  /// Returns whether a marker is one of SOF0 to SOF15, without DHT, JPG and DAC, which lie among
  /// them.
  private static func isFrame(_ marker: UInt8) -> Bool {
    (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
  }

  /// Returns the frame header whose length field is at `position`.
  private static func frame(
    _ source: inout ByteSource, at position: Int, length: Int, orientation: Int
  ) throws(ImageError) -> ImageHeader {
    let precision = Int(try source.byte(at: position + 2))
    let height = Int(try source.bigEndian16(at: position + 3))
    let width = Int(try source.bigEndian16(at: position + 5))
    let components = Int(try source.byte(at: position + 7))
    guard components > 0, length == 8 + 3 * components else {
      throw .corrupt(
        "expected a frame header of 8 bytes and 3 for each of \(components) components, found \(length)",
        offset: position)
    }
    guard (2...16).contains(precision) else {
      throw .corrupt("expected 2 to 16 bits a sample, found \(precision)", offset: position + 2)
    }
    guard height > 0 || width == 0 else {
      throw .corrupt(
        "expected a height, found 0 (left to a DNL marker, which decoders do not read)",
        offset: position + 3)
    }
    let colourModel: ColourModel =
      switch components {
      case 1: .grey
      case 3: .rgb
      case 4: .cmyk
      default: .other
      }
    return try ImageHeader(
      format: .jpeg, width: width, height: height, channels: components, bitDepth: precision,
      colourModel: colourModel, orientation: orientation
    ).sized(at: position + 3)
  }

  /// Returns the place of the file's EXIF block, which is a TIFF file of its own; nil if there is
  /// none.
  static func exifBlock(_ source: inout ByteSource) throws(ImageError) -> (offset: Int, count: Int)?
  {
    var position = 2
    while true {
      let marker = try nextMarker(&source, &position)
      if isFrame(marker) || (0xD8...0xDA).contains(marker) { return nil }
      if marker == 0x01 || (0xD0...0xD7).contains(marker) { continue }
      let length = Int(try source.bigEndian16(at: position))
      if marker == 0xE1, length >= 8, isEXIF(&source, at: position + 2) {
        return (position + 8, length - 8)
      }
      position += length
    }
  }

  /// Returns the orientation in an APP1 segment's payload; nil if that is not EXIF.
  private static func exifOrientation(
    _ source: inout ByteSource, at offset: Int, count: Int
  ) -> Int? {
    guard count >= 6, isEXIF(&source, at: offset) else { return nil }
    return EXIF.orientation(&source, at: offset + 6, count: count - 6)
  }

  /// Returns whether "Exif" and two zeros stand at `offset`; the second zero is sometimes another
  /// byte.
  private static func isEXIF(_ source: inout ByteSource, at offset: Int) -> Bool {
    (try? source.bigEndian32(at: offset)) == 0x4578_6966 && (try? source.byte(at: offset + 4)) == 0
  }

  private static func name(_ marker: UInt8) -> String {
    "FF " + String(marker, radix: 16, uppercase: true)
  }
}
