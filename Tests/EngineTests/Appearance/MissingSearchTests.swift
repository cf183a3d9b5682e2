import COCO
import Files
import Testing

@testable import Engine

@Suite("Objects without a box, by looks")
struct MissingSearchTests {
  private static let pictures = 56
  private static let side = 64.0
  private static let candidates = 800

  /// Pictures with two objects each, of which some pictures' first is drawn and has no box.
  ///
  /// - Parameter unlabelled: The pictures without any box.
  private func set(
    lacking: [Int] = [], unlabelled: [Int] = [], crowds: [Int] = []
  ) throws -> DrawnSet {
    let set = try DrawnSet()
    for picture in 0..<Self.pictures {
      let drawn = objects(of: picture)
      let isLacking = lacking.contains(picture) || crowds.contains(picture)
      try set.add(
        width: Int(Self.side), height: Int(Self.side), drawn,
        annotated: unlabelled.contains(picture)
          ? [] : drawn.dropFirst(isLacking ? 1 : 0).map { ($0.category, byHand($0.box)) })
      if crowds.contains(picture) { set.addAnnotation(1, drawn[0].box, isCrowd: 1) }
    }
    return set
  }

  private func objects(of picture: Int) -> [DrawnSet.Object] {
    var generator = SeededGenerator(seed: 1, part: picture)
    return (0..<2).map { row in
      let width = Double.random(in: 10...20, using: &generator).rounded()
      let height = Double.random(in: 10...20, using: &generator).rounded()
      let x = Double.random(in: 1...(60 - width), using: &generator).rounded()
      let y = Double(row * 32) + Double.random(in: 1...(30 - height), using: &generator).rounded()
      return (1, .at(x, y, x + width, y + height))
    }
  }

  /// Returns a box that is drawn as exactly as people do.
  private func byHand(_ box: Box) -> Box {
    var generator = SeededGenerator(seed: 2, part: Int(box.x0 * Self.side + box.y0))
    func draw() -> Double { Double.random(in: -1.5...1.5, using: &generator) }
    return .at(box.x0 + draw(), box.y0 + draw(), box.x1 + draw(), box.y1 + draw())
  }

  private func report(_ set: DrawnSet) async -> AppearanceReport {
    var check = AppearanceCheck(set.samples)
    check.searchesMissing = true
    check.missingCandidates = Self.candidates
    return await check.run(tasks: OrderedTasks(threads: 2))
  }

  /// The images, the likeliest to lack a box first.
  private func ranked(_ missing: MissingLabels) -> [Int] {
    missing.images.stablySorted { $0.score < $1.score }.map(\.image)
  }

