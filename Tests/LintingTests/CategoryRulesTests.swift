import COCO
import Files
import Testing

@testable import Linting

struct CategoryRulesTests {
  @Test func `no two of COCO's categories are variants of one another`() async throws {
    let set = Dataset.named(COCOCategoryNames.all)
    #expect(try await messages([CategoryNameVariants()], set).isEmpty)
  }

  @Test(arguments: [
    ["traffic light", "Traffic-Light"], ["bus", "buses"], ["box", "Boxes"], ["berry", "berries"],
    ["dish", "dishes"], ["house", "houses"], ["Ёлка", "ёлка"], ["stop_sign", "stopsign"],
  ])
  func `names that are written differently are variants`(_ names: [String]) async throws {
    #expect(try await messages([CategoryNameVariants()], .named(names)).count == 1)
  }

  @Test(arguments: [
    ["a", "A"], ["+", "-"], ["glass", "glas"], ["gas", "ga"], ["crab", "crab"], ["crab", "crab "],
    ["type 1", "type 2"], ["", " "],
  ])
  func `other names are not variants`(_ names: [String]) async throws {
    #expect(try await messages([CategoryNameVariants()], .named(names)).isEmpty)
  }

  @Test func `a fault in a list that splits share is reported once`() async throws {
    let train = Dataset.named(["crab ", "palm"], split: "train")
    let subject = Subject([train, Dataset.named(["crab ", "palm"], split: "val")])
    #expect(try await Linter([BlankPaddedName()]).lint(subject).count == 1)
  }

  @Test func `a fault in the lists of two files is reported for each`() async throws {
    var sets = [Dataset.named(["crab "]), Dataset.named(["crab "])]
    for index in sets.indices { sets[index].categories[0].origin = Origin(file: index, offset: 7) }
    #expect(try await Linter([BlankPaddedName()]).lint(Subject(sets)).count == 2)
  }

  @Test func `fixes reach the lists of all splits`() async throws {
    let sets = ["train", "val"].map {
      Dataset.named([" crab", "crab", "Palm", "palms"], split: $0)
    }
    let fixer = Fixer(Linter(Rules.all.map { $0.init() }), allowsUnsafe: true)
    let outcome = try await fixer.fix(Subject(sets))
    #expect(
      outcome.subject.datasets.map { $0.categories.map(\.name) } == [
        ["crab", "Palm"], ["crab", "Palm"],
      ])
    #expect(
      outcome.subject.datasets.map { $0.annotations.map(\.categoryID) } == [
        [1, 1, 3, 3], [1, 1, 3, 3],
      ])
  }

  @Test func `categories that are merged and renumbered at once keep their annotations`()
    async throws
  {
    var set = Dataset.named(["crab", "crab", "Crabs", "palm"])
    for index in set.categories.indices { set.categories[index].id = index }
    for index in set.annotations.indices { set.annotations[index].categoryID = index }
    let fixer = Fixer(Linter(Rules.all.map { $0.init() }), allowsUnsafe: true)
    let fixed = try await fixer.fix(Subject([set])).subject.datasets[0]
    let names = Dictionary(uniqueKeysWithValues: fixed.categories.map { ($0.id, $0.name) })
    #expect(
      fixed.annotations.map { $0.categoryID.flatMap { names[$0] } } == [
        "crab", "crab", "crab", "palm",
      ])
    #expect(!fixed.categories.contains { $0.id == 0 })
  }

  @Test func `hundreds of categories of one name become one`() async throws {
    let set = Dataset.named(Array(repeating: "crab", count: 300))
    let fixer = Fixer(Linter([DuplicateCategoryName()]), allowsUnsafe: true)
    let outcome = try await fixer.fix(Subject([set]))
    #expect(outcome.subject.datasets[0].categories.map(\.id) == [1])
    #expect(outcome.subject.datasets[0].annotations.allSatisfy { $0.categoryID == 1 })
  }

  @Test func `a category of an id that stands twice is not merged`() async throws {
    var set = Dataset.named(["crab", "palm", "crab"])
    set.categories[2].id = 2
    let findings = try await Linter([DuplicateCategoryName()]).lint(Subject([set]))
    #expect(findings.count == 1)
    #expect(findings.allSatisfy { $0.fixes.isEmpty })
  }
}

private func messages(_ rules: [any Rule], _ set: Dataset) async throws -> [String] {
  try await Linter(rules).lint(Subject([set])).map(\.message)
}

extension Dataset {
  /// Categories of these names with ids from 1, and an object of each on a picture of its own.
  static func named(_ names: [String], split: String? = nil) -> Dataset {
    Dataset(
      split: split,
      images: names.indices.map { .example($0 + 1, "\(split ?? "all")/\($0 + 1).jpg") },
      annotations: names.indices.map {
        .object($0 + 1, 2, 2, 9, 9, image: $0 + 1, category: $0 + 1)
      },
      categories: zip(names, 1...).map { .example($1, $0) })
  }
}

/// The categories of COCO's detection task.
enum COCOCategoryNames {
  static let all = """
    person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,\
    parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,\
    handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,baseball bat,baseball glove,\
    skateboard,surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,bowl,banana,apple,\
    sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,\
    dining table,toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,\
    refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush
    """.split(separator: ",").map(String.init)
}
