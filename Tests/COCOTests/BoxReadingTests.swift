import COCO
import TestSupport
import Testing

/// Sound boxes of a seed on pictures of one size, and what other readings make of them.
private struct BoxSet {
  var width = 640
  var height = 480
  var boxes: [Box]

  init(seed: UInt64, count: Int, width: Int = 640, height: Int = 480, largest: Double = 0.6) {
    var random = SeededNumbers(seed: seed)
    (self.width, self.height) = (width, height)
    boxes = (0..<count).map { _ in
      let size = (
        Double.random(in: 8...(largest * Double(width)), using: &random).rounded(),
        Double.random(in: 8...(largest * Double(height)), using: &random).rounded()
      )
      return Box(
        x: Double.random(in: 0...(Double(width) - size.0), using: &random).rounded(),
        y: Double.random(in: 0...(Double(height) - size.1), using: &random).rounded(),
        width: size.0, height: size.1)
    }
  }

  func dataset(area: (Box) -> Double? = { $0.area }, _ change: (Box) -> Box = { $0 }) -> Dataset {
    var set = Dataset()
    set.images = boxes.indices.map {
      Image(id: $0 + 1, fileName: "\($0).jpg", width: width, height: height)
    }
    set.annotations = boxes.enumerated().map { index, box in
      Annotation(
        id: index + 1, imageID: index + 1, categoryID: 1, box: change(box), area: area(box))
    }
    return set
  }
}

struct BoxReadingTests {
  @Test(arguments: 1...60)
  func `sound boxes are what they are read as`(seed: Int) {
    for count in [1, 2, 3, 5, 9, 40, 300] {
      let largest = [0.05, 0.2, 0.6, 0.95][seed % 4]
      let (width, height) = [(640, 480), (480, 640), (500, 500), (64, 48)][seed / 4 % 4]
      let set = BoxSet(
        seed: UInt64(seed), count: count, width: width, height: height,
        largest: max(largest, 10 / 48))
      #expect(BoxReading(set.dataset()) == nil, "\(count)")
    }
  }

  @Test(arguments: 1...20)
  func `a few boxes past the edge are slips`(seed: Int) {
    let set = BoxSet(seed: UInt64(seed), count: 60)
    var dataset = set.dataset()
    for index in [3, 17, 40] { dataset.annotations[index].box?.width = 700 }
    #expect(BoxReading(dataset) == nil)
  }

  @Test func `corners are found by their areas, even of two boxes`() {
    let set = BoxSet(seed: 5, count: 2).dataset(area: \.area) { box in
      Box(x: box.x, y: box.y, width: box.x1, height: box.y1)
    }
    #expect(BoxReading(set)?.form == .corners)
  }

  @Test(arguments: 1...12)
  func `another reading of all boxes is found`(seed: Int) {
    let set = BoxSet(seed: UInt64(seed), count: 40)
    func form(_ change: (Box) -> Box) -> BoxReading.Form? {
      BoxReading(set.dataset(area: { _ in nil }, change))?.form
    }
    #expect(form { Box(x: $0.x, y: $0.y, width: $0.x1, height: $0.y1) } == .corners)
    #expect(
      form {
        Box(x: $0.x + $0.width / 2, y: $0.y + $0.height / 2, width: $0.width, height: $0.height)
      }
        == .centres)
    #expect(form { Box(x: $0.y, y: $0.x, width: $0.height, height: $0.width) } == .exchangedAxes)
    #expect(
      form { Box(x0: $0.x, y0: $0.y, x1: $0.width, y1: $0.height) } == .extents)
    #expect(
      form { Box(x: $0.x / 640, y: $0.y / 480, width: $0.width / 640, height: $0.height / 480) }
        == .fractions)
    #expect(
      form {
        Box(x: $0.x / 6.4, y: $0.y / 4.8, width: $0.width / 6.4, height: $0.height / 4.8)
      } == .percentages)
    let scaled = form { Box(x: $0.x * 3, y: $0.y * 3, width: $0.width * 3, height: $0.height * 3) }
    guard case .anotherScale(let factor)? = scaled else {
      Issue.record("expected another scale, found \(String(describing: scaled))")
      return
    }
    #expect(factor > 2 && factor <= 3)
  }

  @Test func `outlines decide where the edges do not`() {
    let set = BoxSet(seed: 9, count: 6, largest: 0.2)
    let noArea: (Box) -> Double? = { _ in nil }
    var corners = set.dataset(area: noArea) {
      Box(x: $0.x, y: $0.y, width: $0.x1, height: $0.y1)
    }
    var written = corners
    for (index, box) in set.boxes.enumerated() {
      corners.annotations[index].segmentation = .polygons(Polygons([box.ring]))
      written.annotations[index].segmentation = .polygons(
        Polygons([(written.annotations[index].box ?? box).ring]))
    }
    #expect(BoxReading(corners)?.form == .corners)
    #expect(BoxReading(written)?.form != .corners)
  }

  @Test(
    arguments: [(30, true), (2, false)])
  func `middles are found where not one of many boxes speaks against them`(past: Int, isFound: Bool)
  {
    // Small boxes all over, of which some reach past the picture when their middle is taken for a corner.
    let boxes = (0..<300).map { index -> Box in
      let side = index < past ? 60.0 : 6
      let middle = index < past ? 970.0 : 25 + Double(index * 3 % 900)
      return Box(x: middle, y: 35 + Double(index * 7 % 900), width: side, height: side)
    }
    let reading = BoxReading(count: boxes.count) { index in
      BoxReading.Sample(boxes[index], width: 1000, height: 1000)
    }
    #expect((reading?.form == .centres) == isFound)
  }

  @Test func `a detector's corners are found as those of a set`() {
    let set = BoxSet(seed: 3, count: 30)
    let detections = set.boxes.enumerated().map { index, box in
      Detection(
        imageID: index + 1, categoryID: 1, score: 0.5,
        box: Box(x: box.x, y: box.y, width: box.x1, height: box.y1))
    }
    #expect(BoxReading(of: detections, on: set.dataset())?.form == .corners)
    let sound = set.boxes.enumerated().map { index, box in
      Detection(imageID: index + 1, categoryID: 1, score: 0.5, box: box)
    }
    #expect(BoxReading(of: sound, on: set.dataset()) == nil)
  }
}

extension Box {
  fileprivate var ring: [Double] { [x0, y0, x1, y0, x1, y1, x0, y1] }
}
