import COCO
import TestSupport
import Testing

@testable import Formats

@Suite struct YOLOCornersTests {
  private static let square: [Double] = [10, 10, 30, 10, 30, 30, 10, 30]
  private static let farSquare: [Double] = [50, 12, 70, 12, 70, 28, 50, 28]
  private static let inner: [Double] = [15, 15, 25, 15, 25, 25, 15, 25]
  private static let crossing: [Double] = [20, 20, 40, 20, 40, 40, 20, 40]

  /// Rings, and the words of what becomes of them.
  static let sets: [(rings: [[Double]], words: String)] = [
    ([square, farSquare], "outlines of several rings, joined"),
    (
      [farSquare, square, [12, 60, 20, 70, 14, 75], [80, 80, 90, 80, 90, 95]], "outlines of several"
    ),
    ([square, [30, 30, 44, 33, 40, 44]], "outlines of several rings, joined"),
    ([square, square], "outlines whose rings overlap"),
    ([inner, square], "outlines whose rings overlap"),
    ([square, crossing, farSquare], "outlines whose rings overlap"),
    ([square, [1, 2, 3, 4], farSquare], "outlines of several rings, joined"),
    ([square, [1, 2, 3, 4]], "outlines written without their rings"),
  ]

  @Test(arguments: sets)
  func `a joined ring covers what its rings do`(rings: [[Double]], words: String) throws {
    let outline = Polygons(rings.filter { $0.count > 5 })
    let (exported, ring) = try row(.polygons(Polygons(rings)), box: try #require(outline.extent))
    let whole = try RunLengthMask(polygons: outline, height: 100, width: 100)
    let mask = try RunLengthMask(ring: ring, height: 100, width: 100)
    // Bridges have no width, so that not even they differ.
    #expect(mask == whole)
    #expect(Polygons([ring]).extent.map { isClose($0, outline.extent) } == true)
    #expect(exported.count(words) == 1)
    #expect(exported.losses.count == 1)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `rings anywhere are covered but for a pixel in a hundred`(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    let rings = (0..<Int.random(in: 2...9, using: &random)).map { _ in
      let (x, y) = (
        Double.random(in: 10...85, using: &random), Double.random(in: 10...85, using: &random)
      )
      let size = Double.random(in: 2...15, using: &random)
      return [x - size / 2, y, x, y - size / 2, x + size / 2, y, x, y + size / 2]
    }
    let outline = Polygons(rings)
    let (_, ring) = try row(.polygons(outline), box: try #require(outline.extent))
    let whole = try RunLengthMask(polygons: outline, height: 100, width: 100)
    let mask = try RunLengthMask(ring: ring, height: 100, width: 100)
    let (intersection, union) = whole.overlap(with: mask)
    #expect(Double(union - intersection) <= max(0.01 * Double(whole.area), 2))
  }

  @Test func `a bridge is the shortest way between two corners`() {
    let joined = JoinedRing([[0, 0, 10, 0, 10, 10, 0, 10], [13, 14, 20, 14, 20, 20]])
    #expect(
      joined.coordinates == [0, 0, 10, 0, 10, 10, 13, 14, 20, 14, 20, 20, 13, 14, 10, 10, 0, 10])
  }

