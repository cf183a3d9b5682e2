import Foundation
import TestSupport
import Testing

/// A set of which a format cannot hold everything, and what is said and counted of it.
struct UnwritableSet: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// File names of pictures of 100 × 50 pixels with the ids 1, 2, 3.
  var pictures = ["p1.jpg", "p2.jpg", "p3.jpg"]
  var categories = ["cat", "dog"]
  /// Members of annotations with the ids 1, 2, 3: of the picture 1, 2, 3 unless they say so.
  var annotations = [
    #""category_id": 2, "bbox": [10, 12, 30, 25]"#, #""category_id": 1, "bbox": [20, 12, 30, 25]"#,
    #""category_id": 2, "bbox": [30, 12, 30, 25]"#,
  ]
  var formats = ["yolo", "voc", "csv"]
  var options: [String] = []
  /// Of images and annotations.
  var rejected: (images: Int, annotations: Int) = (0, 0)
  var words: [String]

  var json: String {
    let images = pictures.enumerated().map {
      #"{"id": \#($0 + 1), "file_name": "\#($1)", "width": 100, "height": 50}"#
    }
    let objects = annotations.enumerated().map {
      #"{"id": \#($0 + 1), "image_id": \#(min($0 + 1, pictures.count)), \#($1)}"#
    }
    let names = categories.enumerated().map { #"{"id": \#($0 + 1), "name": "\#($1)"}"# }
    return """
      {"images": [\(images.joined(separator: ",\n"))],
       "annotations": [\(objects.joined(separator: ",\n"))],
       "categories": [\(names.joined(separator: ", "))]}
      """
  }

  static let all = [
    UnwritableSet(
      testDescription: "two pictures of one stem", pictures: ["p1.jpg", "p2.jpg", "p2.png"],
      formats: ["yolo", "voc"], rejected: (1, 1),
      words: ["image 3 (p2.png)", "its label file is that of p2.jpg [unwritable-record]"]),
    UnwritableSet(
      testDescription: "one file name twice", pictures: ["p1.jpg", "p2.jpg", "p2.jpg"],
      formats: ["yolo", "voc"], rejected: (1, 1), words: ["image 3 (p2.jpg)"]),
    UnwritableSet(
      testDescription: "a picture without a name", pictures: ["p1.jpg", "p2.jpg", ""],
      rejected: (1, 1), words: ["image 3", "it has no file name [unwritable-record]"]),
    UnwritableSet(
      testDescription: "a hidden picture", pictures: ["p1.jpg", ".hidden.jpg", "p3.jpg"],
      formats: ["voc"], rejected: (1, 1),
      words: ["in.json:5", ".hidden.jpg reads back differently [unwritable-record]"]),
    UnwritableSet(
      testDescription: "a hidden picture, which has a place of its own",
      pictures: ["p1.jpg", ".hidden.jpg", "p3.jpg"], formats: ["yolo"],
      words: ["lost: 1 images written under another name"]),
    UnwritableSet(
      testDescription: "a box outside",
      annotations: [
        #""category_id": 2, "bbox": [10, 12, 30, 25]"#,
        #""category_id": 1, "bbox": [400, 300, 30, 25]"#,
        #""category_id": 2, "bbox": [30, 12, 30, 25]"#,
      ], formats: ["yolo"], rejected: (0, 1),
      words: ["in.json:5", "box-outside-image", "annotation 2 cannot be written as yolo"]),
    UnwritableSet(
      testDescription: "a caption among boxes",
      annotations: [
        #""category_id": 2, "bbox": [10, 12, 30, 25]"#, #""caption": "a cat""#,
        #""category_id": 2, "bbox": [30, 12, 30, 25]"#,
      ], rejected: (0, 1), words: ["a caption has no box [unwritable-record]"]),
    UnwritableSet(
      testDescription: "an outline on a line",
      annotations: [
        #""category_id": 2, "bbox": [10, 12, 30, 25]"#,
        #""category_id": 1, "bbox": [20, 12, 30, 5], "segmentation": [[20, 12, 30, 12, 50, 12]]"#,
        #""category_id": 2, "bbox": [30, 12, 30, 25]"#,
      ], formats: ["yolo"], options: ["--yolo-rows", "polygon"],
      words: [
        "in.json:5", "the outline encloses nothing; the corners of its box are written",
        "lost: 1 outlines that enclose nothing, written as the corners of their boxes",
      ]),
    UnwritableSet(
      testDescription: "pictures whose labels are called as lists are",
      pictures: ["classes.jpg", "train.jpg", "labels.jpg"], words: []),
    UnwritableSet(
      testDescription: "a blank at the end of a name", categories: ["cat ", "dog\\u200b"],
      words: [
        #"category "cat " is written as "cat""#, #"category "dogU+200B" is written as "dog""#,
      ]),
  ]
}

