import COCO
import Testing

@testable import Linting

/// An annotation and the rules that it breaks.
struct JudgedShape: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let annotation: Annotation
  let kinds: [FaultKind]

  init(_ title: String, _ annotation: Annotation, _ kinds: FaultKind...) {
    testDescription = title
    self.annotation = annotation
    self.kinds = kinds
  }
}

/// Masks and keypoints on a picture of 64×48 pixels.
struct OutlineRulesTests {
  private static func outlined(
    _ rings: [Double]..., box: Box = Box(x: 10, y: 10, width: 20, height: 12)
  ) -> Annotation {
    var annotation = Annotation.object(1, box.x, box.y, box.width, box.height)
    annotation.segmentation = .polygons(Polygons(rings))
    return annotation
  }

  private static func masked(_ counts: UInt32..., box: Box, area: Double) -> Annotation {
    .object(
      1, box.x, box.y, box.width, box.height, area: area,
      segmentation: .compressedRunLengths(RunLengthMask(height: 48, width: 64, counts: counts)))
  }

  private static let shapes = [
    JudgedShape("steps on one line", outlined([10, 10, 14, 12.4, 30, 22]), .emptyMask),
    JudgedShape("there and back", outlined([10, 10, 30, 10, 10, 10]), .emptyMask),
    JudgedShape("one point three times", outlined([15, 15, 15, 15, 15, 15]), .emptyMask),
    JudgedShape("left of the picture", outlined([-30, 5, -10, 5, -10, 25, -30, 25]), .emptyMask),
    JudgedShape("below the picture", outlined([10, 50, 30, 50, 30, 70, 10, 70]), .emptyMask),
    JudgedShape(
      "two rings, both outside", outlined([70, 5, 80, 5, 75, 9], [-9, -9, -5, -9, -5, -5]),
      .emptyMask),
    JudgedShape(
      "run lengths as a polygon", outlined([3, 520, 14, 46, 14, 2400, 9, 700]), .emptyMask),
    JudgedShape(
      "one ring of two is a line",
      outlined(
        [10, 10, 30, 10, 30, 22, 10, 22], [10, 12, 20, 12, 30, 12])),
    JudgedShape("thin, and it covers pixels", outlined([10, 10, 30, 10, 30, 22, 10, 22])),
    JudgedShape(
      "a line in a box without extent",
      outlined([10, 10, 20, 10, 30, 10], box: Box(x: 10, y: 10, width: 20, height: 0)),
      .zeroAreaBox),
    JudgedShape(
      "a mask in another corner",
      masked(0, 10, 38, 10, 3014, box: Box(x: 40, y: 30, width: 12, height: 9), area: 20),
      .maskOutsideBox),
    JudgedShape(
      "a mask that sticks out by a pixel",
      masked(480, 10, 38, 10, 2534, box: Box(x: 11, y: 0, width: 1, height: 10), area: 20),
      .tinyBox),
    JudgedShape(
      "a mask in its box",
      masked(480, 10, 38, 10, 2534, box: Box(x: 10, y: 0, width: 2, height: 10), area: 20)),
  ]

  @Test(arguments: shapes)
  func `an outline has just the fault that it shows`(_ shape: JudgedShape) async throws {
    #expect(try await Self.kinds(.example(shape.annotation)) == shape.kinds)
  }

  private static func posed(_ keypoints: [Double], count: JSONValue?) -> Annotation {
    let extra: JSONObject = count.map { ["num_keypoints": $0] } ?? [:]
    return .object(1, 10, 10, 20, 12, keypoints: keypoints, extra: extra)
  }

  private static let poses = [
    JudgedShape("visibility -1", posed([12, 12, -1], count: 0), .invalidVisibility),
    JudgedShape("visibility 1.5", posed([12, 12, 1.5], count: 1), .invalidVisibility),
    JudgedShape("visibility 3 and a wrong number", posed([9, 9, 3], count: 7), .invalidVisibility),
    JudgedShape("right of the picture", posed([66, 12, 1], count: 1), .keypointOutsideImage),
    JudgedShape("above it, hidden", posed([12, -7.5, 1], count: 1), .keypointOutsideImage),
    JudgedShape("far away and not labelled", posed([12, 12, 2, -99, 900, 0], count: 1)),
    JudgedShape("no number", posed([12, 12, 2], count: nil), .missingKeypointCount),
    JudgedShape("a null", posed([12, 12, 2], count: .null), .missingKeypointCount),
    JudgedShape("a text", posed([12, 12, 2], count: "1"), .missingKeypointCount),
    JudgedShape("another number", posed([12, 12, 2], count: 2), .keypointCountMismatch),
    JudgedShape("an empty list", posed([], count: nil)),
  ]

  @Test(arguments: poses)
  func `keypoints have just the fault that they show`(_ shape: JudgedShape) async throws {
    #expect(try await Self.kinds(.example(shape.annotation)) == shape.kinds)
  }

  @Test(arguments: [0, 1]) func `an area of 0 or 1 of all is reported of each`(_ area: Double)
    async throws
  {
    let set = Dataset.example(
      .object(1, 2, 2, 20, 12, area: area), .object(2, 30, 20, 12, 9, area: area),
      .object(3, 4, 30, 9, 9, area: area))
    #expect(try await Self.kinds(set) == [.unitArea, .unitArea, .unitArea])
  }

  @Test func `an area of 0 of one object is that object's fault`() async throws {
    let set = Dataset.example(
      .object(1, 2, 2, 20, 12), .object(2, 30, 20, 12, 9, area: 0))
    #expect(try await Self.kinds(set) == [.areaMismatch])
  }

  @Test func `boxes of a pixel may have an area of 1`() async throws {
    let set = Dataset.example(.object(1, 2, 2, 1, 1), .object(2, 30, 20, 2, 2, area: 1))
    #expect(try await !Self.kinds(set).contains(.unitArea))
  }

  private static func kinds(_ set: Dataset) async throws -> [FaultKind] {
    let rules = Rules.all.filter { $0.severity > .information && $0.kind != .rareCategory }
    return try await Linter(rules.map { $0.init() }).lint(Subject([set])).map(\.kind)
  }
}
