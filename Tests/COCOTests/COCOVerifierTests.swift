import Files
import Foundation
import TestSupport
import Testing

@testable import COCO

@Suite("Verifying what was written")
struct COCOVerifierTests {
  static let dataset = Dataset(
    info: ["year": 2017], licenses: [["a"]],
    images: [
      Image(id: 1, fileName: "a.jpg", width: 10, height: 20, extra: ["x": .null]),
      Image(id: 2, fileName: "b.jpg", width: 10, height: 20),
    ],
    annotations: [
      Annotation(
        id: 1, imageID: 1, categoryID: 1, box: Box(x: 1.5, y: 2, width: 3, height: 4), area: 12,
        segmentation: .polygons(Polygons([[1, 2, 3, 4, 5, 6], [7, 8, 9.25, 1, 2, 3]])),
        attributes: ["difficult": true]),
      Annotation(
        id: 2, imageID: 2, categoryID: 2, isCrowd: 1,
        segmentation: .runLengths(RunLengthMask(height: 2, width: 3, counts: [1, 2, 3])),
        keypoints: [1, 2, 2]),
      Annotation(
        id: 3, imageID: 2, categoryID: 2,
        segmentation: .compressedRunLengths(RunLengthMask(height: 2, width: 3, counts: [1, 2, 3])),
        extra: ["big": .literal("1e400")]),
    ],
    categories: [
      Category(id: 1, name: "crab", supercategory: "animal"), Category(id: 2, name: "boat"),
    ],
    extra: ["twice": 1, "twice": 2])

  /// Annotations that can be compared without making records of them, as a file gives them: with
  /// corners in hundredths and in doubles, and with each field missing somewhere.
  private static func plain() async throws -> Dataset {
    let folder = try TemporaryFolder()
    let text = """
      {"images":[{"id":1,"file_name":"a.jpg","width":10,"height":20}],"annotations":[
      {"id":1,"image_id":1,"category_id":1,"bbox":[1.5,2,3,4],"area":12.25,"iscrowd":0,
      "segmentation":[[1,2.5,3.25,4,5,6],[7,8.12,9,1,2,3,14.5,6]]},
      {"id":2,"image_id":1,"category_id":1,"bbox":[0.125,2,3,4],"segmentation":[[0.125,2,3,4,5,6],[]]},
      {"id":3,"image_id":1,"iscrowd":1,"segmentation":[]},{"id":4,"image_id":1,"area":3}],
      "categories":[{"id":1,"name":"crab","supercategory":"animal"}]}
      """
    return try await folder.read(text.utf8).dataset
  }

  private func difference(
    _ dataset: Dataset, threads: Int = 1, damage: (OutputFile) throws -> Void = { _ in }
  ) async throws -> String? {
    let folder = try TemporaryFolder()
    let file = try OutputFile("\(folder.path)/a.json")
    let tasks = OrderedTasks(threads: threads)
    let written = try await COCOWriter(tasks: tasks).write(dataset, to: file)
    try damage(file)
    return try await COCOVerifier(tasks: tasks).difference(between: file, written, and: dataset)
  }

  @Test(arguments: [1, 2])
  func `what was just written differs in nothing`(threads: Int) async throws {
    #expect(try await difference(Self.dataset, threads: threads) == nil)
    #expect(try await difference(Dataset(), threads: threads) == nil)
    var large = Self.dataset
    large.annotations = (1...10_000).map {
      Annotation(
        id: $0, imageID: 1, categoryID: 1, box: Box(x: Double($0) / 3, y: 0, width: 1, height: 1))
    }
    #expect(try await difference(large, threads: threads) == nil)
  }

  @Test(arguments: [false, true])
  func `every changed byte is found, blanks apart`(isPlain: Bool) async throws {
    let dataset = isPlain ? try await Self.plain() : Self.dataset
    let folder = try TemporaryFolder()
    let file = try OutputFile("\(folder.path)/a.json")
    let written = try await COCOWriter(tasks: OrderedTasks(threads: 1)).write(
      dataset, to: file)
    let verifier = COCOVerifier(tasks: OrderedTasks(threads: 1))
    let bytes = try file.reader().bytes(at: 0, count: file.size)
    for (index, byte) in bytes.enumerated() where byte != UInt8(ascii: "\n") {
      let replacement: UInt8 = byte == UInt8(ascii: "7") ? UInt8(ascii: "5") : UInt8(ascii: "7")
      try overwrite(file, at: index, replacement)
      let difference = try await verifier.difference(between: file, written, and: dataset)
      #expect(difference != nil, "byte \(index), \(Unicode.Scalar(byte))")
      try overwrite(file, at: index, byte)
    }
    #expect(try await verifier.difference(between: file, written, and: dataset) == nil)
  }

  @Test(arguments: [false, true])
  func `every byte that a blank replaces is found`(isPlain: Bool) async throws {
    let dataset = isPlain ? try await Self.plain() : Self.dataset
    let folder = try TemporaryFolder()
    let file = try OutputFile("\(folder.path)/a.json")
    let written = try await COCOWriter(tasks: OrderedTasks(threads: 1)).write(
      dataset, to: file)
    let verifier = COCOVerifier(tasks: OrderedTasks(threads: 1))
    let bytes = try file.reader().bytes(at: 0, count: file.size)
    for (index, byte) in bytes.enumerated() where byte != UInt8(ascii: "\n") {
      try overwrite(file, at: index, UInt8(ascii: " "))
      let difference = try await verifier.difference(between: file, written, and: dataset)
      #expect(difference != nil, "byte \(index), \(Unicode.Scalar(byte))")
      try overwrite(file, at: index, byte)
    }
  }

