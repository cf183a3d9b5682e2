import CImageCodecs

extension Bitmap {
  /// Returns the image as a PNG file of 8 bits a sample, in grey if it has one channel, or else in
  /// RGB; alpha is dropped, and of 16 bits the upper half is kept.
  ///
  /// - Throws: `unsupported` for a size that libpng refuses, such as none.
  public func png() throws(ImageError) -> [UInt8] {
    let picture = greyOrRGB()
    let size = (UInt32(clamping: width), UInt32(clamping: height))
    let channels = UInt32(picture.channels)
    var status = CopraStatus.done
    let limit = CopraPNGSizeLimit(size.0, size.1, channels)
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      var written = buffer.count
      status = CopraEncodePNG(
        picture.pixels, size.0, size.1, channels, buffer.baseAddress, &written)
      count = status == .done ? written : 0
    }
    guard status == .done else {
      throw .unsupported("expected a size that PNG can have, found \(width) × \(height)")
    }
    return bytes
  }

  /// Returns the image as a baseline JPEG file, in grey if it has one channel, or else in RGB, with
  /// colours at half the resolution; alpha is dropped, and of 16 bits the upper half is kept.
  ///
  /// - Parameter quality: The quality on libjpeg's scale, 1 to 100.
  /// - Throws: `unsupported` for a size that libjpeg refuses: none, or above 65,500 pixels.
  public func jpeg(quality: Int = 90) throws(ImageError) -> [UInt8] {
    let picture = greyOrRGB()
    var result: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = CopraEncodeJPEG(
      picture.pixels, UInt32(clamping: width), UInt32(clamping: height), UInt32(picture.channels),
      Int32(min(max(quality, 1), 100)), &result, &count)
    defer { CopraFreeJPEG(result) }
    guard status == .done, let result else {
      throw .unsupported("expected a size that JPEG can have, found \(width) × \(height)")
    }
    return Array(UnsafeBufferPointer(start: result, count: count))
  }

  private func greyOrRGB() -> Bitmap {
    channels == 1 && bitDepth == 8 ? self : rgb()
  }
}
