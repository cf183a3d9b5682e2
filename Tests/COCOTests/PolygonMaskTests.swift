import COCO
import Testing

@Suite("Masks from polygons and boxes")
struct PolygonMaskTests {
  @Test(arguments: MaskFixture.polygons)
  func `rings give pycocotools' mask`(_ sample: MaskFixture.Polygon) throws {
    let mask = try RunLengthMask(
      polygons: Polygons(sample.rings), height: sample.height, width: sample.width)
    #expect(mask.compressed == sample.compressed)
  }

  @Test(arguments: MaskFixture.polygons)
  func `the area of rings is that of pycocotools' mask`(_ sample: MaskFixture.Polygon) throws {
    let area = try RunLengthMask.area(
      of: Polygons(sample.rings), height: sample.height, width: sample.width)
    #expect(area == sample.area)
  }

  @Test(arguments: MaskFixture.boxes)
  func `a box gives pycocotools' mask`(_ sample: MaskFixture.Rectangle) throws {
    let box = Box(x: sample.box[0], y: sample.box[1], width: sample.box[2], height: sample.box[3])
    let mask = try RunLengthMask(box: box, height: sample.height, width: sample.width)
    #expect(mask.compressed == sample.compressed)
  }

  @Test func `no rings give an empty mask`() throws {
    let mask = try RunLengthMask(polygons: Polygons([]), height: 4, width: 5)
    #expect(mask.counts == [20])
    #expect(try RunLengthMask.area(of: Polygons([]), height: 4, width: 5) == 0)
  }

  @Test(arguments: [(0, 0), (0, 9), (9, 0)])
  func `a picture without pixels gives one empty run`(height: Int, width: Int) throws {
    let mask = try RunLengthMask(ring: [0, 0, 9, 0, 9, 9, 0, 9], height: height, width: width)
    #expect(mask.counts == [0])
  }

  @Test(
    arguments: [Double.infinity, -.infinity, 1.0000001e7, -1e300, .greatestFiniteMagnitude])
  func `a coordinate that is no number or too far away is refused`(coordinate: Double) {
    for ring in [[1, 2, 3, 4, coordinate, 5], [1, 2, 3, 4, 5, coordinate]] {
      #expect(throws: MaskError.coordinateOutOfRange(coordinate)) {
        try RunLengthMask(ring: ring, height: 4, width: 5)
      }
      #expect(throws: MaskError.coordinateOutOfRange(coordinate)) {
        try RunLengthMask(polygons: Polygons([[0, 0], ring]), height: 4, width: 5)
      }
      #expect(throws: MaskError.coordinateOutOfRange(coordinate)) {
        try RunLengthMask.area(of: Polygons([ring]), height: 4, width: 5)
      }
    }
  }

  @Test func `a coordinate that is not a number is refused`() {
    #expect(throws: MaskError.self) {
      try RunLengthMask(ring: [1, 2, .nan, 4, 5, 6], height: 4, width: 5)
    }
    #expect(throws: MaskError.self) {
      try RunLengthMask(box: Box(x: .nan, y: 0, width: 1, height: 1), height: 4, width: 5)
    }
  }

  @Test(
    arguments: [(-1, 5), (5, -1), (1 << 40, 1 << 40)])
  func `a picture of impossible size is refused`(height: Int, width: Int) {
    #expect(throws: MaskError.impossibleSize(height: height, width: width)) {
      try RunLengthMask(ring: [0, 0, 1, 0, 1, 1], height: height, width: width)
    }
    #expect(throws: MaskError.impossibleSize(height: height, width: width)) {
      try RunLengthMask(polygons: Polygons([]), height: height, width: width)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `corners at the furthest coordinate cover the picture`() throws {
    let far = RunLengthMask.furthestCoordinate
    let ring = [-far, -far, far, -far, far, far, -far, far]
    #expect(try RunLengthMask(ring: ring, height: 40, width: 50).counts == [0, 2000])
  }

  @Test(.timeLimit(.minutes(1)))
  func `steep edges between the furthest corners end`() throws {
    let far = RunLengthMask.furthestCoordinate
    for offset in stride(from: 0.0, to: 50, by: 0.7) {
      for x in [0, far - 50, -far] {
        let ring = [x, -far, offset + x, far, 50 - offset, far, 25, -far]
        try RunLengthMask(ring: ring, height: 40, width: 50).validate()
      }
    }
  }

  @Test(
    .timeLimit(.minutes(1)))
  func `a hundred thousand far corners take no more memory than the picture`() throws {
    var ring: [Double] = []
    for index in 0..<100_000 {
      let y = index * 7919 % 2000 - 1000
      ring += [index.isMultiple(of: 2) ? -1e6 : 1e6, Double(y)]
    }
    let mask = try RunLengthMask(ring: ring, height: 100, width: 100)
    try mask.validate()
  }
}
