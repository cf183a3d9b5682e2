/// The header of the first image of a TIFF file (TIFF 6.0, sections 2 to 8; BigTIFF).
enum TIFFHeader {
  static func read(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    // The file's end shows when a read fails; BigTIFF's offsets are kept below 2^48 by the reader.
    let directory = try TIFFDirectory(&source, at: 0, count: 1 << 49)
    var fields = Fields()
    for index in 0..<directory.entryCount {
      try fields.note(directory.entry(index, &source), of: directory, &source)
    }
    guard let width = fields.width, let height = fields.height else {
      throw .corrupt("expected the tags ImageWidth and ImageLength", offset: 4)
    }
    guard fields.channels > 0, fields.bitDepth > 0 else {
      throw .corrupt(
        "expected samples of 1 bit or more, found \(fields.channels) of \(fields.bitDepth)",
        offset: 4)
    }
    return try ImageHeader(
      format: .tiff, width: width, height: height, channels: fields.channels,
      bitDepth: fields.bitDepth, colourModel: fields.colourModel, hasAlpha: fields.hasAlpha,
      orientation: fields.orientation
    ).sized(at: 4)
  }
}

/// The tags that make up a header, with TIFF's defaults.
private struct Fields {
  var width: Int?
  var height: Int?
  var bitDepth = 1
  var photometric = 0
  var channels = 1
  var orientation = 1
  var hasAlpha = false

  mutating func note(
    _ entry: TIFFDirectory.Entry, of directory: TIFFDirectory, _ source: inout ByteSource
  ) throws(ImageError) {
    guard isOurs(entry.tag), let value = try directory.value(entry, &source) else { return }
    switch entry.tag {
    case 256: width = value
    case 257: height = value
    case 258: bitDepth = value
    case 262: photometric = value
    case EXIF.orientationTag: orientation = EXIF.valid(value)
    case 277: channels = value
    // Extra samples: 1 and 2 are alpha, associated or not; 0 is anything.
    default: hasAlpha = value == 1 || value == 2
    }
  }

  private func isOurs(_ tag: UInt16) -> Bool {
    switch tag {
    case 256, 257, 258, 262, EXIF.orientationTag, 277, 338: true
    default: false
    }
  }

  var colourModel: ColourModel {
    switch photometric {
    case 0, 1, 4: .grey
    case 2, 6: .rgb
    case 3: .palette
    case 5: .cmyk
    default: .other
    }
  }
}

/// The one EXIF tag that changes an image's size (CIPA DC-008, 4.6.5.1.6).
enum EXIF {
  static let orientationTag: UInt16 = 274

  /// Returns the orientation in the TIFF block of `count` bytes at `offset`: 1 if there is none, or
  /// if the block is damaged, since the image is complete without it.
  static func orientation(_ source: inout ByteSource, at offset: Int, count: Int) -> Int {
    guard
      let directory = try? TIFFDirectory(&source, at: offset, count: count),
      let value = try? directory.first(orientationTag, &source)
    else { return 1 }
    return valid(value)
  }

  /// Returns `value` if it is an orientation, and 1 otherwise.
  static func valid(_ value: Int) -> Int {
    (1...8).contains(value) ? value : 1
  }
}