@Suite("Records that the written format cannot hold")
struct UnwritableTests {
  @Test(arguments: UnwritableSet.all)
  func `one stops no other, and is reported and counted`(set: UnwritableSet) throws {
    for format in set.formats {
      let folder = try TemporaryFolder()
      try folder.write(set.json, to: "in.json")
      let ending = try Copra.run(
        ["convert", "in.json", "--to", format, "-o", "out"] + set.options, in: folder)
      let isWhole = set.rejected == (0, 0)
      #expect(ending.status == (isWhole ? 0 : 1), "\(format): \(ending.messages)")
      for words in set.words { #expect(ending.messages.contains(words), "\(format)") }
      #expect(folder.exists("out.rejected.jsonl") == !isWhole)
      let kept = set.annotations.count - set.rejected.annotations
      #expect(try objects(in: folder, format) == kept, "\(format)")
      #expect(ledger(ending) == [set.rejected.images, set.rejected.annotations], "\(format)")
    }
  }

  /// How many objects stand in the files of `out`.
  private func objects(in folder: TemporaryFolder, _ format: String) throws -> Int {
    let paths = FileManager.default.enumerator(atPath: folder.path("out"))?.compactMap {
      $0 as? String
    }
    return try (paths ?? []).reduce(0) { count, path in
      switch (format, URL(fileURLWithPath: path).pathExtension) {
      case ("yolo", "txt"): try count + folder.text("out/\(path)").split(separator: "\n").count
      case ("voc", "xml"): try count + folder.text("out/\(path)").matches(of: /<object>/).count
      case ("csv", "csv"):
        try count
          + folder.text("out/\(path)").split(separator: "\n").dropFirst().count {
            !$0.contains(",,,,")
          }
      default: count
      }
    }
  }

  /// The numbers of rejected images and annotations in the ledger.
  private func ledger(_ ending: Copra.Ending) -> [Int] {
    ["images", "annotations"].map { name in
      let row = ending.results.split(separator: "\n").first { $0.contains(name) }
      return row?.split(separator: " ").last.flatMap { Int($0) } ?? -1
    }
  }

  @Test func `what was left out is listed where nothing else could be written`() throws {
    var set = UnwritableSet.all[0]
    set.pictures = ["", "", ""]
    let folder = try TemporaryFolder()
    try folder.write(set.json, to: "in.json")
    let ending = try Copra.run(["convert", "in.json", "--to", "voc", "-o", "out"], in: folder)
    #expect(ending.status == 1)
    #expect(ledger(ending) == [3, 3])
    #expect(try folder.names() == ["in.json", "out.rejected.jsonl"])
    #expect(try folder.lines("out.rejected.jsonl").count == 6)
  }

  @Test func `--on-error stop writes nothing of a set that the format cannot hold whole`() throws {
    let set = UnwritableSet.all[0]
    let folder = try TemporaryFolder()
    try folder.write(set.json, to: "in.json")
    let ending = try Copra.run(
      ["convert", "in.json", "--to", "yolo", "-o", "out", "--on-error", "stop"], in: folder)
    #expect(ending.status == 1)
    for words in set.words { #expect(ending.messages.contains(words)) }
    #expect(ending.messages.contains("nothing was written"))
    #expect(try folder.names() == ["in.json"])
  }
}
