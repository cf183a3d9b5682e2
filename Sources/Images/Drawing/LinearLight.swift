import Glibc

/// The tables between sRGB values and linear light, in which colours are mixed: half black and half
/// white is 188 and not 128.
enum LinearLight {
  /// The light, 0...65535, of each sRGB value.
  static let light: [UInt16] = (0...255).map {
    UInt16((Colour.linear(UInt8($0)) * 65535).rounded())
  }

  /// The sRGB value of each light, in steps of 16; the darkest values are more than one step apart.
  static let values: [UInt8] = (0...4096).map { step in
    let share = Double(step) * 16 / 65535
    let value = share <= 0.0031308 ? share * 12.92 : 1.055 * pow(share, 1 / 2.4) - 0.055
    return UInt8((min(value, 1) * 255).rounded())
  }

  /// Returns the place in `values` of a light that is given in 256ths.
  @inline(__always)
  static func step(_ light: Int) -> Int { (light + 2048) >> 12 }
}

/// A colour to draw with, and how much of it there is.
struct Ink {
  /// The light of red, green and blue, 0...65535.
  let light: (Int, Int, Int)
  let colour: Colour
  /// The strength; 256 is full.
  let strength: Int

  init(_ colour: Colour, opacity: Double) {
    self.colour = colour
    let table = LinearLight.light
    light = (
      Int(table[Int(colour.red)]), Int(table[Int(colour.green)]), Int(table[Int(colour.blue)])
    )
    strength = Int((min(max(opacity, 0), 1) * 256).rounded())
  }
}
