import COCO
import Datasets
import Files
import Formats
import Foundation
import Synchronization
import TestSupport
import Testing

/// Folders that hold files of several formats.
struct FormatChoiceTests {
  /// The header of a PNG, which is all that reading looks at.
  private static func picture(_ path: String, width: Int = 64, height: Int = 48) throws {
    try Folder.make(Path.folder(of: path))
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    bytes += Array("IHDR".utf8)
    for size in [width, height] { bytes += [24, 16, 8, 0].map { UInt8(size >> $0 & 255) } }
    try OutputFile.write(bytes + [8, 2, 0, 0, 0, 0, 0, 0, 0], to: path)
  }

  private static func voc(_ name: String, _ box: [Int], size: (Int, Int) = (64, 48)) -> String {
    """
    <annotation><filename>\(name).png</filename>
    <size><width>\(size.0)</width><height>\(size.1)</height><depth>3</depth></size>
    <object><name>crab</name><bndbox><xmin>\(box[0])</xmin><ymin>\(box[1])</ymin>
    <xmax>\(box[2])</xmax><ymax>\(box[3])</ymax></bndbox></object></annotation>
    """
  }

  private static func coco(_ names: [String]) -> String {
    let images = names.enumerated().map {
      #"{"id": \#($0 + 1), "file_name": "\#($1).png", "width": 64, "height": 48}"#
    }
    let annotations = names.indices.map {
      #"{"id": \#($0 + 1), "image_id": \#($0 + 1), "category_id": 1, "bbox": [1, 2, 3, 4]}"#
    }
    return #"{"images": [\#(images.joined(separator: ", "))], "annotations": ["#
      + annotations.joined(separator: ", ") + #"], "categories": [{"id": 1, "name": "zebra"}]}"#
  }

  /// Reads a folder; returns what was read and the notes.
  private static func read(_ folder: String) async throws -> (imported: Imported, notes: [String]) {
    let notes = Mutex<[String]>([])
    var reader = DatasetReader()
    reader.note = { line in notes.withLock { $0.append(line) } }
    let imported = try await reader.read(folder)
    return (imported, notes.withLock { $0 })
  }

  /// 20 pictures with XML files.
  private static func vocSet(in folder: TemporaryFolder) throws {
    for number in 0..<20 {
      try picture(folder.path("set/p\(number).png"))
      try folder.write(voc("p\(number)", [4, 8, 30, 28]), to: "set/p\(number).xml")
    }
  }

  @Test(arguments: [true, false])
  func `a program's own example is no rival`(_ hasPicture: Bool) async throws {
    let folder = try TemporaryFolder()
    try Self.vocSet(in: folder)
    try folder.write(Self.coco(["zebra1"]), to: "code/test/demo.json")
    if hasPicture { try Self.picture(folder.path("code/test/zebra1.png")) }
    let (imported, notes) = try await Self.read(folder.path)
    #expect(imported.format == .voc)
    #expect(imported.datasets.flatMap(\.images).count == 20)
    #expect(notes[0].contains("demo.json has COCO's keys) is about 1 other image"))
    #expect(notes[0].contains("none of which was found") == !hasPicture)
  }

  @Test(arguments: [["p1", "zebra1"], (0..<5).map { "zebra\($0)" }])
  func `what shares a picture, or is no small part, is a rival`(_ names: [String]) async throws {
    let folder = try TemporaryFolder()
    try Self.vocSet(in: folder)
    try folder.write(Self.coco(names), to: "other/demo.json")
    for name in names { try Self.picture(folder.path("other/\(name).png")) }
    await #expect(throws: DatasetError.self) { try await Self.read(folder.path) }
  }

  @Test func `labels whose pictures are missing are not said to be none`() async throws {
    let folder = try TemporaryFolder()
    for number in 0..<3 {
      try folder.write(Self.voc("p\(number)", [4, 8, 30, 28]), to: "xml/p\(number).xml")
      try folder.write("0 0.5 0.5 0.2 0.2\n", to: "labels/p\(number).txt")
    }
    let (imported, notes) = try await Self.read(folder.path)
    #expect(imported.format == .voc)
    #expect(notes[0].contains("contains 3 boxes that cannot be read, because their images"))
    #expect(notes[0].contains("--images"))
  }

  @Test(arguments: [
    ("0.5 0.5 0.4 0.4", true), ("0.500 0.500 0.399 0.401", true),
    ("0.50000 0.51 0.40000 0.4", false),
  ])
  func `boxes are the same within the decimals that are written`(
    _ row: String, _ isSame: Bool
  ) async throws {
    let folder = try TemporaryFolder()
    try Self.picture(folder.path("images/train/a.png"), width: 4000, height: 3000)
    try folder.write(
      Self.voc("a", [1202, 898, 2798, 2102], size: (4000, 3000)), to: "xml/a.xml")
    try folder.write("0 \(row)\n", to: "labels/train/a.txt")
    if isSame {
      let (imported, notes) = try await Self.read(folder.path)
      #expect(imported.format == .voc)
      #expect(notes[0].contains("yolo"))
    } else {
      await #expect(throws: DatasetError.self) { try await Self.read(folder.path) }
    }
  }

  @Test func `a row that stands for no object is no difference`() async throws {
    let folder = try TemporaryFolder()
    try Self.vocSet(in: folder)
    let rows = (0..<20).map { "p\($0).png,64,48,crab,4,8,30,28\n" }
    try folder.write(
      "filename,width,height,class,xmin,ymin,xmax,ymax\n" + rows.joined()
        + "p3.png,64,48,-1,-1,-1,-1,-1\n", to: "labels.csv")
    #expect(try await Self.read(folder.path).imported.format == .voc)
  }
}
