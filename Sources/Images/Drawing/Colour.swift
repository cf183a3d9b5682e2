import Glibc

/// A colour in sRGB, 0...255 each.
public struct Colour: Sendable, Hashable {
  /// The red value, 0...255.
  public var red: UInt8
  /// The green value, 0...255.
  public var green: UInt8
  /// The blue value, 0...255.
  public var blue: UInt8

  /// Creates a colour.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour black.
  public static let black = Colour(red: 0, green: 0, blue: 0)
  /// The colour white.
  public static let white = Colour(red: 255, green: 255, blue: 255)

  /// The relative luminance by WCAG 2, 0 for black to 1 for white.
  public var luminance: Double {
    0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
  }

  /// Returns WCAG 2's contrast of two colours, from 1 to 21; it requires 4.5 for text.
  public func contrast(with other: Colour) -> Double {
    let (first, second) = (luminance, other.luminance)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// The colour of text on this one: black or white, whichever has the higher contrast, which is at
  /// least 4.58.
  public var textColour: Colour {
    contrast(with: .black) >= contrast(with: .white) ? .black : .white
  }

  /// Returns the linear light of an sRGB value, 0...1.
  static func linear(_ value: UInt8) -> Double {
    let share = Double(value) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }
}