  @Test func `the nearest ring is joined first`() {
    let joined = JoinedRing([
      [0, 0, 1, 0, 1, 1], [100, 0, 101, 0, 101, 1], [50, 0, 51, 0, 51, 1],
    ])
    #expect(
      joined.coordinates == [
        0, 0, 1, 0, 50, 0, 51, 0, 100, 0, 101, 0, 101, 1, 100, 0, 51, 0, 51, 1, 50, 0, 1, 0, 1, 1,
      ])
  }

  @Test func `run lengths are outlined, holes and all`() throws {
    var pixels = [UInt8](repeating: 0, count: 10_000)
    for x in 10..<40 { for y in 20..<50 { pixels[x * 100 + y] = 1 } }
    for x in 20..<25 { for y in 30..<35 { pixels[x * 100 + y] = 0 } }
    for x in 60..<64 { for y in 70..<75 { pixels[x * 100 + y] = 1 } }
    var counts: [UInt32] = [0]
    for (index, pixel) in pixels.enumerated() {
      if index > 0 ? pixel != pixels[index - 1] : pixel == 1 { counts.append(0) }
      counts[counts.count - 1] += 1
    }
    let whole = RunLengthMask(height: 100, width: 100, counts: counts)
    let (exported, ring) = try row(.runLengths(whole), box: whole.boundingBox)
    #expect(try RunLengthMask(ring: ring, height: 100, width: 100) == whole)
    #expect(exported.losses == [Loss("run-length masks, written as their outlines", count: 1)])
  }

  @Test(
    arguments: [
      (nil, "boxes without an outline"),
      (.polygons(Polygons([[1, 2, 3, 4]])), "outlines that enclose"),
      (.polygons(Polygons([[1, 2, 3, 2, 9, 2]])), "outlines that enclose nothing"),
      (
        .runLengths(RunLengthMask(height: 100, width: 100, counts: [10_000])),
        "outlines that enclose"
      ),
      (.runLengths(RunLengthMask(height: 9, width: 9, counts: [0, 81])), "outlines that enclose"),
    ] as [(Segmentation?, String)])
  func `what has no outline has the corners of its box`(
    segmentation: Segmentation?, words: String
  ) throws {
    let (exported, ring) = try row(segmentation, box: Box(x: 10, y: 20, width: 30, height: 40))
    #expect(ring == [10, 20, 40, 20, 40, 60, 10, 60])
    #expect(exported.count(words) == 1)
  }

  @Test func `a box that is not around its outline is counted`() throws {
    let outline = Segmentation.polygons(Polygons([Self.square]))
    let box = Box(x: 10, y: 10, width: 20, height: 20)
    #expect(try row(outline, box: box).exported.losses.isEmpty)
    let other = Box(x: 10, y: 10, width: 21, height: 20)
    let exported = try row(outline, box: other).exported
    #expect(exported.count("boxes that differ from those around") == 1)
  }

  @Test(
    arguments: [
      // A rectangle on its corner, open and closed, and what DOTA calls an oriented box.
      ([30, 10, 50, 30, 30, 50, 10, 30], [30, 10, 50, 30, 30, 50, 10, 30], 0),
      ([30, 10, 50, 30, 30, 50, 10, 30, 30, 10], [30, 10, 50, 30, 30, 50, 10, 30], 0),
      ([10, 10, 50, 12, 48, 50, 11, 47], [10, 10, 50, 12, 48, 50, 11, 47], 0),
      // Five corners, and four of which one lies inside.
      ([10, 10, 30, 5, 50, 10, 50, 50, 10, 50], [10, 5, 50, 5, 50, 50, 10, 50], 1),
      ([10, 10, 50, 10, 20, 20, 10, 50], [10, 10, 50, 10, 50, 50, 10, 50], 1),
    ] as [([Double], [Double], Int)])
  func `oriented rows hold four corners`(
    outline: [Double], corners: [Double], reported: Int
  ) throws {
    let polygons = Polygons([outline])
    let (exported, ring) = try row(
      .polygons(polygons), box: try #require(polygons.extent), as: .oriented)
    #expect(ring == corners)
    #expect(exported.count("outlines, written as the corners of their boxes") == reported)
  }

  @Test func `oriented rows come back as they were`() async throws {
    let rows = "0 0.3 0.1 0.5 0.3 0.3 0.5 0.1 0.3\n1 0.125 0.25 0.5 0.25 0.5 0.75 0.125 0.75\n"
    let read = try await TemporaryFolder(rows: rows).readYOLO()
    var options = ExportOptions()
    for kind in [ExportOptions.YOLORows.oriented, .polygon] {
      options.yoloRows = kind
      let written = try exporter("yolo", options).export(read.datasets)
      let fields = try #require(written.texts["labels/train/one.txt"]).split(separator: " ")
      let expected = rows.split(separator: " ")
      #expect(fields.count == expected.count)
      #expect(written.count("outlines") == 0)
      let again = try await TemporaryFolder(rows: written.texts["labels/train/one.txt"] ?? "")
        .readYOLO()
      #expect(again.datasets.first?.annotations.count == 2)
      for (one, other) in zip(again.boxes, read.boxes) { #expect(isClose(one, other)) }
    }
  }

  /// Returns the export of one annotation on a picture of 100 × 100, and the corners of its row.
  private func row(
    _ segmentation: Segmentation?, box: Box, as rows: ExportOptions.YOLORows = .polygon
  ) throws -> (exported: Exported, ring: [Double]) {
    var options = ExportOptions()
    options.yoloRows = rows
    let exported = try exporter("yolo", options).export([
      oneCrab { dataset in
        dataset.images[0].height = 100
        dataset.annotations[0].box = box
        dataset.annotations[0].area = nil
        dataset.annotations[0].segmentation = segmentation
      }
    ])
    let text = try #require(exported.texts["labels/train/a.txt"])
    let ring = text.split(whereSeparator: \.isWhitespace).dropFirst().compactMap { Double($0) }
    return (exported, ring.map { ($0 * 100 * 1e9).rounded() / 1e9 })
  }

  private func isClose(_ one: Box?, _ other: Box?) -> Bool {
    guard let one, let other else { return false }
    return abs(one.x0 - other.x0) < 1e-9 && abs(one.y0 - other.y0) < 1e-9
      && abs(one.x1 - other.x1) < 1e-9 && abs(one.y1 - other.y1) < 1e-9
  }
}
