import CImageCodecs

/// The decoders of image files by format.
enum Decoder {
  /// Opens a decoder for `bytes`, once the claimed size is known to be within `pixelLimit`.
  static func open(
    _ bytes: UnsafeRawBufferPointer, samples: CopraSamples, pixelLimit: Int
  ) throws(ImageError) -> any PictureRows {
    try open(bytes, header: ImageHeader.parse(bytes), samples: samples, pixelLimit: pixelLimit)
  }

  /// Opens a decoder as `open(_:samples:pixelLimit:)`, with the header that was parsed from
  /// `bytes`.
  ///
  /// A JPEG may be decoded smaller, with at least `leastSide` pixels on its longer side; 0 requests
  /// full size.
  static func open(
    _ bytes: UnsafeRawBufferPointer, header: ImageHeader, samples: CopraSamples, pixelLimit: Int,
    leastSide: Int = 0
  ) throws(ImageError) -> any PictureRows {
    try check(width: header.width, height: header.height, pixelLimit: pixelLimit)
    guard samples != .labels || header.format == .png else {
      throw .unsupported(notAMask(header.format))
    }
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let count = bytes.count
    let rows: any PictureRows =
      switch header.format {
      case .png: try LibraryRows(CopraDecoderOpenPNG(start, count, samples))
      case .jpeg:
        try LibraryRows(CopraDecoderOpenJPEG(start, count, samples, UInt32(clamping: leastSide)))
      case .webp: try LibraryRows(CopraDecoderOpenWebP(start, count, samples))
      case .tiff: try LibraryRows(CopraDecoderOpenTIFF(start, count, samples))
      case .bmp: try BMPRows(bytes, samples: samples)
      case .netpbm: try NetpbmRows(bytes, samples: samples)
      case .gif: try LibraryRows(CopraDecoderOpenGIF(start, count))
      }
    // The decoder's own reading of the size is what the pixels are allocated by.
    try check(
      width: Int(rows.picture.width), height: Int(rows.picture.height), pixelLimit: pixelLimit)
    return rows
  }

  private static func notAMask(_ format: ImageFormat) -> String {
    format == .jpeg
      ? "expected a PNG mask, found a JPEG, whose values are not exact"
      : "expected a PNG mask, found a \(format.rawValue) file"
  }

  /// Throws the error that the header alone gives against decoding an image in colours.
  static func check(_ header: ImageHeader, pixelLimit: Int) throws(ImageError) {
    try check(width: header.width, height: header.height, pixelLimit: pixelLimit)
  }

  private static func check(width: Int, height: Int, pixelLimit: Int) throws(ImageError) {
    guard width * height <= pixelLimit else {
      throw .tooLarge(width: width, height: height, limit: pixelLimit)
    }
  }
}
