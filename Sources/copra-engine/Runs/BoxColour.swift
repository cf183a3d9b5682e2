import Images

/// The colour in which boxes of a category are drawn.
struct BoxColour {
  let name: String
  let colour: LabelImage.Colour

  /// Bright colours, of which neighbouring ids have unlike ones.
  private static let all = [
    BoxColour("red", 230, 25, 75), BoxColour("green", 60, 180, 75),
    BoxColour("yellow", 255, 225, 25), BoxColour("blue", 0, 130, 200),
    BoxColour("orange", 245, 130, 48), BoxColour("purple", 145, 30, 180),
    BoxColour("cyan", 70, 240, 240), BoxColour("magenta", 240, 50, 230),
    BoxColour("lime", 210, 245, 60),
  ]

  init(of category: Int) {
    self = Self.all[Int(category.magnitude % UInt(Self.all.count))]
  }

  private init(_ name: String, _ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.name = name
    colour = LabelImage.Colour(red: red, green: green, blue: blue)
  }
}
