import COCO
import Testing

@testable import Linting

struct PictureRulesTests {
  @Test(arguments: [
    ("fit the upright", Box(x: 50, y: 2, width: 12, height: 9)),
    ("fit the stored", Box(x: 2, y: 50, width: 9, height: 12)),
    ("gives the size of the upright", Box(x: 2, y: 2, width: 9, height: 9)),
  ])
  func `a box that fits one way only says how the picture was annotated`(
    _ expected: String, _ box: Box
  ) async throws {
    var set = Dataset.example(.object(1, 0, 0, 1, 1))
    set.annotations[0].box = box
    let subject = Subject([set], pictures: [[.example(orientation: 6)]])
    let findings = try await Linter([EXIFOrientation()]).lint(subject)
    #expect(findings.count == 1)
    #expect(findings.first?.message.contains(expected) == true)
  }

  @Test(arguments: [(2, 64, 48), (3, 64, 48), (6, 48, 48)])
  func `where both ways have one size it cannot be told`(
    _ orientation: Int, _ width: Int, _ height: Int
  ) async throws {
    let set = Dataset.example(
      .object(1, 2, 2, 9, 9), images: [.example(width: width, height: height)])
    let picture = PictureFacts.example(width: width, height: height, orientation: orientation)
    let findings = try await Linter([EXIFOrientation()]).lint(Subject([set], pictures: [[picture]]))
    #expect(findings.first?.message.hasSuffix("cannot be told") == true)
  }

  @Test func `each further copy of a picture is reported, naming the first`() async throws {
    let set = Dataset.example(images: (1...4).map { .example($0, "\($0).jpg") })
    let pictures = [3, 5, 3, 3].enumerated().map {
      PictureFacts.example("\($0.offset + 1).jpg", hash: UInt64($0.element))
    }
    let findings = try await Linter([ExactDuplicateImage()])
      .lint(Subject([set], pictures: [pictures]))
    #expect(findings.map { $0.record?.index } == [2, 3])
    #expect(findings.allSatisfy { $0.message.contains("\"1.jpg\"") })
  }

  @Test func `broken downloads are not copies of one another`() async throws {
    let set = Dataset.example(images: [.example(1, "a.jpg"), .example(2, "b.jpg")])
    let pictures = ["a.jpg", "b.jpg"].map {
      PictureFacts.example($0, decoding: .corrupt("empty file"))
    }
    #expect(
      try await Linter([ExactDuplicateImage()]).lint(Subject([set], pictures: [pictures])).isEmpty)
  }

  @Test func `a file that two splits name is leakage`() async throws {
    let findings = try await leakage(train: ["1", "2", "3", "4"], val: ["4", "5", "6"])
    #expect(findings.map(\.rule) == ["split-leakage"])
    #expect(findings[0].record == RecordReference(.image, 0, dataset: 1))
    #expect(findings[0].severity == .error)
  }

  @Test func `two splits of one folder are one finding`() async throws {
    let findings = try await leakage(train: ["1", "2", "3", "4"], val: ["4", "3", "6"])
    #expect(findings.map(\.rule) == ["same-folder-splits"])
  }

  private func leakage(train: [String], val: [String]) async throws -> [Finding] {
    let sets = [train, val].map { names in
      Dataset(images: zip(names, 1...).map { .example($1, "\($0).jpg") })
    }
    let pictures = [train, val].map { names in
      names.map { PictureFacts.example("all/\($0).jpg", hash: UInt64($0) ?? 0) }
    }
    return try await Linter([SplitLeakage(), SameFolderSplits()])
      .lint(Subject(sets, pictures: pictures))
  }

  @Test(arguments: [
    (PictureFacts.example(darkest: 0, brightest: 0, sharpness: 0, entropy: 0), "dark-image"),
    (.example(darkest: 255, brightest: 255, sharpness: 0, entropy: 0), "bright-image"),
    (.example(sharpness: 0, entropy: 0), "low-information-image"),
    (.example(sharpness: 0), "blurred-image"),
  ])
  func `a picture with nothing to see has one fault`(
    _ picture: PictureFacts, _ rule: String
  ) async throws {
    let rules: [any Rule] = [DarkImage(), BrightImage(), LowInformationImage(), BlurredImage()]
    let findings = try await Linter(rules).lint(Subject([.example()], pictures: [[picture]]))
    #expect(findings.map(\.rule) == [rule])
  }
}
