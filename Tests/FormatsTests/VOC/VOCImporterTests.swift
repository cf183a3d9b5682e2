import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct VOCImporterTests {
  @Test func `the sample gives the truth`() async throws {
    let imported = try await Imported.read("voc", [Samples.path("voc")])
    #expect(imported.faults.isEmpty)
    #expect(imported.datasets.map(\.split) == ["train", "val"])
    let truth = try await Imported.read("coco", [Samples.path("expected.json")]) {
      $0.imagesFolder = Samples.path("voc/JPEGImages")
    }.whole
    let truths = Dictionary(uniqueKeysWithValues: truth.images.map { ($0.fileName, $0) })
    for dataset in imported.datasets {
      #expect(dataset.classes == truth.classes)
      for image in dataset.images {
        let other = try #require(truths[image.fileName])
        #expect([image.width, image.height] == [other.width, other.height])
        let own = dataset.annotations.filter { $0.imageID == image.id }
        let expected = truth.annotations.filter { $0.imageID == other.id }
        #expect(own.map(\.categoryID) == expected.map(\.categoryID))
        for (annotation, other) in zip(own, expected) {
          #expect(Self.areClose(annotation.box, other.box), "\(image.fileName)")
        }
      }
    }
    #expect(imported.read == RecordCounts(images: 12, annotations: 54))
    #expect(imported.isAccountedFor)
  }

  private static func areClose(_ left: Box?, _ right: Box?) -> Bool {
    guard let left, let right else { return left == right }
    return [
      left.x - right.x, left.y - right.y, left.width - right.width, left.height - right.height,
    ].allSatisfy { abs($0) < 1e-6 }
  }

  /// More files than tasks take in one go, each with its own class and some with faults.
  private func large(reversed: Bool) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let numbers = reversed ? Array((0..<200).reversed()) : Array(0..<200)
    for number in numbers {
      try folder.picture("JPEGImages/p\(number).png")
      let left = number.isMultiple(of: 7) ? "left" : "\(number % 10)"
      try folder.write(
        VOCFixture.text {
          $0.fileName = "p\(number).png"
          $0.objects = [
            VOCFixture.object("class \(number * 37 % 11)"),
            VOCFixture.object("crab", [left, "5", "20", "15"]),
          ]
        }, to: "Annotations/p\(number).xml")
    }
    return folder
  }

  @Test(arguments: [1, 2, 5])
  func `the number of threads changes nothing`(threads: Int) async throws {
    let folder = try large(reversed: false)
    let one = try await folder.read("voc")
    let imported = try await folder.read("voc") { $0.tasks = OrderedTasks(threads: threads) }
    #expect(imported.datasets == one.datasets)
    #expect(imported.findings == one.findings)
    #expect(imported.rejections == one.rejections)
    #expect(imported.sources == one.sources)
    #expect(try imported.whole.images.count == 200)
    #expect(imported.rejections.count == 29)
    #expect(imported.isAccountedFor)
  }

  @Test func `the order in which files were made changes nothing`() async throws {
    let (first, second) = (try large(reversed: false), try large(reversed: true))
    let one = try await first.read("voc")
    let other = try await second.read("voc")
    #expect(one.datasets == other.datasets)
    #expect(one.lines(below: first.path) == other.lines(below: second.path))
  }

  @Test func `several inputs are one set`() async throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] {
      try folder.picture("\(name)/p.png")
      try folder.write(VOCFixture.text { $0.fileName = "p.png" }, to: "\(name)/p.xml")
    }
    let imported = try await folder.read("voc", ["b", "a/p.xml"])
    #expect(try imported.whole.fileNames == ["a/p.png", "b/p.png"])
    #expect(imported.imageFolders[""] == folder.path)
  }

  @Test func `a folder that cannot be listed is reported`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(VOCFixture.text(), to: "a.xml")
    try folder.write(VOCFixture.text(), to: "locked/b.xml")
    try folder.lock("locked")
    defer { try? folder.unlock("locked") }
    // The superuser may list anything.
    guard try InputTree(folder.path).unreadable.count == 1 else { return }
    let imported = try await folder.read("voc")
    #expect(imported.allRules == ["unreadable-folder"])
  }
}
