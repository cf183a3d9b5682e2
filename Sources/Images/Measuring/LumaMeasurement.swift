/// The measures of an image's luma, 0...255 for each pixel.
///
/// Luma is ITU-R BT.601's, as in JPEG and in Pillow's mode "L": 0.299 red, 0.587 green, 0.114 blue.
/// Alpha is dropped, CMYK converted to RGB without colour management, and of 16 bits the upper half
/// is taken. All but the hash is measured with at most 80 pixels on the longer side, to which a
/// larger image is reduced by averaging areas, so that no number grows with the resolution; a
/// smaller image stays as it is. A JPEG that is at least twice as large is decoded at a half, a
/// quarter or an eighth of its size.
public struct LumaMeasurement: Sendable, Equatable {
  /// The mean over all pixels.
  public var mean: Double
  /// The least value that at least 1 % of the pixels do not exceed.
  public var firstPercentile: UInt8
  /// The least value that at least 99 % of the pixels do not exceed.
  public var ninetyNinthPercentile: UInt8
  /// The entropy of the histogram (Shannon), 0...8 bits: 0 for a single tone.
  public var entropy: Double
  /// The variance of the Laplacian (Pech-Pacheco et al., 2000: the four neighbours less four times
  /// the pixel, over all pixels that have four) divided by 1 plus the mean square of the steps from
  /// a pixel to the one on its right and to the one below. It is small for a blurred image,
  /// whatever its contrast, and 5 for noise; nil if a side is then under 3 pixels.
  public var sharpness: Double?
  /// The 64 bits of the difference hash (Krawetz, "Kind of Like That", 2013): whether luma grows
  /// from each cell to the one on its right, in 8 rows of 9 cells that are averages of equal areas.
  ///
  /// It is of the image as displayed, so that one turned by EXIF and one turned by its pixels have
  /// the same. The first bit, of the upper left corner, is the highest. The hash is 0 for a single
  /// tone.
  public var differenceHash: UInt64
  /// The difference of each of 24×24 cells from the average of the 5×5 around it, row after row of
  /// the image as displayed, with the largest difference scaled to ±127; empty if none is half a
  /// step of luma.
  public var detail: [Int8]

  /// Creates the measures.
  public init(
    mean: Double, firstPercentile: UInt8, ninetyNinthPercentile: UInt8, entropy: Double,
    sharpness: Double?, differenceHash: UInt64, detail: [Int8] = []
  ) {
    self.mean = mean
    self.firstPercentile = firstPercentile
    self.ninetyNinthPercentile = ninetyNinthPercentile
    self.entropy = entropy
    self.sharpness = sharpness
    self.differenceHash = differenceHash
    self.detail = detail
  }
}

/// The conversion of a decoder's samples to luma.
enum LumaRow {
  /// The weights of `LumaMeasurement` in 2¹⁶ths; they add up to one.
  private static let (red, green, blue): (Int32, Int32, Int32) = (19595, 38470, 7471)

  /// Converts `count` pixels of 3 channels (RGB) or 4 (CMYK as Adobe writes it, 255 for no ink) to
  /// luma.
  static func convert(
    _ samples: UnsafePointer<UInt8>, channels: Int, into target: UnsafeMutablePointer<UInt8>,
    count: Int
  ) {
    if channels == 3 {
      for x in 0..<count {
        target[x] = luma(
          Int32(samples[3 * x]), Int32(samples[3 * x + 1]), Int32(samples[3 * x + 2]))
      }
    } else {
      for x in 0..<count {
        let black = Int32(samples[4 * x + 3])
        target[x] = luma(
          tinted(samples[4 * x], black), tinted(samples[4 * x + 1], black),
          tinted(samples[4 * x + 2], black))
      }
    }
  }

  @inline(__always)
  private static func luma(_ r: Int32, _ g: Int32, _ b: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: (red &* r &+ green &* g &+ blue &* b &+ 0x8000) >> 16)
  }

  @inline(__always)
  private static func tinted(_ colour: UInt8, _ black: Int32) -> Int32 {
    (Int32(colour) &* black &+ 127) / 255
  }
}
