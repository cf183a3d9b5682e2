import Glibc
import Testing

@testable import Images

/// A grey picture that is drawn for a test.
private struct Drawing {
  let width: Int
  let height: Int
  private(set) var luma: [Double]

  init(_ width: Int, _ height: Int, _ level: (Double, Double) -> Double) {
    (self.width, self.height) = (width, height)
    luma = (0..<(width * height)).map { index in
      level(Double(index % width) / Double(width), Double(index / width) / Double(height))
    }
  }

  /// Dark strokes on light paper.
  static func strokes(_ seed: UInt64, _ width: Int = 160, _ height: Int = 120) -> Drawing {
    var random = DrawingRandom(seed)
    var points: [(Double, Double)] = []
    var (x, y) = (random.unit() * 0.6 + 0.2, random.unit() * 0.6 + 0.2)
    for _ in 0..<7 {
      points.append((x, y))
      x = min(max(x + random.unit() * 0.4 - 0.2, 0.05), 0.95)
      y = min(max(y + random.unit() * 0.4 - 0.2, 0.05), 0.95)
    }
    let (pen, ink) = (0.012 + random.unit() * 0.03, random.unit() * 70)
    return Drawing(width, height) { x, y in
      let nearest = zip(points, points.dropFirst()).map { distance(x, y, $0, $1) }.min() ?? 1
      return nearest < pen ? ink : 240
    }
  }

  /// A bright fan with dark cysts, as ultrasound shows it.
  static func fan(_ seed: UInt64, _ width: Int = 160, _ height: Int = 120) -> Drawing {
    var random = DrawingRandom(seed)
    let cysts = (0..<3).map { _ in
      (random.unit() * 0.5 + 0.25, random.unit() * 0.7 + 0.15, random.unit() * 0.08 + 0.04)
    }
    return Drawing(width, height) { x, y in
      let beam = 190 * exp(-pow((x - 0.5) / (0.2 + 0.3 * y), 2)) * exp(-y)
      return cysts.contains { hypot(x - $0.0, y - $0.1) < $0.2 } ? beam * 0.3 : beam
    }
  }

  private static func distance(
    _ x: Double, _ y: Double, _ a: (Double, Double), _ b: (Double, Double)
  ) -> Double {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1)
    let length = max(dx * dx + dy * dy, 1e-12)
    let part = min(max(((x - a.0) * dx + (y - a.1) * dy) / length, 0), 1)
    return hypot(x - a.0 - part * dx, y - a.1 - part * dy)
  }

  func changed(_ change: (Int, Double) -> Double) -> Drawing {
    var copy = self
    for index in luma.indices { copy.luma[index] = change(index, luma[index]) }
    return copy
  }

  func signature(orientation: Int = 1) -> [Int8] {
    var survey = LumaSurvey()
    survey.start(width: width, height: height, orientation: orientation)
    let bytes = luma.map { UInt8(min(max($0, 0), 255)) }
    bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<height {
        if let start = bytes.baseAddress { survey.add(start + row * width) }
      }
    }
    return survey.measurement.detail
  }

  /// The same picture, its pixels turned by 180°.
  var upsideDown: Drawing {
    var copy = self
    copy.luma.reverse()
    return copy
  }
}

private struct DrawingRandom {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func unit() -> Double {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Double(state >> 11) / Double(1 << 53)
  }
}

struct DetailSignatureTests {
  private static func correlation(_ a: [Int8], _ b: [Int8]) -> Double {
    let pairs = zip(a, b).map { (Double($0), Double($1)) }
    let product = pairs.reduce(0) { $0 + $1.0 * $1.1 }
    let norms = pairs.reduce((0, 0)) { ($0.0 + $1.0 * $1.0, $0.1 + $1.1 * $1.1) }
    return product / (norms.0 * norms.1).squareRoot()
  }

  @Test(arguments: [1, 2])
  func `other drawings on plain ground have other details`(_ kind: Int) {
    let signatures = (1...24).map { seed in
      (kind == 1 ? Drawing.strokes(seed) : .fan(seed)).signature()
    }
    for (index, first) in signatures.enumerated() {
      for second in signatures[(index + 1)...] {
        #expect(Self.correlation(first, second) < 0.75)
      }
    }
  }

  @Test(arguments: 1...4)
  func `a copy has the same details`(_ seed: UInt64) {
    for (drawing, larger) in [
      (Drawing.strokes(seed), Drawing.strokes(seed, 413, 331)),
      (.fan(seed), .fan(seed, 90, 71)),
    ] {
      let signature = drawing.signature()
      var random = DrawingRandom(seed)
      let noisy = drawing.changed { _, level in level + random.unit() * 16 - 8 }
      let lighter = drawing.changed { _, level in level * 0.8 + 30 }
      for copy in [larger, noisy, lighter] {
        #expect(Self.correlation(signature, copy.signature()) > 0.85)
      }
    }
  }

  @Test func `a picture turned by EXIF has the details of one turned by its pixels`() {
    let drawing = Drawing.strokes(4)
    #expect(drawing.signature(orientation: 3) == drawing.upsideDown.signature())
  }

  @Test func `a plain picture has none`() {
    #expect(Drawing(50, 40) { _, _ in 128 }.signature() == [])
    #expect(Drawing(1, 1) { _, _ in 7 }.signature() == [])
  }
}
