/// Luma from the samples that a decoder gives for it.
enum LumaRow {
  /// The weights of `LumaMeasurement` in 2¹⁶ths; they add up to one.
  private static let (red, green, blue): (Int32, Int32, Int32) = (19595, 38470, 7471)

  /// Turns `count` pixels of 3 channels (RGB) or 4 (CMYK as Adobe writes it, 255 for no ink) into luma.
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
