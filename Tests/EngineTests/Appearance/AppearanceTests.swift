import COCO
import Engine
import Files
import Testing

@Suite("Whether boxes fit what pictures show")
struct AppearanceTests {
  private static let pictures = 40
  private static let side = 64.0

  /// Pictures with two objects each, and what their files say: how boxes are written, and of which
  /// picture's objects boxes and categories are.
  private func set(
    boxesOf: (_ picture: Int) -> Int = { $0 }, categoriesOf: (_ picture: Int) -> Int = { $0 },
    written: (Box) -> Box = { $0 }
  ) throws -> DrawnSet {
    let set = try DrawnSet(categories: ["red", "green", "blue"])
    for picture in 0..<Self.pictures {
      try set.add(
        width: Int(Self.side), height: Int(Self.side), objects(of: picture),
        annotated: zip(objects(of: categoriesOf(picture)), objects(of: boxesOf(picture))).map {
          ($0.category, written($1.box))
        })
    }
    return set
  }

  private func objects(of picture: Int) -> [DrawnSet.Object] {
    var generator = SeededGenerator(seed: 1, part: picture)
    return (0..<2).map { row in
      let width = Double.random(in: 8...20, using: &generator).rounded()
      let height = Double.random(in: 8...20, using: &generator).rounded()
      let x = Double.random(in: 1...(40 - width), using: &generator).rounded()
      let y = Double(row * 30) + Double.random(in: 1...(28 - height), using: &generator).rounded()
      return (Int.random(in: 1...3, using: &generator), .at(x, y, x + width, y + height))
    }
  }

  private func report(_ set: DrawnSet) async -> AppearanceReport {
    await AppearanceCheck(set.samples).run(tasks: OrderedTasks(threads: 2))
  }

  @Test
  func `sound boxes outdo most boxes of other images, and categories are told apart by looks`()
    async throws
  {
    let report = await report(try set())
    #expect(report.boxesFit)
    #expect(try #require(report.boxFit) > 0.9)
    #expect(try #require(report.categoriesGuessed) > 0.9)
    #expect(try #require(report.categoriesGuessedByChance) < 0.5)
    #expect(report.reasons == [])
    #expect(report.untold.count == 1)
    #expect(report.untold.first?.hasPrefix("whether objects lack a box") == true)
  }

  @Test func `boxes of other pictures outdo no more than chance`() async throws {
    let report = await report(try set(boxesOf: { ($0 * 7 + 3) % Self.pictures }))
    #expect(!report.boxesFit)
    #expect(abs(try #require(report.boxFit) - 0.5) < 0.12)
    #expect(report.reasons.first?.hasPrefix("boxes do not fit what the images show") == true)
  }

  /// How boxes are written where that is wrong.
  enum Writing: String, CaseIterable {
    case mirrored = "boxes are mirrored"
    case exchanged = "x and y are exchanged"
    case halved = "coordinates are of images half as large"
    case small = "boxes may be too small"
    case large = "boxes may be too large"

    func written(_ box: Box) -> Box {
      switch self {
      case .mirrored: .at(side - box.x1, box.y0, side - box.x0, box.y1)
      case .exchanged: .at(box.y0, box.x0, box.y1, box.x1)
      case .halved: .at(box.x0 / 2, box.y0 / 2, box.x1 / 2, box.y1 / 2)
      case .small: scaled(box, by: 0.5)
      case .large: scaled(box, by: 2)
      }
    }
  }

  @Test(arguments: Writing.allCases)
  func `what must be undone for boxes to fit is named`(writing: Writing) async throws {
    let report = await report(try set(written: writing.written))
    let said = report.reasons + report.doubts
    #expect(said.first?.hasPrefix(writing.rawValue) == true, "\(said)")
    #expect(!report.boxesFit)
  }

  private static func scaled(_ box: Box, by factor: Double) -> Box {
    let (x, y) = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    let (across, down) = (box.width / 2 * factor, box.height / 2 * factor)
    return .at(
      max(x - across, 0), max(y - down, 0), min(x + across, side), min(y + down, side))
  }

  @Test func `boxes that are one picture off in every other picture`() async throws {
    let report = await report(
      try set(boxesOf: { $0 % 2 == 0 ? ($0 + 1) % Self.pictures : $0 }))
    #expect(report.reasons.count == 1)
    #expect(report.reasons.first?.contains("one image off") == true, "\(report.reasons)")
  }

  @Test func `boxes of one size are reported where objects are not of one size`() async throws {
    let report = await report(
      try set(written: { box in
        let (x, y) = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        return .at(max(x - 7, 0), max(y - 7, 0), max(x - 7, 0) + 14, max(y - 7, 0) + 14)
      }))
    #expect(report.doubts.first?.hasPrefix("80 of 80 boxes are 14 × 14 pixels") == true)
  }

  @Test func `categories that have nothing to do with looks are told`() async throws {
    let report = await report(try set(categoriesOf: { ($0 * 7 + 3) % Self.pictures }))
    #expect(report.boxesFit)
    #expect(report.doubts.count == 1)
    #expect(report.doubts.first?.hasPrefix("categories do not fit what the images") == true)
  }

  @Test func `a handful of objects is too few to judge by`() async throws {
    let set = try DrawnSet()
    try set.add([(1, .at(2, 2, 14, 14))])
    try set.add([(2, .at(12, 10, 30, 22))])
    let report = await report(set)
    #expect(!report.boxesFit)
    #expect(report.reasons == [])
    #expect(report.untold.first == "whether boxes fit what the images show")
  }

  @Test
  func `boxes at one place in all images cannot be told from those of other images`() async throws {
    let set = try DrawnSet()
    for _ in 0..<24 { try set.add([(1, .at(0, 0, 32, 32))]) }
    let report = await report(set)
    #expect(report.reasons == [])
    #expect(!report.boxesFit)
    #expect(report.untold.first == "whether boxes fit what the images show")
  }

  @Test
  func `pictures of a pixel, boxes of less and files that are not there are passed over`()
    async throws
  {
    let set = try DrawnSet()
    try set.add(width: 1, height: 1, [(1, .at(0, 0, 1, 1))])
    try set.add(width: 2, height: 1, [(1, .at(0, 0, 0.1, 0.1))])
    set.addImage("gone.png", width: 32, height: 32)
    set.addAnnotation(1, .at(2, 2, 12, 12))
    let report = await report(set)
    #expect(report.reasons == [])
    #expect(!report.boxesFit)
  }

  @Test func `the number of tasks changes nothing`() async throws {
    let check = AppearanceCheck(try set().samples)
    let one = await check.run()
    #expect(await check.run(tasks: OrderedTasks(threads: 4)) == one)
  }
}
