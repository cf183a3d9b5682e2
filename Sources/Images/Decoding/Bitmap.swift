/// A decoded image: interleaved samples, row by row from the top, as stored before any EXIF
/// rotation.
public struct Bitmap: Sendable, Equatable {
  /// The default limit of pixels: 2²⁸, about 268 megapixels.
  public static let defaultPixelLimit = 1 << 28

  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The samples of a pixel: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGB and alpha.
  public let channels: Int
  /// The bits of a sample, 8 or 16.
  public let bitDepth: Int
  /// The `height * width * channels` samples; those of 16 bits are two bytes in the machine's
  /// order.
  public var pixels: [UInt8]
  /// The damage that libjpeg read past, in its words; the pixels may be wrong in places.
  public var warning: String?

  /// Creates an image from its samples.
  ///
  /// - Precondition: `pixels` holds as many bytes as the other values define.
  public init(
    width: Int, height: Int, channels: Int, bitDepth: Int = 8, pixels: [UInt8],
    warning: String? = nil
  ) {
    precondition(bitDepth == 8 || bitDepth == 16, "Bitmap: expected a bit depth of 8 or 16")
    precondition(
      pixels.count == width * height * channels * (bitDepth / 8),
      "Bitmap: expected \(width) × \(height) × \(channels) samples")
    self.width = width
    self.height = height
    self.channels = channels
    self.bitDepth = bitDepth
    self.pixels = pixels
    self.warning = warning
  }

  /// The sample of `channel` in column `x` from the left and row `y` from the top, 0...255 or
  /// 0...65535 by `bitDepth`.
  public subscript(x x: Int, y y: Int, channel channel: Int = 0) -> UInt16 {
    sample((y * width + x) * channels + channel)
  }

  private func sample(_ index: Int) -> UInt16 {
    if bitDepth == 8 { return UInt16(pixels[index]) }
    return pixels.withUnsafeBytes { $0.load(fromByteOffset: index * 2, as: UInt16.self) }
  }

  /// Returns the same image in three channels of 8 bits: grey repeated, alpha dropped, the upper
  /// half of 16 bits kept.
  public func rgb() -> Bitmap {
    if channels == 3, bitDepth == 8 { return self }
    let isColour = channels >= 3
    let shift = bitDepth - 8
    var target: [UInt8] = []
    target.reserveCapacity(width * height * 3)
    for pixel in 0..<width * height {
      for channel in 0..<3 {
        let value = sample(pixel * channels + (isColour ? channel : 0))
        target.append(UInt8(truncatingIfNeeded: value >> shift))
      }
    }
    return Bitmap(width: width, height: height, channels: 3, pixels: target, warning: warning)
  }
}