  @Test func `a plain annotation with a member too many or too few is another`() async throws {
    let dataset = try await Self.plain()
    let folder = try TemporaryFolder()
    let file = try OutputFile("\(folder.path)/a.json")
    let tasks = OrderedTasks(threads: 1)
    let written = try await COCOWriter(tasks: tasks).write(dataset, to: file)
    let verifier = COCOVerifier(tasks: tasks)
    #expect(try await verifier.difference(between: file, written, and: dataset) == nil)
    // The first has all fields, the last lacks most of them.
    let changes: [(Int, (inout Annotation) -> Void)] = [
      (0, { $0.isCrowd = nil }), (0, { $0.area = nil }), (0, { $0.box = nil }),
      (0, { $0.categoryID = nil }), (0, { $0.segmentation = nil }), (0, { $0.extra["x"] = 1 }),
      (3, { $0.isCrowd = 0 }), (3, { $0.categoryID = 1 }), (3, { $0.attributes["x"] = 1 }),
      (3, { $0.box = Box(x: 0, y: 0, width: 1, height: 1) }),
      (3, { $0.segmentation = .polygons(Polygons([])) }),
    ]
    for (index, change) in changes {
      var other = dataset
      change(&other.annotations[index])
      #expect(
        try await verifier.difference(between: file, written, and: other)
          == "annotation \(index + 1) reads back differently")
    }
  }

  @Test func `a comma that is missing between two parts of a long list is found`() async throws {
    let folder = try TemporaryFolder()
    let file = try OutputFile("\(folder.path)/a.json")
    let tasks = OrderedTasks(threads: 1)
    let images = (1...1_500).map { Image(id: $0, fileName: "\($0)", width: 1, height: 1) }
    let dataset = Dataset(images: images)
    let written = try await COCOWriter(tasks: tasks).write(dataset, to: file)
    var seams = 0
    for (part, offset) in written.parts {
      guard case .records(_, let range, let count) = part, range.upperBound < images.count else {
        continue
      }
      seams += 1
      for byte in " 7}".utf8 {
        try overwrite(file, at: offset + count - 1, byte)
        let verifier = COCOVerifier(tasks: tasks)
        #expect(try await verifier.difference(between: file, written, and: dataset) != nil)
      }
      try overwrite(file, at: offset + count - 1, UInt8(ascii: ","))
    }
    #expect(seams == 2)
  }

  /// Changes a byte of a file that has no name yet.
  private func overwrite(_ file: OutputFile, at offset: Int, _ byte: UInt8) throws {
    let handle = try FileHandle(forUpdating: URL(filePath: file.diskPath))
    try handle.seek(toOffset: UInt64(offset))
    try handle.write(contentsOf: [byte])
    try handle.close()
  }

  static let changes: [(String, @Sendable (inout Dataset) -> Void)] = [
    ("a width", { $0.images[0].width = 11 }),
    ("a name", { $0.images[1].fileName = "c.jpg" }),
    ("an unknown key", { $0.images[0].extra = [:] }),
    ("a box", { $0.annotations[0].box?.x = 1.25 }),
    ("a corner", { $0.annotations[0].segmentation = .polygons(Polygons([[1, 2]])) }),
    (
      "the form of a mask",
      {
        $0.annotations[1].segmentation = .compressedRunLengths(
          RunLengthMask(height: 2, width: 3, counts: [1, 2, 3]))
      }
    ),
    ("a keypoint", { $0.annotations[1].keypoints = [1, 2, 1] }),
    ("an attribute", { $0.annotations[0].attributes = [:] }),
    ("a class", { $0.annotations[2].categoryID = 1 }),
    ("a class's name", { $0.categories[1].name = "boats" }),
    ("a supercategory", { $0.categories[1].supercategory = "" }),
    ("the order", { $0.annotations.swapAt(0, 1) }),
  ]

  @Test(arguments: changes)
  func `a dataset that says something else is found to differ`(
    _ change: (name: String, apply: @Sendable (inout Dataset) -> Void)
  ) async throws {
    let folder = try TemporaryFolder()
    let file = try OutputFile("\(folder.path)/a.json")
    let tasks = OrderedTasks(threads: 1)
    let written = try await COCOWriter(tasks: tasks).write(Self.dataset, to: file)
    var other = Self.dataset
    change.apply(&other)
    #expect(
      try await COCOVerifier(tasks: tasks).difference(between: file, written, and: other) != nil)
  }
}

extension OutputFile {
  /// A path to what has been written: the file has no name of its own before its commit.
  fileprivate var diskPath: String {
    get throws {
      for descriptor in 3..<1024 {
        let link = "/proc/self/fd/\(descriptor)"
        guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link) else {
          continue
        }
        if target.hasPrefix(Path.folder(of: path) + "/") { return link }
      }
      throw FileError("open", path, code: ENOENT)
    }
  }
}
