import COCO
import Datasets
import Files
import Formats
import Foundation
import TestSupport
import Testing

/// Sets that hold the same pictures several times.
struct CopiedPictureTests {
  @Test(arguments: [false, true])
  func `a folder beside parts of itself is read once`(merging: Bool) async throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b", "c"] {
      try folder.voc("all/\(name)", xmin: name == "c" ? nil : 4)
      try folder.voc("\(name == "a" ? "train" : "test")/\(name)", xmin: name == "c" ? nil : 4)
    }
    let (splits, imported) = try await folder.read(merging: merging)
    #expect(splits == (merging ? ["-": 3] : ["train": 1, "test": 2]))
    #expect(imported.read == RecordCounts(images: 3, annotations: 2))
    #expect(imported.notes.contains { $0.hasPrefix("3 images are repeated") })
  }

  @Test func `pictures of one name with other boxes are other pictures`() async throws {
    let folder = try TemporaryFolder()
    try folder.voc("one/0", xmin: 4)
    try folder.voc("two/0", xmin: 9)
    let (splits, imported) = try await folder.read()
    #expect(splits == ["-": 2])
    #expect(imported.notes.isEmpty)
  }

  @Test func `pictures of one name without boxes are no copies by that`() async throws {
    let folder = try TemporaryFolder()
    try folder.voc("one/0", xmin: nil)
    try folder.voc("two/0", xmin: nil)
    #expect(try await folder.read().splits == ["-": 2])
  }

  @Test func `a picture of two splits is kept in both, unless they become one`() async throws {
    let folder = try TemporaryFolder()
    try folder.coco("train.json", [("a.jpg", 1), ("b.jpg", 2)])
    try folder.coco("val.json", [("b.jpg", 2), ("c.jpg", 3)])
    let (splits, imported) = try await folder.read()
    #expect(splits == ["train": 2, "val": 2])
    #expect(imported.notes.contains("train and val share 1 image"))
    let merged = try await folder.read(merging: true)
    #expect(merged.splits == ["-": 3])
    #expect(merged.imported.read.images == 3)
  }

  @Test func `a whole of which a part differs from its splits is written whole`() async throws {
    let folder = try TemporaryFolder()
    try folder.coco("train.json", [("a.jpg", 1), ("b.jpg", 2)])
    try folder.coco("val.json", [("c.jpg", 3)])
    try folder.coco("whole.json", [("a.jpg", 1), ("b.jpg", 2), ("c.jpg", 30)])
    let (splits, imported) = try await folder.read()
    #expect(splits == ["train": 2, "val": 1, "whole": 3])
    #expect(imported.read.images == 6)
    #expect(imported.notes.contains { $0.hasPrefix("whole repeats images of the others") })
  }

  @Test func `of a whole with more than its splits the rest is written`() async throws {
    let folder = try TemporaryFolder()
    try folder.coco("train.json", [("a.jpg", 1)])
    try folder.coco("val.json", [("c.jpg", 3)])
    try folder.coco("whole.json", [("a.jpg", 1), ("c.jpg", 3), ("d.jpg", 4)])
    #expect(try await folder.read().splits == ["train": 1, "val": 1, "whole": 1])
  }

  @Test(arguments: ["all.json", "x_updated.json", "exports/old.json"])
  func `a file of the same pictures and boxes is read once`(name: String) async throws {
    let folder = try TemporaryFolder()
    try folder.coco("train.json", [("a.jpg", 1), ("b.jpg", 2)])
    try folder.coco("val.json", [("c.jpg", 3)])
    try folder.coco(name, [("a.jpg", 1), ("b.jpg", 2), ("c.jpg", 3)])
    let (splits, imported) = try await folder.read()
    #expect(splits == ["train": 2, "val": 1])
    #expect(imported.read.images == 3)
  }

  @Test func `a folder of tables, lists and XML files is read with the splits of the tables`()
    async throws
  {
    let folder = try TemporaryFolder()
    var rows: [String: String] = [:]
    for name in ["a", "b", "c"] {
      try folder.voc("xml/\(name)")
      rows[
        name == "c" ? "test" : "train", default: "filename,width,height,class,xmin,ymin,xmax,ymax\n"
      ] +=
        "\(name).jpg,64,48,crab,4,8,30,28\n"
    }
    for (name, text) in rows { try folder.write(text, to: "data/\(name)_labels.csv") }
    let (splits, imported) = try await folder.read()
    #expect(imported.format == .voc)
    #expect(splits == ["train": 2, "test": 1])
    #expect(
      imported.datasets.allSatisfy { $0.images.first?.id == 1 && $0.annotations.first?.id == 1 })
  }

  @Test(arguments: [
    // More pictures than the XML files have: the table is the whole set.
    (["a 4", "b 4", "c 4"], "csv"), (["a 4"], "voc"), (["a 4", "b 4"], "voc"),
  ])
  func `the format that holds more is read`(rows: [String], format: String) async throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] { try folder.voc(name) }
    try folder.table(rows)
    #expect(try await folder.read().imported.format?.name == format)
  }

  @Test(arguments: [["a 4", "b 9"], ["a 4", "b 4", "b 9"], ["a 9", "c 4"]])
  func `where formats differ on a picture the user is asked, with both places`(
    rows: [String]
  ) async throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] { try folder.voc(name) }
    try folder.table(rows)
    do {
      _ = try await folder.read()
      Issue.record("a format was chosen")
    } catch let error as DatasetError {
      #expect(error.description.contains("--from voc"))
      #expect(error.description.contains("labels.csv:"))
      #expect(error.description.contains(".xml:1:1"))
    }
  }

  @Test func `the same XML file in two folders is one`() async throws {
    let folder = try TemporaryFolder()
    try folder.voc("annotations/a")
    try folder.voc("v1/annotations/a")
    try folder.write("", to: "images/a.jpg")
    let (splits, imported) = try await folder.read()
    #expect(splits == ["-": 1])
    #expect(!imported.findings.contains { $0.kind == .duplicateFileName })
  }

  @Test func `rows of one picture in several tables are one picture in one file`() async throws {
    let folder = try TemporaryFolder()
    let header = "filename,width,height,class,xmin,ymin,xmax,ymax\n"
    try folder.write("", to: "a.jpg")
    try folder.write(
      header + "a.jpg,64,48,crab,1,2,9,9\na.jpg,64,48,crab,20,2,29,9\n", to: "all.csv")
    try folder.write(
      header + "a.jpg,64,48,crab,1,2,9,9\na.jpg,64,48,crab,3,4,9,9\n", to: "train.csv")
    let (splits, imported) = try await folder.read(merging: true)
    #expect(splits == ["-": 1])
    #expect(imported.datasets[0].annotations.count == 3)
    #expect(imported.read == RecordCounts(images: 1, annotations: 3))
    #expect(imported.notes.contains { $0.hasSuffix("1 objects were the same") })
  }
}

