import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite("Masks and their pictures")
struct MaskPairingTests {
  static let layouts: [(picture: String, mask: String)] = [
    ("images/scene1.png", "masks/scene1.png"),
    ("PNGImages/FudanPed00001.png", "PedMasks/FudanPed00001_mask.png"),
    ("JPEGImages/a.png", "SegmentationObject/a.png"),
    ("images/a.png", "instances/a_instances.png"),
    ("images/a.png", "labels/a_label.png"),
    ("images/a.png", "gt/a-mask.png"),
    ("images/a.png", "instances/a_instanceIds.png"),
    ("images/a_label.png", "masks/a_label.png"),
    ("images/a.png", "train_masks/a.png"),
    ("pictures/a.v1.png", "Masks/a.v1.mask.png"),
    ("photos/a.png", "masks/a.PNG"),
    ("images/seq/a.png", "masks/seq/a.png"),
    ("images/seq/a.png", "masks/a.png"),
    ("a.png", "a_mask.png"),
    ("a_image.png", "a_mask.png"),
    ("raw/a.png", "masks/a.png"),
  ]

  @Test(arguments: layouts)
  func `a mask finds its picture`(_ layout: (picture: String, mask: String)) async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture(layout.picture)
    try folder.mask(layout.mask)
    let imported = try await folder.readMasks()
    #expect(imported.findings.isEmpty)
    #expect(imported.rejections.isEmpty)
    let dataset = try #require(imported.datasets.first)
    #expect(dataset.images.map(\.fileName) == [Path.name(of: layout.picture)])
    #expect(dataset.annotations.count == 1)
    #expect(dataset.categories.map(\.name) == ["object"])
    #expect(
      imported.imageFolders.values.first == Path.join(folder.path, Path.folder(of: layout.picture))
        || Path.folder(of: layout.picture) == ".")
  }

  @Test func `folders called train and val are splits`() async throws {
    let folder = try TemporaryFolder()
    for split in ["train", "valid"] {
      try folder.greyPicture("\(split)/images/a.png")
      try folder.mask("\(split)/masks/a.png")
    }
    let imported = try await folder.readMasks()
    #expect(imported.datasets.map(\.split) == ["train", "val"])
    #expect(imported.datasets.map(\.images.count) == [1, 1])
    #expect(imported.imageFolders["val"] == "\(folder.path)/valid/images")
  }

  @Test func `splits are one set where the user wants one`() async throws {
    let folder = try TemporaryFolder()
    for split in ["train", "val"] {
      try folder.greyPicture("images/\(split)/a.png")
      try folder.mask("masks/\(split)/a.png")
    }
    var options = ImportOptions()
    options.ignoresSplits = true
    let datasets = try await folder.readMasks(options: options).datasets
    #expect(datasets.map(\.split) == [nil])
    #expect(datasets.first?.images.map(\.fileName) == ["train/a.png", "val/a.png"])
  }

  @Test func `splits have the same classes`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("train/images/a.png")
    try folder.mask("train/masks/crab/a.png")
    try folder.greyPicture("val/images/b.png")
    try folder.mask("val/masks/boat/b.png")
    let imported = try await folder.readMasks()
    #expect(
      imported.datasets.map { $0.categories.map(\.name) } == [["boat", "crab"], ["boat", "crab"]])
    #expect(imported.datasets.map { $0.annotations.map(\.categoryID) } == [[2], [1]])
  }

  @Test func `pictures and masks may come as two inputs`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("PNGImages/a.png")
    try folder.mask("PedMasks/a_mask.png")
    let imported = try await folder.readMasks(["PNGImages", "PedMasks"])
    #expect(imported.findings.isEmpty)
    #expect(imported.datasets.first?.images.map(\.fileName) == ["a.png"])
  }

  @Test
  func `with a folder of pictures given, other PNGs are masks whatever their folder`() async throws
  {
    let folder = try TemporaryFolder()
    try folder.greyPicture("photographs/a.png")
    try folder.mask("drawn/a.png")
    var options = ImportOptions()
    options.imagesFolder = "\(folder.path)/photographs"
    for input in ["", "drawn"] {
      let imported = try await folder.readMasks([input], options: options)
      #expect(imported.findings.isEmpty)
      #expect(imported.rejections.isEmpty)
      #expect(imported.datasets.first?.annotations.count == 1)
      #expect(imported.imageFolders[""] == options.imagesFolder)
    }
  }

  @Test func `a mask alone can be the input`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("images/a.png")
    try folder.mask("drawn/a.png")
    var options = ImportOptions()
    options.imagesFolder = "\(folder.path)/images"
    let imported = try await folder.readMasks(["drawn/a.png"], options: options)
    #expect(imported.findings.isEmpty)
    #expect(imported.datasets.first?.annotations.count == 1)
  }

  @Test func `a folder of pictures that does not exist is an error of the world`() async throws {
    let folder = try TemporaryFolder()
    try folder.mask("masks/a.png")
    var options = ImportOptions()
    options.imagesFolder = "\(folder.path)/nowhere"
    await #expect(throws: FileError.self) { try await folder.readMasks(options: options) }
  }

  @Test func `VOC's masks of classes are neither masks of instances nor pictures`() async throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("JPEGImages/a.png")
    try folder.mask("SegmentationObject/a.png")
    try folder.mask("SegmentationClass/a.png")
    let imported = try await folder.readMasks()
    #expect(imported.findings.isEmpty)
    #expect(imported.read == RecordCounts(images: 1, annotations: 1))
  }

  @Test func `the evidence names a mask`() throws {
    let evidence = try Format.masks.evidence(in: InputTree(Samples.path("masks")))
    #expect(
      evidence
        == Evidence(
          "12 images have a mask of their name, masks/scene1.png is a PNG with a palette"))
  }

  @Test(arguments: ["voc", "yolo", "csv", "broken/voc"])
  func `other formats are not taken for masks`(_ sample: String) throws {
    let tree = try InputTree("\(Samples.folder)/\(sample)")
    #expect(Format.masks.evidence(in: tree) == nil)
  }

  @Test func `masks beside another format are a weak hint`() throws {
    let folder = try TemporaryFolder()
    try folder.greyPicture("JPEGImages/a.png")
    try folder.mask("SegmentationObject/a.png")
    #expect(try folder.maskEvidence()?.isFirm == true)
    try folder.write("<annotation/>", to: "Annotations/a.xml")
    #expect(try folder.maskEvidence()?.isFirm == false)
  }
}
