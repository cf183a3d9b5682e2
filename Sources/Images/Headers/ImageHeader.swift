import Glibc

/// What a picture's header says of it; no pixel is read.
///
/// Sizes are as stored, before any EXIF rotation, and as claimed: whether the pixels are there, only
/// decoding can tell.
public struct ImageHeader: Sendable, Equatable {
  public var format: ImageFormat
  /// Pixels, 1 to 2³¹ − 1, so that an area never overflows.
  public var width: Int
  /// Pixels, 1 to 2³¹ − 1.
  public var height: Int
  /// Samples a pixel as stored, alpha among them; 1 for a palette's index.
  public var channels: Int
  /// Bits a sample; for a palette, those of the index.
  public var bitDepth: Int
  public var colourModel: ColourModel
  /// Whether there is alpha, as a channel or in the palette. Not looked for in GIF.
  public var hasAlpha: Bool
  /// EXIF's number, 1...8: 1 is upright, also where none or nonsense is given.
  public var orientation: Int

  public init(
    format: ImageFormat, width: Int, height: Int, channels: Int, bitDepth: Int,
    colourModel: ColourModel, hasAlpha: Bool = false, orientation: Int = 1
  ) {
    self.format = format
    self.width = width
    self.height = height
    self.channels = channels
    self.bitDepth = bitDepth
    self.colourModel = colourModel
    self.hasAlpha = hasAlpha
    self.orientation = orientation
  }

  /// Whether upright display turns it by a quarter: orientations 5 to 8.
  public var isTurned: Bool { orientation >= 5 }
  /// Pixels across as shown.
  public var uprightWidth: Int { isTurned ? height : width }
  /// Pixels down as shown.
  public var uprightHeight: Int { isTurned ? width : height }
  public var isGrey: Bool { colourModel == .grey }
  public var isPalette: Bool { colourModel == .palette }
  public var isCMYK: Bool { colourModel == .cmyk }
}

extension ImageHeader {
  /// Reads the header of the file at `path`, usually with one or two reads of 1 KB.
  ///
  /// - Throws: `notFound` or `unreadable` for the file, `notAnImage`, `unsupported`, `truncated` or
  ///   `corrupt` for what stands in it.
  public static func read(path: String) throws(ImageError) -> ImageHeader {
    try read(path: path, in: AT_FDCWD)
  }

  /// As `read(path:)`, where a relative `path` starts at the open folder `directoryDescriptor`: cheaper
  /// than a long path for each of many files.
  public static func read(
    path: String, in directoryDescriptor: Int32
  ) throws(ImageError) -> ImageHeader {
    // Not blocking, so that a FIFO named like a picture ends in an error and not in a wait.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = openat(directoryDescriptor, path, flags)
    guard descriptor >= 0 else { throw ImageError(errno: errno) }
    defer { close(descriptor) }
    let window = UnsafeMutableRawBufferPointer.allocate(
      byteCount: ByteSource.windowSize, alignment: 16)
    defer { window.deallocate() }
    var source = ByteSource(descriptor: descriptor, window: window)
    return try parse(&source)
  }

  /// Reads the header from a file's bytes, or from as many of its first bytes as are at hand.
  ///
  /// - Throws: as `read(path:)`; `truncated` where the header goes on past the bytes given.
  public static func parse(_ bytes: [UInt8]) throws(ImageError) -> ImageHeader {
    try bytes.withUnsafeBufferPointer { buffer throws(ImageError) in
      try parse(UnsafeRawBufferPointer(buffer))
    }
  }

  /// As `parse(_:)` of an array; the memory is borrowed for the call.
  public static func parse(_ bytes: UnsafeRawBufferPointer) throws(ImageError) -> ImageHeader {
    var source = ByteSource(bytes)
    return try parse(&source)
  }

  private static func parse(_ source: inout ByteSource) throws(ImageError) -> ImageHeader {
    switch try ImageFormat(of: &source) {
    case .jpeg: try JPEGHeader.read(&source)
    case .png: try PNGHeader.read(&source)
    case .bmp: try BMPHeader.read(&source)
    case .gif: try GIFHeader.read(&source)
    case .tiff: try TIFFHeader.read(&source)
    case .webp: try WebPHeader.read(&source)
    case .netpbm: try NetpbmHeader.read(&source)
    }
  }

  /// The header itself, once its size, which stands at `offset`, is seen to be one.
  func sized(at offset: Int) throws(ImageError) -> ImageHeader {
    let sizes = 1...0x7FFF_FFFF
    guard sizes.contains(width), sizes.contains(height) else {
      throw .corrupt(
        "expected a width and height of 1 to 2147483647, found \(width) × \(height)", offset: offset
      )
    }
    return self
  }
}
