/// A line of text in its size, ready to be drawn.
///
/// A character that the typeface lacks is drawn as a small box with its code in hexadecimal.
/// Characters without a width of their own, such as marks over letters and the controls of writing
/// direction, take no room; line ends and tabs are blanks. Text runs from left to right as it is
/// stored.
public struct TextLine: Sendable {
  /// The size of the letters in pixels.
  public let size: Double
  /// The width in pixels, from the start of the first letter to the end of the last one.
  public private(set) var width = 0.0
  /// Whether letters are left out at the end, with an ellipsis in their place.
  public private(set) var isCut = false
  /// The outline in pixels, with the baseline at y = 0.
  private(set) var outline = VectorPath()

  /// The height of letters above the baseline in pixels.
  public var ascent: Double { Typeface.standard.ascent * size }
  /// The depth of letters below the baseline in pixels.
  public var descent: Double { Typeface.standard.descent * size }

  /// The text, cut with an ellipsis to what fits `limit` pixels.
  ///
  /// - Parameter size: that of the typeface, pixels; capitals are about 0.73 of it.
  public init(_ text: String, size: Double, limit: Double = .infinity) {
    self.size = size
    let ellipsis = Self.glyphs(of: "…")[0]
    // How much of the line fits with an ellipsis behind it, and its width.
    var (fitting, fittingWidth) = (0, 0.0)
    var laid: [Glyph] = []
    for character in text {
      for glyph in Self.glyphs(of: character) {
        laid.append(glyph)
        width += glyph.advance * size
      }
      if width + ellipsis.advance * size <= limit { (fitting, fittingWidth) = (laid.count, width) }
      if width > limit {
        laid.removeSubrange(fitting...)
        laid.append(ellipsis)
        width = fittingWidth + ellipsis.advance * size
        isCut = true
        break
      }
    }
    var x = 0.0
    for glyph in laid {
      outline.add(glyph.outline, scale: size, x: x, y: 0)
      x += glyph.advance * size
    }
  }

  /// Returns what stands for a character: one glyph, none, or one for each of its parts.
  private static func glyphs(of character: Character) -> [Glyph] {
    if let glyph = Typeface.standard.glyph(of: character) { return [glyph] }
    if character.isNewline || character == "\t" { return glyphs(of: " ") }
    return character.unicodeScalars.compactMap { scalar in
      let properties = scalar.properties
      if properties.isWhitespace { return Typeface.standard.glyph(of: " ") }
      switch properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return nil
      default: break
      }
      if properties.isDefaultIgnorableCodePoint || properties.isEmojiModifier { return nil }
      return Typeface.standard.glyph(of: Character(scalar)) ?? codeBox(scalar)
    }
  }

  /// Returns a box that holds the code of a scalar, in two rows.
  private static func codeBox(_ scalar: UnicodeScalar) -> Glyph {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = String(repeating: "0", count: max(4 - digits.count, digits.count % 2)) + digits
    let columns = code.count / 2
    let (digitSize, line, gap) = (0.46, 0.05, 0.07)
    let step = (Typeface.standard.glyph(of: "0")?.advance ?? 0.6) * digitSize
    let inner = step * Double(columns) + 2 * gap
    let (upper, lower) = (-0.83, 0.17)
    var outline = VectorPath()
    outline.addRectangle(x0: gap, y0: upper, x1: gap + inner + 2 * line, y1: lower)
    // Turned the other way round, so that it is a hole.
    outline.add([
      Point(x: gap + line, y: upper + line), Point(x: gap + line, y: lower - line),
      Point(x: gap + line + inner, y: lower - line), Point(x: gap + line + inner, y: upper + line),
    ])
    for (index, digit) in code.enumerated() {
      guard let glyph = Typeface.standard.glyph(of: digit) else { continue }
      outline.add(
        glyph.outline, scale: digitSize,
        x: 2 * gap + line + step * Double(index % columns), y: index < columns ? -0.4 : 0.06)
    }
    return Glyph(advance: inner + 2 * line + 2 * gap, outline: outline)
  }
}

extension Canvas {
  /// Draws a line of text.
  ///
  /// - Parameter start: The start of the first letter on the baseline.
  public mutating func draw(_ line: TextLine, at start: Point, _ colour: Colour) {
    var outline = VectorPath()
    // Whole rows keep the feet and heads of letters crisp.
    outline.add(line.outline, scale: 1, x: start.x, y: start.y.rounded())
    fill(outline, colour)
  }
}
