import Glibc

/// The properties in an image's header; no pixel is read.
///
/// Sizes are as stored, before any EXIF rotation, and as claimed: only decoding can show whether
/// the pixels are there.
public struct ImageHeader: Sendable, Equatable {
  /// The format of the file.
  public var format: ImageFormat
  /// The width in pixels, 1 to 2³¹ − 1, so that an area never overflows.
  public var width: Int
  /// The height in pixels, 1 to 2³¹ − 1.
  public var height: Int
  /// The number of stored samples for each pixel, alpha included; 1 for a palette's index.
  public var channels: Int
  /// The number of bits of each sample; for a palette, those of the index.
  public var bitDepth: Int
  /// The colour model of the samples.
  public var colourModel: ColourModel
  /// Whether there is alpha, as a channel or in the palette. It is not detected in GIF.
  public var hasAlpha: Bool
  /// The EXIF orientation, 1...8: 1 is upright, also if none or an invalid one is given.
  public var orientation: Int

  /// Creates a header.
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

  /// Whether upright display turns the image by a quarter: orientations 5 to 8.
  public var isTurned: Bool { orientation >= 5 }
  /// The width in pixels as displayed.
  public var uprightWidth: Int { isTurned ? height : width }
  /// The height in pixels as displayed.
  public var uprightHeight: Int { isTurned ? width : height }
  /// Whether the colour model is grey.
  public var isGrey: Bool { colourModel == .grey }
  /// Whether the colour model is a palette.
  public var isPalette: Bool { colourModel == .palette }
  /// Whether the colour model is CMYK.
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

  /// Reads the header as `read(path:)`; a relative `path` starts at the open folder
  /// `directoryDescriptor`. This is faster than a long path for each of many files.
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

  /// Reads the header from a file's bytes, or from its first bytes as far as they are available.
  ///
  /// - Throws: The errors of `read(path:)`; `truncated` if the header continues past the given
  ///   bytes.
  public static func parse(_ bytes: [UInt8]) throws(ImageError) -> ImageHeader {
    try bytes.withUnsafeBufferPointer { buffer throws(ImageError) in
      try parse(UnsafeRawBufferPointer(buffer))
    }
  }

  /// Reads the header as `parse(_:)` of an array; the memory is borrowed for the call.
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

  /// Returns the header once the size at `offset` is found to be possible.
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