  @Test func `objects that lack a box are found and told with their places`() async throws {
    let lacking = [5, 17, 28]
    let report = await report(try set(lacking: lacking))
    let missing = try #require(report.missing)
    #expect(missing.isTelling)
    for (place, picture) in zip(missing.places, missing.places.map(\.image)).prefix(3) {
      #expect(lacking.contains(picture))
      #expect(place.box.intersectionOverUnion(objects(of: picture)[0].box) > 0.5, "\(place)")
    }
    #expect(Set(ranked(missing).prefix(3)) == [5, 17, 28])
    let told = report.findings.filter { $0.kind == .likelyMissingLabel }
    #expect(told.count >= 2)
    #expect(
      Set(told.compactMap(\.record)).isSubset(of: lacking.map { RecordReference(.image, $0) }))
    #expect(told.first?.origin == Origin(file: 0, offset: (missing.places[0].image + 1) * 1000))
    #expect(report.untold.contains { $0.hasPrefix("whether objects lack a box") })
  }

  @Test func `where every object has a box no place is told`() async throws {
    let report = await report(try set())
    let missing = try #require(report.missing)
    #expect(missing.isTelling)
    #expect(missing.likely == [])
    #expect(report.findings.filter { $0.kind == .likelyMissingLabel } == [])
    #expect(missing.images.count == Self.pictures)
  }

  @Test func `images without any box are first where nearly all have one`() async throws {
    let report = await report(try set(unlabelled: [9, 30]))
    let missing = try #require(report.missing)
    #expect(Set(ranked(missing).prefix(2)) == [9, 30])
    #expect(Set(missing.likely.map(\.image)).isSubset(of: [9, 30]))
  }

  @Test func `an object in a crowd region lacks no box`() async throws {
    let missing = try #require(await report(try set(crowds: [7])).missing)
    #expect(missing.likely == [])
  }

  @Test func `places tell nothing where boxes do not fit`() async throws {
    let set = try DrawnSet()
    for picture in 0..<Self.pictures {
      let other = (picture * 7 + 3) % Self.pictures
      try set.add(
        width: Int(Self.side), height: Int(Self.side), objects(of: picture),
        annotated: objects(of: other))
    }
    // Boxes that do not fit are a reason not to search at all.
    #expect(await report(set).missing == nil)
    let objects = (0..<set.samples.count).map { position in
      set.samples.learnable(at: position).map {
        SeenObject(
          annotation: $0.annotation,
          box: RelativeBox(
            $0.box.x0 / Self.side, $0.box.y0 / Self.side, $0.box.x1 / Self.side,
            $0.box.y1 / Self.side),
          label: $0.label)
      }
    }
    let search = MissingSearch(
      samples: set.samples, objects: objects, pictures: Self.pictures, seed: 0,
      candidates: 160)
    let missing = try #require(await search.run(tasks: OrderedTasks(threads: 1)))
    #expect(!missing.isTelling)
    #expect(missing.likely == [])
  }

  @Test func `the number of tasks changes nothing, and of many images some are searched`()
    async throws
  {
    let set = try set(lacking: [4])
    var check = AppearanceCheck(set.samples)
    check.searchesMissing = true
    check.missingCandidates = 160
    check.pictures = 32
    let one = await check.run()
    #expect(one.reasons == [])
    #expect(await check.run(tasks: OrderedTasks(threads: 3)) == one)
    #expect(one.missing?.images.count == 32)
    #expect(one.missing?.pictures == set.samples.count)
  }

  private func places(_ scores: [Double], of own: [Double]) -> MissingLabels {
    let box = Box.at(0, 0, 1, 1)
    return MissingLabels(
      [SearchedPicture(image: 0, hasLabel: true, places: scores.map { (box, $0) })],
      ownScores: own, pictures: 1)
  }

  @Test func `places are told if they look like objects and are few`() {
    let own = (0..<100).map(Double.init)
    #expect(places([51, 60, 40], of: own).likely.map(\.score) == [-10, -1])
    #expect(places([Double](repeating: 99, count: 10), of: own).likely.count == 10)
    #expect(places([Double](repeating: 99, count: 11), of: own).likely == [])
    #expect(places([99], of: Array(own.prefix(99))).likely == [])
    #expect(places([99, 98], of: own).doubt == nil)
    #expect(places([99, 98, 97], of: own).doubt?.hasPrefix("boxes may be missing: 3 pl") == true)
  }

  @Test func `candidates lie in the image, have sizes of the pool and are no more than asked for`()
  {
    var generator = SeededGenerator(seed: 3)
    let pool = [
      RelativeBox(0, 0, 0.1, 0.2), RelativeBox(0.5, 0, 1, 1), RelativeBox(0, 0, 1, 1),
    ]
    let boxes = CandidateBoxes.drawn(800, sizedAs: pool, using: &generator)
    #expect(boxes.count <= 800)
    #expect(boxes.count > 200)
    let sizes = Set(boxes.map { "\($0.width.brief(3)) \($0.height.brief(3))" })
    #expect(sizes == ["0.1 0.2", "0.5 1", "1 1"])
    #expect(boxes.allSatisfy { $0.x0 >= 0 && $0.y0 >= 0 && $0.x1 <= 1.0001 && $0.y1 <= 1.0001 })
  }
}
