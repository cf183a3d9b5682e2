import COCO
import Files
import Images
import TestSupport
import Testing

@testable import Formats

@Suite("Masks with soft edges")
struct SoftEdgeTests {
  /// Rows of `width` × `height` levels: discs whose edges fall off over `softness` pixels.
  static func discs(
    _ discs: [(x: Double, y: Double, radius: Double)], softness: Double, top: Double = 255,
    width: Int = 60, height: Int = 40
  ) -> [[UInt8]] {
    (0..<height).map { y in
      (0..<width).map { x in
        let inside = discs.map { disc in
          let (across, down) = (Double(x) - disc.x, Double(y) - disc.y)
          let distance = (across * across + down * down).squareRoot()
          return min(max((disc.radius - distance) / softness + 0.5, 0), 1)
        }
        return UInt8((inside.max() ?? 0) * top)
      }
    }
  }

  static let two = [(x: 14.0, y: 18.0, radius: 9.0), (x: 42.3, y: 20.6, radius: 11.0)]

  static let soft: [(String, [[UInt8]], Int)] = [
    ("two discs, smoothed over a pixel", discs(two, softness: 1.5), 2),
    ("two discs, blurred over eight", discs(two, softness: 8), 2),
    ("two discs of half brightness", discs(two, softness: 3, top: 128), 2),
    ("one disc at the edge", discs([(x: 0, y: 0, radius: 15)], softness: 2), 1),
    (
      "three discs of which two touch",
      discs(two + [(x: 28.0, y: 19.0, radius: 6.0)], softness: 2), 1
    ),
  ]

  private func read(
    _ rows: [[UInt8]], _ values: ImportOptions.MaskValues? = nil
  ) async throws -> Imported {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png", width: rows[0].count, height: rows.count)
    try folder.mask("masks/a.png", rows)
    var options = ImportOptions()
    options.maskValues = values
    return try await folder.readMasks(options: options)
  }

  @Test(arguments: soft)
  func `shapes with soft edges are as many objects as there are shapes`(
    _ mask: (name: String, rows: [[UInt8]], count: Int)
  ) async throws {
    let imported = try await read(mask.rows)
    #expect(imported.datasets.first?.annotations.count == mask.count)
    #expect(imported.notes.contains { $0.contains("soft edges") && $0.contains("grey values") })
    #expect(imported.addsUp)
  }

  @Test func `an edge runs where the shape is half as bright`() async throws {
    let rows: [[UInt8]] = [[UInt8]](
      repeating: [0, 40, 100, 140, 200, 255, 255, 255, 255, 255, 190, 130, 90, 30, 0], count: 9)
    let boxes = try await read(rows).datasets.first?.annotations.map(\.box)
    #expect(boxes == [Box(x: 3, y: 0, width: 9, height: 9)])
  }

  @Test func `--masks instances takes every grey value for an object`() async throws {
    let imported = try await read(Self.soft[0].1, .instances)
    #expect((imported.datasets.first?.annotations.count ?? 0) > 10)
    #expect(!imported.notes.contains { $0.contains("soft") })
  }

  @Test func `a mask whose fellows have soft edges is read as they are`() async throws {
    let folder = try TemporaryFolder()
    var square = [[UInt8]](repeating: [UInt8](repeating: 0, count: 60), count: 40)
    for y in 4..<9 { for x in Array(4..<9) + Array(20..<25) { square[y][x] = 255 } }
    for (name, rows) in [("a", Self.soft[0].1), ("b", Self.soft[1].1), ("c", square)] {
      try folder.greyPicture("images/\(name).png", width: 60, height: 40)
      try folder.mask("masks/\(name).png", rows)
    }
    let dataset = try #require(try await folder.readMasks().datasets.first)
    #expect(dataset.annotations.map(\.imageID) == [1, 1, 2, 2, 3, 3])
  }

  @Test
  func `grey values that run into each other between two shapes' levels are refused by name`()
    async throws
  {
    let first = Self.discs([Self.two[0]], softness: 6, top: 120)
    let second = Self.discs([Self.two[1]], softness: 6)
    let rows = zip(first, second).map { zip($0, $1).map { max($0, $1) } }
    let imported = try await read(rows)
    #expect(imported.rejections.map(\.finding.rule) == ["unreadable-image"])
    #expect(imported.rejections.first?.finding.message.contains("grey values") == true)
    #expect(imported.addsUp)
  }

  private static func rows(
    _ width: Int, _ height: Int, _ value: (Int, Int) -> Int
  ) -> [[UInt8]] {
    (0..<height).map { y in (0..<width).map { x in UInt8(value(x, y)) } }
  }

  private static func specks(_ x: Int, _ y: Int) -> Int {
    if x < 20 { return 200 }
    return x % 4 == 0 && y % 4 == 0 ? x + y : 0
  }

  /// Objects that touch, that are small, thin, or numbered along a row.
  static let sharp: [(String, [[UInt8]])] = [
    ("cells side by side", rows(32, 24) { x, y in y / 6 * 8 + x / 4 + 1 }),
    ("stripes", rows(30, 12) { x, _ in x + 1 }),
    ("specks beside a large one", rows(40, 20, specks)),
    ("three values", [[0, 1, 2, 3, 0], [0, 1, 2, 3, 0]]),
  ]

  @Test(arguments: sharp)
  func `instances are never taken for soft edges`(_ mask: (name: String, rows: [[UInt8]]))
    async throws
  {
    let imported = try await read(mask.rows)
    #expect(!imported.notes.contains { $0.contains("soft") })
    let values = Set(mask.rows.joined()).subtracting([0])
    #expect(imported.datasets.first?.annotations.count == values.count)
  }
}