extension TemporaryFolder {
  func voc(_ name: String, xmin: Int? = 4) throws {
    let object = xmin.map {
      "<object><name>crab</name><bndbox><xmin>\($0)</xmin><ymin>8</ymin><xmax>30</xmax>"
        + "<ymax>28</ymax></bndbox></object>"
    }
    try write(
      "<annotation><filename>\(Path.name(of: name)).jpg</filename><size><width>64</width>"
        + "<height>48</height></size>\(object ?? "")</annotation>", to: name + ".xml")
  }

  /// A table of pictures and the left edges of their boxes.
  func table(_ rows: [String]) throws {
    let lines = rows.map { row in
      let parts = row.split(separator: " ")
      return "\(parts[0]).jpg,64,48,crab,\(parts[1]),8,30,28"
    }
    let header = "filename,width,height,class,xmin,ymin,xmax,ymax"
    try write(([header] + lines).joined(separator: "\n") + "\n", to: "labels.csv")
  }

  func coco(_ name: String, _ pictures: [(name: String, x: Int)]) throws {
    let images = pictures.enumerated().map {
      #"{"id": \#($0 + 1), "file_name": "\#($1.name)", "width": 64, "height": 48}"#
    }
    let annotations = pictures.enumerated().map {
      #"{"id": \#($0 + 1), "image_id": \#($0 + 1), "category_id": 1, "bbox": [\#($1.x), 2, 9, 9]}"#
    }
    try write(
      #"{"images": [\#(images.joined(separator: ","))], "annotations": "#
        + #"[\#(annotations.joined(separator: ","))], "categories": [{"id": 1, "name": "crab"}]}"#,
      to: name)
  }

  func read(merging: Bool = false) async throws -> (splits: [String: Int], imported: Imported) {
    var reader = DatasetReader()
    reader.mergesSplits = merging
    let imported = try await reader.read(path)
    let counts = imported.datasets.map { ($0.split ?? "-", $0.images.count) }
    return (Dictionary(uniqueKeysWithValues: counts), imported)
  }
}
