import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct HuggingFaceTests {
  private static func read(
    _ folder: TemporaryFolder, _ options: ImportOptions = ImportOptions()
  ) async throws -> Imported {
    let importer = try #require(Format.huggingface.importer)
    return try await importer.init(options).read([InputTree(folder.path)])
  }

  private static let card = """
    ---
    configs:
    - config_name: default
      features:
      - name: objects
        struct:
        - name: category
          list:
            class_label:
              names:
                '0': crab
                '1': "no"
    ---
    # A set
    """

  @Test func `splits, names, boxes and crowds are read`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.card, to: "README.md")
    try folder.picture("train/a.png")
    try folder.picture("validation/b.png")
    try folder.write(
      #"{"file_name": "a.png", "source": "x", "objects": {"bbox": [[1, 2, 3, 4], [5, 6, 7.5, 8]], "#
        + #""category": [1, 0], "iscrowd": [0, 1], "area": [11, 60.0], "id": [7, 9]}}"# + "\n",
      to: "train/metadata.jsonl")
    try folder.write(
      #"{"file_name": "b.png", "objects": {"bbox": [], "category": []}}"# + "\n",
      to: "validation/metadata.jsonl")
    let imported = try await Self.read(folder)
    #expect(imported.datasets.map(\.split) == ["train", "val"])
    #expect(imported.datasets[0].categories.map(\.name) == ["crab", "no"])
    let annotations = imported.datasets[0].annotations
    #expect(
      annotations.map(\.box) == [
        Box(x: 1, y: 2, width: 3, height: 4), Box(x: 5, y: 6, width: 7.5, height: 8),
      ])
    #expect(annotations.map(\.categoryID) == [2, 1])
    #expect(annotations.map(\.isCrowd) == [0, 1])
    #expect(annotations.map(\.area) == [11, 60])
    #expect(imported.datasets[0].images.map(\.width) == [32])
    #expect(imported.datasets[0].images[0].extra["source"] == "x")
    #expect(imported.datasets[1].images.count == 1)
    #expect(imported.rejections.isEmpty && imported.findings.isEmpty)
    #expect(imported.read == RecordCounts(images: 2, annotations: 2))
  }

  @Test func `objects may stand row by row, with names as classes`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(
      #"{"file_name": "a.png", "objects": [{"bbox": [1, 2, 3, 4], "label": "crab", "pose": "up"}]}"#,
      to: "metadata.jsonl")
    let imported = try await Self.read(folder)
    #expect(imported.datasets[0].categories.map(\.name) == ["crab"])
    #expect(imported.datasets[0].annotations[0].attributes["pose"] == "up")
    #expect(imported.datasets[0].split == nil)
  }

  @Test(arguments: [
    (#"{"file_name": "a.png", "objects": {"bbox": [[1, 2, 3]], "category": [0]}}"#, (0, 1)),
    (#"{"file_name": "a.png", "objects": {"bbox": ["x"], "category": [0]}}"#, (0, 1)),
    (#"{"file_name": "a.png", "objects": {"bbox": [[1, 2, null, 4]], "category": [0]}}"#, (0, 1)),
    (#"{"file_name": "a.png", "objects": {"bbox": [[1, 2, 3, 4]], "category": []}}"#, (0, 1)),
    (#"{"file_name": "a.png", "objects": {"bbox": [[1, 2, 3, 4]]}}"#, (0, 1)),
    (#"{"file_name": 7, "objects": {"bbox": [[1, 2, 3, 4]], "category": [0]}}"#, (1, 1)),
    (#"{"objects": {"bbox": [[1, 2, 3, 4]], "category": [0]}}"#, (1, 1)),
    (#"{"file_name": "a.png", "objects": {"bbox": [[1, 2, 3,"#, (1, 0)), ("[]", (1, 0)),
  ])
  func `a bad record is left out with its reason, and no other`(
    line: String, rejected: (images: Int, annotations: Int)
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.picture("b.png")
    let good = #"{"file_name": "b.png", "objects": {"bbox": [[1, 2, 3, 4]], "category": [0]}}"#
    try folder.write("\(line)\n\n\(good)\n", to: "metadata.jsonl")
    let imported = try await Self.read(folder)
    #expect(imported.rejections.count { $0.kind == .image } == rejected.images)
    #expect(imported.rejections.count { $0.kind == .annotation } == rejected.annotations)
    #expect(imported.datasets[0].annotations.count == 1)
    #expect(imported.rejections.allSatisfy { $0.finding.origin != nil })
    let images = imported.datasets[0].images.count
    #expect(imported.read.images == images + rejected.images)
  }

  @Test func `splits that mean one part have folders of their own`() throws {
    let sets = ["train", "training", "val2017", nil].map { split in
      Dataset(
        split: split, images: [Image(id: 1, fileName: "a.png", width: 4, height: 4)],
        categories: [Category(id: 1, name: "crab")])
    }
    let exporter = try #require(Format.huggingface.exporter)
    let exported = exporter.init(ExportOptions()).export(sets)
    #expect(
      exported.pictures.map(\.path) == [
        "train/a.png", "training/a.png", "validation/a.png", "train_2/a.png",
      ])
    #expect(exported.files.count == 5)
    #expect(exported.notes.count == 1)
  }

  @Test func `what is written is read back, number for number`() async throws {
    var dataset = Dataset(split: "train")
    dataset.images = [
      Image(id: 4, fileName: "sub/a.png", width: 64, height: 48),
      Image(id: 9, fileName: "b.png", width: 64, height: 48),
    ]
    dataset.categories = [Category(id: 3, name: "yes: no"), Category(id: 8, name: "crab")]
    dataset.annotations = [
      Annotation(
        id: 5, imageID: 4, categoryID: 8, box: Box(x: 0.1, y: 1.0 / 3, width: 20, height: 7),
        isCrowd: 1, area: 99.5)
    ]
    var options = ExportOptions()
    options.placesPictures = true
    let exporter = try #require(Format.huggingface.exporter)
    let exported = exporter.init(options).export([dataset])
    #expect(exported.pictures.map(\.path) == ["train/sub/a.png", "train/b.png"])
    #expect(exported.unwritable.isEmpty)
    let folder = try TemporaryFolder()
    for file in exported.files {
      if case .bytes(let bytes) = file.contents { try folder.write(bytes, to: file.path) }
    }
    let again = try await Self.read(folder).datasets
    #expect(again[0].annotations.map(\.box) == dataset.annotations.map(\.box))
    #expect(again[0].annotations.map(\.area) == [99.5])
    #expect(again[0].annotations.map(\.isCrowd) == [1])
    #expect(again[0].categories.map(\.name) == ["yes: no", "crab"])
    #expect(again[0].images.count == 2)
  }
}
