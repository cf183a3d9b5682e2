import COCO
import TestSupport
import Testing

@Suite struct BoxEdgesTests {
  @Test(arguments: [
    (190.0, 66.0, 256.0), (48.24, 147.73, 195.97), (0.1, 0.2, 0.3), (-5, 3, -2), (0, 0, 0),
    (1e6, 0.25, 1_000_000.25),
  ])
  func `edges are short decimals`(x: Double, width: Double, edge: Double) {
    #expect(Box(x: x, y: 0, width: width, height: 1).writtenX1 == edge)
    #expect(Box(x: 0, y: x, width: 1, height: width).writtenY1 == edge)
  }

  @Test func `an edge that was read is written again`() {
    var random = SeededNumbers(seed: 1)
    var changed: [(Double, Double)] = []
    for _ in 0..<10_000 {
      let digits = [1.0, 10, 100, 1000, 1e6][Int.random(in: 0..<5, using: &random)]
      let x0 = (Double.random(in: -100..<5000, using: &random) * digits).rounded() / digits
      let x1 = (Double.random(in: -100..<5000, using: &random) * digits).rounded() / digits
      if Box(x0: x0, y0: 0, x1: x1, y1: 1).writtenX1 != x1 { changed.append((x0, x1)) }
    }
    #expect(changed.isEmpty)
  }

  @Test func `extents come back to a billionth of a pixel`() {
    var random = SeededNumbers(seed: 2)
    var farthest = 0.0
    for _ in 0..<10_000 {
      let x = Double.random(in: -100..<50_000, using: &random)
      let width = Double.random(in: 0..<50_000, using: &random)
      let edge = Box(x: x, y: 0, width: width, height: 1).writtenX1
      farthest = max(farthest, abs(edge - x - width))
    }
    #expect(farthest < 1e-9)
  }
}
