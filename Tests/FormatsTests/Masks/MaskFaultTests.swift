import COCO
import Files
import TestSupport
import Testing

@testable import Formats

@Suite("Faults of instance masks")
struct MaskFaultTests {
  /// A sound pair `good`, which must survive whatever happens to `bad`.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/good.png")
    try folder.mask("masks/good.png")
    return folder
  }

  private func expectGoodAlone(_ imported: Imported) {
    #expect(imported.datasets.first?.images.map(\.fileName) == ["good.png"])
    #expect(imported.datasets.first?.annotations.count == 1)
    #expect(imported.addsUp)
  }

  static let unreadable: [(String, [UInt8])] = [
    ("empty", []),
    ("text", Array("no picture at all".utf8)),
    ("cut", Array(MaskPNG.bytes(MaskPNG.oneObject).dropLast(30))),
    ("JPEG", [0xFF, 0xD8, 0xFF, 0xD9]),
  ]

  @Test(arguments: unreadable)
  func `a mask that cannot be decoded takes its picture with it`(
    _ bad: (name: String, bytes: [UInt8])
  ) async throws {
    let folder = try folder()
    try folder.greyPicture("images/bad.png")
    try folder.write(bad.bytes, to: "masks/bad.png")
    let imported = try await folder.readMasks()
    expectGoodAlone(imported)
    #expect(imported.rejections.map(\.finding.rule) == ["unreadable-image"])
    #expect(imported.rejections.map(\.kind) == [.image])
    #expect(imported.rejections.first?.record == "\(folder.path)/masks/bad.png")
    let origin = try #require(imported.rejections.first?.finding.origin)
    #expect(imported.sources.paths[origin.file] == "\(folder.path)/masks/bad.png")
    #expect(imported.findings.isEmpty)
  }

  @Test func `a mask of another size takes its picture and objects with it`() async throws {
    let folder = try folder()
    try folder.greyPicture("images/bad.png", width: 8, height: 6)
    try folder.mask("masks/bad.png", [[1, 0, 2, 0], [1, 0, 2, 0], [1, 0, 2, 0]])
    let imported = try await folder.readMasks()
    expectGoodAlone(imported)
    #expect(imported.rejections.map(\.kind) == [.image, .annotation, .annotation])
    #expect(Set(imported.rejections.map(\.finding.rule)) == ["image-size-mismatch"])
    #expect(
      imported.rejections.first?.finding.message == "the mask is 4×3, the image 8×6")
    #expect(imported.findings.isEmpty)
  }

  @Test func `masks of one picture that differ in size take it with them`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png")
    try folder.mask("masks/boat/a.png")
    try folder.mask("masks/crab/a.png", [[1, 1]])
    let imported = try await folder.readMasks()
    #expect(imported.rejections.map(\.kind) == [.image, .annotation, .annotation])
    #expect(imported.rejections.first?.finding.rule == "image-size-mismatch")
    #expect(imported.addsUp)
  }

  @Test func `a mask drawn on the stored picture fits with the policy for it`() async throws {
    let tree = try InputTree(Samples.path("masks"))
    var options = ImportOptions()
    options.exif = .stored
    let imported = try await MasksImporter(options).read([tree])
    #expect(imported.rejections.first?.finding.rule == "image-size-mismatch")
    #expect(imported.rejections.count { $0.kind == .image } == 1)
    #expect(imported.addsUp)
  }

  @Test func `a picture that is missing is reported and has its mask's size`() async throws {
    let folder = try folder()
    try folder.mask("masks/gone_mask.png")
    let imported = try await folder.readMasks()
    #expect(imported.foundRules == ["missing-image-file"])
    #expect(imported.rejections.isEmpty)
    let images = imported.datasets.first?.images
    #expect(images?.map(\.fileName) == ["gone.png", "good.png"])
    #expect(images?.first.map { [$0.width, $0.height] } == [4, 3])
    #expect(imported.addsUp)
  }

  @Test func `masks without any picture are expected beside a folder of images`() async throws {
    let folder = try TemporaryFolder()
    try folder.mask("train/masks/a.png")
    let imported = try await folder.readMasks()
    #expect(imported.foundRules == ["missing-image-file"])
    #expect(imported.datasets.first?.images.map(\.fileName) == ["a.jpg"])
    #expect(imported.imageFolders["train"] == "\(folder.path)/train/images")
  }

  @Test func `a picture that is no picture keeps its objects`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("text", to: "images/a.jpg")
    try folder.mask("masks/a.png")
    let imported = try await folder.readMasks()
    #expect(imported.foundRules == ["unreadable-image"])
    #expect(imported.datasets.first?.annotations.count == 1)
  }

  @Test func `a picture without a mask is left out and accounted for`() async throws {
    let folder = try folder()
    try folder.greyPicture("images/bare.png")
    let imported = try await folder.readMasks()
    expectGoodAlone(imported)
    #expect(imported.read.images == 2)
    #expect(imported.rejections.map(\.finding.rule) == ["image-without-label-file"])
    #expect(imported.rejections.map(\.finding.severity) == [.information])
    let origin = try #require(imported.rejections.first?.finding.origin)
    #expect(imported.sources.paths[origin.file] == "\(folder.path)/images/bare.png")
  }

  @Test func `a name in other letters is matched and reported`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/Scene.png")
    try folder.mask("masks/scene.png")
    let imported = try await folder.readMasks()
    #expect(imported.foundRules == ["name-matched-loosely"])
    #expect(imported.datasets.first?.images.map(\.fileName) == ["Scene.png"])
  }

  @Test func `a name that two pictures have is not guessed`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/x/a.png")
    try folder.greyPicture("images/y/a.png")
    try folder.mask("masks/a.png")
    let imported = try await folder.readMasks()
    #expect(imported.foundRules == ["missing-image-file"])
    #expect(imported.rejections.count == 2)
    #expect(imported.addsUp)
  }

  @Test func `two masks of one picture without classes are two accounts of it`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png")
    try folder.mask("masks/a.png")
    try folder.mask("masks/a_mask.png")
    let imported = try await folder.readMasks()
    #expect(imported.foundRules == ["duplicate-file-name"])
    #expect(imported.datasets.first?.images.count == 2)
    #expect(imported.addsUp)
  }

  @Test func `masks that hold one value each are noted`() async throws {
    let folder = try folder()
    try folder.greyPicture("images/b.png")
    try folder.mask("masks/b.png")
    #expect(
      try await folder.readMasks().notes.contains { $0.contains("no mask has more than one") })
  }

  @Test func `an input without masks says so`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("a.png")
    let imported = try await folder.readMasks()
    #expect(imported.datasets.isEmpty)
    #expect(imported.notes.contains { $0.contains("no masks found") })
    #expect(imported.addsUp)
  }
}
