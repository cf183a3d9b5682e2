import CImageCodecs

extension Bitmap {
  /// The picture as a PNG file of 8 bits a sample, in grey where it has one channel, else in RGB;
  /// alpha is dropped, of 16 bits the upper half is kept.
  ///
  /// - Throws: `unsupported` for a size that libpng does not take, such as none.
  public func png() throws(ImageError) -> [UInt8] {
    let picture = channels == 1 && bitDepth == 8 ? self : rgb()
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
}
