import COCO
import Images
import Testing

@testable import Datasets

@Suite("Places of labels")
struct LabelPlacementTests {
  private func placed(_ boxes: [Box], name: String = "person", strong: Bool = false) -> [Box] {
    var placement = LabelPlacement(width: 640, height: 480, size: 14)
    for box in boxes { placement.add(name, .white, around: box, isStrong: strong) }
    return placement.chips().map(\.frame)
  }

  @Test func `a label stands above its box where there is room, else within it`() {
    #expect(placed([Box(x: 100, y: 100, width: 50, height: 60)]).first?.y1 == 100)
    #expect(placed([Box(x: 100, y: 5, width: 200, height: 60)]).first?.y0 == 5)
  }

  @Test(arguments: [false, true])
  func `labels lie within the picture, and none over another one`(strong: Bool) {
    let boxes = (0..<60).map { index in
      Box(x: Double(index * 83 % 600), y: Double(index * 47 % 450), width: 70, height: 40)
    }
    let extremes = [
      Box(x: -5e9, y: -5e9, width: 1e10, height: 1e10), Box(x: 639, y: 479, width: 9, height: 9),
    ]
    let frames = placed(boxes + extremes, strong: strong)
    #expect(frames.count > 20)
    for (index, frame) in frames.enumerated() {
      #expect(frame.x0 >= 0 && frame.y0 >= 0 && frame.x1 <= 640 && frame.y1 <= 480)
      for other in frames[(index + 1)...] {
        #expect(frame.intersectionOverUnion(other) == 0)
      }
    }
  }

  @Test func `a name of 300 letters is no wider than the picture`() {
    let frames = placed(
      [Box(x: 600, y: 300, width: 30, height: 30)], name: String(repeating: "w", count: 300))
    #expect(frames.count == 1)
    #expect(frames.allSatisfy { $0.x0 >= 0 && $0.x1 <= 640 })
  }
}
