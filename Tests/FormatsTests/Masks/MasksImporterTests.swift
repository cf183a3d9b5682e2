import COCO
import Files
import TestSupport
import Testing

@testable import Formats

@Suite("Instance masks")
struct MasksImporterTests {
  @Test func `the sample's masks give the very objects of the truth`() async throws {
    let tree = try InputTree(Samples.path("masks"))
    let imported = try await MasksImporter(ImportOptions()).read([tree])
    let file = try InputFile(Samples.path("expected.json"))
    let truth = try await COCOReader(tasks: OrderedTasks(threads: 1)).read(file, source: 0).dataset
    let dataset = try #require(imported.datasets.first)
    #expect(imported.datasets.count == 1)
    #expect(dataset.split == nil)
    #expect(imported.findings.isEmpty)
    #expect(imported.rejections.isEmpty)
    #expect(imported.addsUp)
    #expect(dataset.images.map(Self.summary) == truth.images.map(Self.summary))
    #expect(dataset.annotations.count == 54)
    for (read, meant) in zip(dataset.annotations, truth.annotations) {
      #expect(read.imageID == meant.imageID)
      #expect(read.box == meant.box)
      #expect(read.area == meant.area)
      #expect(read.isCrowd == 0)
      #expect(read.segmentation == meant.segmentation)
    }
  }

  private static func summary(_ image: Image) -> String {
    "\(image.id) \(image.fileName) \(image.width) × \(image.height)"
  }

  @Test func `any number of threads gives the same`() async throws {
    let tree = try InputTree(Samples.path("masks"))
    var options = ImportOptions()
    let one = try await MasksImporter(options).read([tree])
    options.tasks.threads = 3
    let three = try await MasksImporter(options).read([tree])
    #expect(one.datasets == three.datasets)
    #expect(one.sources == three.sources)
  }

  static let encodings: [(String, [UInt8])] = [
    ("8-bit grey", MaskPNG.bytes([[0, 0, 2], [1, 0, 2]])),
    ("palette", MaskPNG.bytes([[0, 0, 2], [1, 0, 2]], palette: MaskPNG.vocPalette(3))),
    ("16-bit grey", MaskPNG.grey16([[0, 0, 40_000], [300, 0, 40_000]])),
    ("colours", MaskPNG.colour([[0, 0, 0x80_0000], [0x00_80_40, 0, 0x80_0000]])),
  ]

  @Test(arguments: encodings)
  func `a mask is understood however its values are stored`(
    _ encoding: (name: String, bytes: [UInt8])
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png", width: 3, height: 2)
    try folder.write(encoding.bytes, to: "masks/a.png")
    let imported = try await folder.readMasks()
    let dataset = try #require(imported.datasets.first)
    #expect(
      dataset.annotations.map(\.box) == [
        Box(x: 0, y: 1, width: 1, height: 1), Box(x: 2, y: 0, width: 1, height: 2),
      ])
    #expect(dataset.annotations.map(\.area) == [1, 2])
    #expect(dataset.categories.map(\.name) == ["object"])
    #expect(imported.findings.isEmpty)
  }

  @Test func `regions of one value that do not touch are one object`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png")
    try folder.mask("masks/a.png", [[5, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 5]])
    let annotations = try await folder.readMasks().datasets.flatMap(\.annotations)
    #expect(annotations.map(\.box) == [Box(x: 0, y: 0, width: 4, height: 3)])
    #expect(annotations.map(\.area) == [2])
    let expected = RunLengthMask(height: 3, width: 4, counts: [0, 1, 10, 1])
    #expect(annotations.first?.segmentation == .compressedRunLengths(expected))
  }

  @Test func `a mask of zeros is a picture without objects`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png")
    try folder.mask("masks/a.png", [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    let imported = try await folder.readMasks()
    #expect(imported.datasets.first?.images.count == 1)
    #expect(imported.datasets.first?.annotations.isEmpty == true)
    #expect(imported.findings.isEmpty)
  }

  @Test func `255 in a palette with other objects is VOC's border, noted once`() async throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] {
      try folder.greyPicture("JPEGImages/\(name).png")
      let rows: [[UInt8]] = [[1, 255, 0, 0], [255, 255, 0, 0], [0, 0, 0, 2]]
      try folder.write(
        MaskPNG.bytes(rows, palette: MaskPNG.vocPalette()), to: "SegmentationObject/\(name).png")
    }
    let imported = try await folder.readMasks()
    #expect(imported.datasets.first?.annotations.map(\.area) == [1, 1, 1, 1])
    #expect(imported.notes.count { $0.contains("255") } == 1)
    #expect(imported.addsUp)
  }

  @Test func `255 is an object where it stands alone or in a grey mask`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png", width: 2, height: 1)
    try folder.greyPicture("images/b.png", width: 2, height: 1)
    try folder.write(MaskPNG.bytes([[255, 0]], palette: MaskPNG.vocPalette()), to: "masks/a.png")
    try folder.mask("masks/b.png", [[255, 1]])
    let imported = try await folder.readMasks()
    #expect(imported.datasets.first?.annotations.count == 3)
    #expect(!imported.notes.contains { $0.contains("255") })
  }

  @Test func `the user's one name is the class, several are not`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png")
    try folder.mask("masks/a.png")
    var options = ImportOptions()
    options.classNames = ["person"]
    #expect(
      try await folder.readMasks(options: options).datasets.first?.categories.map(\.name) == [
        "person"
      ])
    options.classNames = ["person", "dog"]
    let imported = try await folder.readMasks(options: options)
    #expect(imported.datasets.first?.categories.map(\.name) == ["object"])
    #expect(imported.notes.contains { $0.contains("class \"object\"") })
  }

  @Test func `folders of masks per class name the classes`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png")
    try folder.greyPicture("images/b.png")
    try folder.mask("masks/crab/a.png")
    try folder.mask("masks/boat/a.png", [[1, 2, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    try folder.mask("masks/boat/b.png")
    let imported = try await folder.readMasks()
    let dataset = try #require(imported.datasets.first)
    #expect(dataset.categories.map(\.name) == ["boat", "crab"])
    #expect(dataset.images.map(\.fileName) == ["a.png", "b.png"])
    #expect(dataset.annotations.map(\.imageID) == [1, 1, 1, 2])
    #expect(dataset.annotations.map(\.categoryID) == [1, 1, 2, 1])
    #expect(imported.read == RecordCounts(images: 2, annotations: 4))
  }

  @Test func `Cityscapes' values below 1000 are no objects`() async throws {
    let folder = try TemporaryFolder()
    let stem = "train/aachen/aachen_000000_000019"
    try folder.greyPicture("leftImg8bit/\(stem)_leftImg8bit.png", width: 3, height: 1)
    try folder.write(
      MaskPNG.grey16([[7, 26001, 26002]]), to: "gtFine/\(stem)_gtFine_instanceIds.png")
    try folder.mask("gtFine/\(stem)_gtFine_labelIds.png", [[7, 26, 26]])
    let imported = try await folder.readMasks()
    let dataset = try #require(imported.datasets.first)
    #expect(dataset.split == "train")
    #expect(dataset.annotations.map(\.box?.x) == [1, 2])
    #expect(dataset.categories.map(\.name) == ["object"])
    #expect(imported.findings.isEmpty)
    #expect(imported.rejections.isEmpty)
  }
}
