import COCO
import Files
import Testing

@testable import Linting

struct IdentityTests {
  @Test(arguments: [
    ([1, 2, 9], [10, 11]), ([], [1, 2]), ([-5], [1, 2]), ([Int.max, 2], [1, 3]),
    ([Int.max, Int.max - 1, 1], [2, 3]),
  ])
  func `free ids lie behind the highest, or between where there is no room behind`(
    _ taken: [Int], _ expected: [Int]
  ) {
    var ids = FreeIDs(besides: taken)
    #expect([ids.take(), ids.take()] == expected)
  }

  @Test func `annotations of an image that is listed twice stay`() async throws {
    let set = Dataset.example(
      .object(1, 2, 2, 9, 9), .object(2, 30, 20, 12, 8),
      images: [.example(), .example(), .example()])
    let outcome = try await Fixer(Linter([DuplicateImageID()]), allowsUnsafe: false)
      .fix(Subject([set]))
    #expect(outcome.subject.datasets[0].images.count == 1)
    #expect(outcome.subject.datasets[0].annotations.count == 2)
  }

  @Test func `a picture that is listed twice under one id has one fault`() async throws {
    let set = Dataset.example(.object(1, 2, 2, 9, 9), images: [.example(), .example()])
    let pictures = [PictureFacts.example(), .example()]
    let findings = try await Linter(Rules.all.map { $0.init() })
      .lint(Subject([set], pictures: [pictures]))
    #expect(
      findings.map(\.rule).filter { $0.contains("image") || $0.contains("file") } == [
        "duplicate-image-id"
      ])
  }

  @Test func `file names that differ in their Unicode form are two files`() async throws {
    let set = Dataset.example(images: [
      .example(1, "caf\u{E9}.jpg"), .example(2, "cafe\u{301}.jpg"),
    ])
    #expect(try await Linter([DuplicateFileName()]).lint(Subject([set])).isEmpty)
    #expect(try await Linter([NonPortableFileName()]).lint(Subject([set])).count == 1)
  }

  @Test(arguments: [
    "/a.jpg", "\\a.jpg", "\\\\server\\a.jpg", "c:a.jpg", "C:\\a.jpg", "..", "../a.jpg", "a/..",
    "a\\..\\b.jpg", "a\0.jpg", "a\n.jpg", "a\u{85}.jpg", "\u{7F}", "",
  ])
  func `a name that leads elsewhere is not safe`(_ name: String) {
    #expect(FileNameSafety.problem(with: name) != nil)
  }

  @Test(arguments: [
    "a.jpg", "a/b.jpg", "..a/b..jpg", "...", "./a.jpg", "été.jpg", "a..b/c", "Ä.jpg", "日本.png",
  ])
  func `other names are safe`(_ name: String) {
    #expect(FileNameSafety.problem(with: name) == nil)
  }

  @Test(arguments: [
    "a?.jpg", "a*.jpg", "a|b", "a\\b.jpg", "dir./a.jpg", "a.jpg ", "NUL", "com1.jpg",
    "a/Lpt9.txt.jpg",
    String(repeating: "a", count: 256),
  ])
  func `a name that Windows refuses is not portable`(_ name: String) {
    #expect(FileNamePortability.problem(with: name) != nil)
  }

  @Test(arguments: [
    "a.jpg", "./a.jpg", "console.jpg", "com.jpg", "com10.jpg", "a b/c.d.jpg",
    String(repeating: "é", count: 127),
  ])
  func `other names are portable`(_ name: String) {
    #expect(FileNamePortability.problem(with: name) == nil)
  }

  @Test func `the same findings come of one thread and of two`() async throws {
    var set = Dataset.named((0..<3000).map { "class \($0 / 2)" })
    for index in set.annotations.indices where index.isMultiple(of: 5) {
      set.annotations[index].id = 0
      set.annotations[index].imageID = 1_000_000
    }
    for index in set.images.indices where index.isMultiple(of: 7) {
      set.images[index].fileName = "same.jpg"
    }
    let rules = Rules.all.map { $0.init() }
    let one = try await Linter(rules, tasks: OrderedTasks(threads: 1)).lint(Subject([set]))
    let two = try await Linter(rules, tasks: OrderedTasks(threads: 2)).lint(Subject([set]))
    #expect(one == two)
    #expect(one.count > 2000)
  }
}
