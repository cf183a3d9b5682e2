import COCO
import Engine
import Files
import Testing

extension ModelRuns {
  @Suite("Whether boxes fit what pictures show")
  struct AppearanceTests {
    /// Pictures with two objects each, and what their files say: what another picture shows, where
    /// a picture is told whose boxes and categories its file has.
    private func set(
      boxesOf: (_ picture: Int) -> Int = { $0 }, categoriesOf: (_ picture: Int) -> Int = { $0 }
    ) throws -> DrawnSet {
      let set = try DrawnSet()
      for picture in 0..<60 {
        try set.add(
          width: 64, height: 64, objects(of: picture),
          annotated: zip(objects(of: categoriesOf(picture)), objects(of: boxesOf(picture))).map {
            ($0.category, $1.box)
          })
      }
      return set
    }

    private func objects(of picture: Int) -> [DrawnSet.Object] {
      [
        (category(of: picture), box(of: picture)),
        (category(of: picture + 31), lowBox(of: picture)),
      ]
    }

    private func lowBox(of picture: Int) -> Box {
      let x = Double(picture * 13 % 44)
      return .at(x, 44, x + 10 + Double(picture % 7), 58 + Double(picture % 4))
    }

    private func box(of picture: Int) -> Box {
      let (x, y) = (Double(picture * 7 % 40), Double(picture * 11 % 17))
      return .at(x, y, x + 14 + Double(picture % 5), y + 16 + Double(picture % 3))
    }

    private func category(of picture: Int) -> Int { picture * 5 % 7 % 2 + 1 }

    @Test("sound boxes outdo nearly all places beside them")
    func sound() async throws {
      let set = try self.set()
      let result = await AppearanceCheck(set.samples).run()
      #expect(try #require(result.colourRank) > 0.9)
      #expect(result.reasons == [])
    }

    @Test("boxes of other pictures outdo no more than chance")
    func shuffledBoxes() async throws {
      let set = try self.set(boxesOf: { ($0 + 23) % 60 })
      let result = await AppearanceCheck(set.samples).run()
      #expect(try #require(result.colourRank) < 0.6)
      #expect(result.reasons.count == 1)
      #expect(result.reasons.first?.hasPrefix("boxes do not fit what the pictures show") == true)
    }

    @Test("categories that have nothing to do with looks are told")
    func shuffledCategories() async throws {
      let set = try self.set(categoriesOf: { $0 * 37 % 60 + 3 })
      let result = await AppearanceCheck(set.samples).run()
      #expect(result.reasons.count == 1)
      #expect(result.reasons.first?.hasPrefix("categories do not fit what the pictures") == true)
    }

    @Test("a handful of objects is too few to judge by")
    func few() async throws {
      let set = try DrawnSet()
      try set.add([(1, .at(2, 2, 14, 14))])
      try set.add([(2, .at(12, 10, 30, 22))])
      let result = await AppearanceCheck(set.samples).run()
      #expect(result.reasons == [])
    }

    @Test("the number of tasks changes nothing")
    func tasks() async throws {
      let set = try self.set()
      let one = await AppearanceCheck(set.samples).run()
      #expect(await AppearanceCheck(set.samples).run(tasks: OrderedTasks(threads: 4)) == one)
    }
  }
}
