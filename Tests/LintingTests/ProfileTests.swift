import COCO
import Testing

@testable import Linting

struct ProfileTests {
  @Test func `the profiles are in the order of their names`() {
    #expect(
      Profiles.all.map { $0.name } == [
        "detectron2", "mmdetection", "pycocotools", "torchvision", "ultralytics",
      ])
    #expect(Profiles.profile(named: "torchvision") == TorchvisionProfile.self)
    #expect(Profiles.profile(named: "darknet") == nil)
  }

  @Test(arguments: Profiles.all.map { ProfileType(type: $0) })
  func `clean data suffers nothing`(_ profile: ProfileType) {
    let subject = Subject(
      [.counted([30, 12])],
      pictures: [(1...12).map { .example("\($0).jpg", width: 800, height: 4000) }])
    #expect(profile.type.concerns(in: subject).isEmpty)
  }

  @Test(arguments: Profiles.all.map { ProfileType(type: $0) })
  func `every effect says what explains it`(_ profile: ProfileType) {
    #expect(profile.type.effects.allSatisfy { !$0.rules.isEmpty && !$0.summary.hasSuffix(".") })
    #expect(!profile.type.summary.isEmpty)
  }

  @Test(arguments: [
    ("pycocotools", "zero-annotation-id", [0]), ("pycocotools", "duplicate-annotation-id", [2]),
    ("pycocotools", "inverted-box", [5, 6, 7]), ("torchvision", "box-outside-image", [8]),
    ("torchvision", "unknown-category", [9]), ("detectron2", "non-finite-box", [7]),
    ("detectron2", "inverted-box", [5, 6, 8]), ("mmdetection", "box-outside-image", [7, 8]),
    ("mmdetection", "zero-area-box", [5, 6]), ("ultralytics", "zero-area-box", [5, 6]),
    ("ultralytics", "duplicate-box", [2]), ("pycocotools", "unknown-image", [10]),
    ("pycocotools", "polygon-too-short", [11]), ("detectron2", "polygon-too-short", [11]),
    ("pycocotools", "empty-segmentation", [12]), ("pycocotools", "bad-iscrowd", [13]),
    ("torchvision", "crowd-without-rle", [14]),
  ])
  func `a profile counts the annotations concerned`(
    _ name: String, _ rule: String, _ expected: [Int]
  ) throws {
    let profile = try #require(Profiles.profile(named: name))
    let found = profile.concerns(in: Subject([.faulty])).filter {
      $0.effect.rules.map(\.id).contains(rule)
    }
    #expect(found.flatMap { $0.concerns.map(\.record.index) } == expected)
  }

  @Test(arguments: [("ultralytics", "box-past-edge"), ("mmdetection", "zero-image-size")])
  func `a profile counts the images concerned`(_ name: String, _ rule: String) throws {
    let profile = try #require(Profiles.profile(named: name))
    var set = Dataset.example(.object(1, 2, 2, 70, 9))
    set.images[0].height = 20
    let found = profile.concerns(in: Subject([set])).filter {
      $0.effect.rules.map(\.id).contains(rule)
    }
    #expect(found.flatMap { $0.concerns.map(\.record) } == [RecordReference(.image, 0)])
  }

  @Test(arguments: RuleExample.fixed)
  func `what is fixed of an example does no harm`(_ subject: RuleExample) async throws {
    let harm = try await Self.harm(to: subject.example.subject)
    #expect(harm.isEmpty, "\(harm)")
  }

  @Test func `what is fixed of many faults in one set does no harm`() async throws {
    let harm = try await Self.harm(to: Subject([.mendable]))
    #expect(harm.isEmpty, "\(harm)")
  }

  /// What pycocotools and torchvision suffer once all fixes are applied.
  private static func harm(to subject: Subject) async throws -> [String] {
    let fixer = Fixer(Linter(Rules.all.map { $0.init() }), allowsUnsafe: true)
    let fixed = try await fixer.fix(subject).subject
    let profiles: [any Profile.Type] = [PycocotoolsProfile.self, TorchvisionProfile.self]
    return profiles.flatMap { $0.concerns(in: fixed) }
      .filter { $0.effect.consequence != .ignores }.map(\.effect.summary)
  }
}

extension Dataset {
  /// A fault of each annotation, on two images.
  fileprivate static var faulty: Dataset {
    var set = Dataset.example(
      .object(0, 2, 2, 9, 9), .object(1, 20, 2, 9, 9), .object(1, 20, 2, 9, 9),
      .object(3, 2, 20, 9, 9, area: .some(nil)), .object(4, 20, 20, 9, 9, isCrowd: nil),
      .object(5, 30, 30, -9, 9), .object(6, 30, 30, 0, 9, area: 0), .object(7, .nan, 30, 9, 9),
      .object(8, 100, 2, 9, 9), .object(9, 40, 2, 9, 9, category: 5),
      .object(10, 40, 20, 9, 9, image: 7),
      .object(11, 40, 30, 9, 9, segmentation: .ring(1, 2, 3, 4)),
      .object(12, 50, 2, 9, 9, segmentation: .polygons(Polygons([]))),
      .object(13, 50, 20, 9, 9, isCrowd: 2), .object(14, 50, 30, 9, 9, isCrowd: 1))
    set.images.append(.example(2, "empty.jpg"))
    return set
  }

  /// Every fault that the fixes of identity and of corners mend, some of them twice.
  fileprivate static var mendable: Dataset {
    .example(
      .object(0, 2, 2, 9, 9, category: 0), .object(0, 14, 2, 9, 9, category: 1),
      .object(5, 26, 2, 9, 9, category: 2), .object(5, 38, 2, 9, 9, category: 3),
      .object(6, 11, 23, -9, -9, category: 4, area: 81), .object(7, 14, 14, 9, 9, image: 9),
      .object(8, 26, 14, 9, 9, category: 77), .object(9, 38, 14, 9, 9, image: 9, category: 77),
      images: [
        .example(1), .example(1), .example(2, "b.jpg"), .example(2, "c.jpg"),
        .example(3, "d.jpg", width: 0),
      ],
      categories: [
        .example(0, "crab"), .example(1, "crab"), .example(2, "Crabs"), .example(3, " crab"),
        .example(4, "palm"), .example(6, "unused"),
      ])
  }
}

/// A profile as an argument of a test.
struct ProfileType: Sendable, CustomTestStringConvertible {
  let type: any Profile.Type
  var testDescription: String { type.name }
}
