/// The typeface of labels on images: DejaVu Sans Condensed, embedded in the program, so that none
/// is needed on the machine and the same text gives the same pixels.
///
/// It holds the letters of Latin, Greek and Cyrillic alphabets, figures and punctuation.
struct Typeface: Sendable {
  static let standard = Typeface(PackageResources.glyphs_bin)

  /// The height of letters above the baseline and their depth below it, as parts of the size.
  let (ascent, descent): (Double, Double)
  private var glyphs: [Character: Glyph] = [:]

  /// Reads what `make_glyphs.py` writes.
  private init(_ bytes: [UInt8]) {
    var source = GlyphReader(bytes)
    let scale = 1 / Double(source.number())
    ascent = Double(source.number()) * scale
    descent = Double(source.number()) * scale
    var code = 0
    var entries: [(character: Character, advance: Int, count: Int)] = []
    for _ in 0..<source.number() {
      code += source.number()
      let character = UnicodeScalar(UInt32(code)).map(Character.init) ?? " "
      entries.append((character, source.number(), source.number()))
    }
    for entry in entries {
      glyphs[entry.character] = Glyph(
        advance: Double(entry.advance) * scale, outline: source.outline(entry.count, scale: scale))
    }
  }

  /// Returns the glyph of a character, whether é is one scalar or two; nil if there is none.
  func glyph(of character: Character) -> Glyph? { glyphs[character] }
}

/// The shape of a letter whose size is 1, standing on the line y = 0.
struct Glyph: Sendable {
  /// The distance from the start of this letter to that of the next one.
  var advance: Double
  var outline: VectorPath
}

/// A reader of numbers and outlines, one after the other.
private struct GlyphReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func number() -> Int {
    var value = 0
    var shift = 0
    while position < bytes.count {
      let byte = Int(bytes[position])
      position += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return value
  }

  private mutating func difference() -> (value: Int, mark: Bool) {
    let number = number()
    return (Self.signed(number >> 1), number & 1 == 1)
  }

  private static func signed(_ zigzag: Int) -> Int { zigzag >> 1 ^ -(zigzag & 1) }

  /// Reads the contours in the next `count` bytes.
  mutating func outline(_ count: Int, scale: Double) -> VectorPath {
    let end = position + count
    var path = VectorPath()
    var (x, y) = (0, 0)
    while position < end {
      let contour = (0..<number()).map { _ in
        let (across, isOnCurve) = difference()
        x += across
        y += Self.signed(number())
        return CurvePoint(
          at: Point(x: Double(x) * scale, y: Double(y) * scale), isOnCurve: isOnCurve)
      }
      path.add(CurvePoint.flattened(contour))
    }
    return path
  }
}

/// A point of a TrueType outline: on the curve, or one that a quadratic curve bends towards.
private struct CurvePoint {
  /// The number of lines for a curve; a letter of 100 pixels then differs from it by a tenth of
  /// one.
  private static let steps = 5

  var at: Point
  var isOnCurve: Bool

  init(at point: Point, isOnCurve: Bool) {
    at = point
    self.isOnCurve = isOnCurve
  }

  private static func middle(_ first: Point, _ second: Point) -> Point {
    Point(x: (first.x + second.x) / 2, y: (first.y + second.y) / 2)
  }

  /// Returns the corners of lines along the contour. Between two points off the curve, their middle
  /// is on it.
  static func flattened(_ contour: [CurvePoint]) -> [Point] {
    var ring: [Point] = []
    for (index, point) in contour.enumerated() {
      let before = contour[(index + contour.count - 1) % contour.count]
      let after = contour[(index + 1) % contour.count]
      if point.isOnCurve {
        ring.append(point.at)
        continue
      }
      let start = before.isOnCurve ? before.at : middle(before.at, point.at)
      let end = after.isOnCurve ? after.at : middle(point.at, after.at)
      if !before.isOnCurve { ring.append(start) }
      for step in 1..<steps {
        let share = Double(step) / Double(steps)
        let rest = 1 - share
        let (first, second, third) = (rest * rest, 2 * rest * share, share * share)
        ring.append(
          Point(
            x: first * start.x + second * point.at.x + third * end.x,
            y: first * start.y + second * point.at.y + third * end.y))
      }
    }
    return ring
  }
}
