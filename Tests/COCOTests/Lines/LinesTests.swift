import Files
import TestSupport
import Testing

@testable import COCO

@Suite("A picture a line")
struct LinesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func read(
    _ text: String, stripe: Int = 1 << 20, threads: Int = 1
  ) async throws -> COCOContents {
    let file = try InputFile(folder.write(text.utf8, to: "a.jsonl"))
    var reader = COCOReader(tasks: OrderedTasks(threads: threads))
    reader.sizes.stripe = stripe
    return try await reader.read(file, source: 0)
  }

  private func written(_ dataset: Dataset, threads: Int = 1) async throws -> String {
    var bytes: [UInt8] = []
    try await LinesWriter(tasks: OrderedTasks(threads: threads)).write(dataset) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let head =
    #"{"info":{"year":2026},"licenses":[],"categories":[{"id":2,"name":"crab"}]}"#

  private static func picture(_ id: Int, objects: Int = 2) -> String {
    let annotations = (0..<objects).map {
      #"{"id":\#(id * 10 + $0),"image_id":\#(id),"category_id":2,"bbox":[1,2,3,4],"#
        + #""area":12,"iscrowd":0}"#
    }
    return #"{"id":\#(id),"file_name":"\#(id).jpg","width":64,"height":48,"annotations":["#
      + annotations.joined(separator: ",") + "]}"
  }

  private static let whole =
    ([head] + (1...40).map { picture($0, objects: $0 % 4) }).joined(separator: "\n") + "\n"

  @Test(
    arguments: [64, 1000, 1 << 20])
  func `what is written reads as it was, whatever is read at a time`(stripe: Int) async throws {
    let contents = try await read(Self.whole, stripe: stripe, threads: 3)
    #expect(contents.faults.isEmpty)
    #expect(contents.dataset.images.map(\.id) == Array(1...40))
    #expect(contents.dataset.annotations.count == 60)
    #expect(try await written(contents.dataset, threads: 2) == Self.whole)
  }

  @Test func `files behind one another are one set`() async throws {
    let text = [Self.head, Self.picture(1), Self.head, Self.picture(2), ""].joined(separator: "\n")
    let dataset = try await read(text).dataset
    #expect(dataset.categories.map(\.name) == ["crab"])
    #expect(dataset.images.map(\.id) == [1, 2])
    #expect(dataset.annotations.map(\.imageID) == [1, 1, 2, 2])
  }

  @Test func `an annotation need not name the picture that it stands with`() async throws {
    let contents = try await read(
      #"{"id":7,"file_name":"a.jpg","width":9,"height":9,"annotations":[{"id":1,"category_id":2,"bbox":[1,2,3,4]}]}"#
    )
    #expect(contents.faults.isEmpty)
    #expect(contents.dataset.annotations.map(\.imageID) == [7])
  }

  @Test func `blank lines, carriage returns and a byte order mark are passed over`() async throws {
    let text = "\u{FEFF}\(Self.head)\r\n\r\n  \n\(Self.picture(1))\r\n"
    let contents = try await read(text)
    #expect(contents.faults.isEmpty)
    #expect(contents.dataset.annotations.count == 2)
  }

  @Test(
    arguments: [
      "nonsense", #"{"id":5,"file_na"#, "[1, 2", "{}", "7", #"{"id":5} {"id":6}"#, "\u{0}\u{1}",
      #"{"id":5,"file_name":"b.jpg","annotations":[{"id":1,"#,
    ])
  func `a line that cannot be read costs no other, and has its place`(line: String) async throws {
    let text = [Self.head, Self.picture(1), line, Self.picture(2)].joined(separator: "\n")
    let contents = try await read(text)
    #expect(contents.dataset.images.map(\.id) == [1, 2])
    #expect(contents.rejections.count == 1)
    let place = try #require(contents.rejections.first?.finding.origin)
    #expect(place.offset >= Self.head.utf8.count + Self.picture(1).utf8.count + 2)
    #expect(place.offset < text.utf8.count - Self.picture(2).utf8.count)
  }

  @Test func `annotations that are no list are reported, and the picture is kept`() async throws {
    let contents = try await read(
      #"{"id":7,"file_name":"a.jpg","width":9,"height":9,"annotations":{"id":1}}"#)
    #expect(contents.dataset.images.count == 1)
    #expect(contents.findings.map(\.kind) == [.malformedValue])
  }

  @Test func `every key is kept, of pictures, annotations and the set`() async throws {
    let text = """
      {"info":{},"licenses":[{"id":1}],"categories":[],"videos":[3]}
      {"id":1,"file_name":"a.jpg","width":9,"height":9,"license":1,"annotations":[{"id":1,"image_id":1,\
      "category_id":1,"caption":"a beach"}]}

      """
    #expect(try await written(read(text).dataset) == text)
  }

  @Test func `an annotation without a picture cannot be written, and is told`() {
    let dataset = Dataset(
      images: [Image(id: 1, fileName: "a.jpg", width: 9, height: 9)],
      annotations: [
        Annotation(id: 1, imageID: 1, categoryID: 1), Annotation(id: 2, imageID: 8, categoryID: 1),
      ])
    #expect(LinesWriter.strays(of: dataset) == [1])
  }

  @Test(
    arguments: [
      #"{"image_id":1,"category_id":2,"bbox":[1,2,3,4],"score":0.5}"#,
      #"{"id":1,"annotations":[{"category_id":2,"bbox":[1,2,3,4],"score":0.5}]}"#,
      #"{"image_id":1,"annotations":[{"category_id":2,"bbox":[1,2,3,4],"score":0.5}]}"#,
      "{\"categories\":[]}\n" + #"{"image_id":1,"category_id":2,"bbox":[1,2,3,4],"score":0.5}"#,
    ])
  func `results are a detection a line, or a picture with its detections`(text: String) async throws
  {
    let file = try InputFile(folder.write(text.utf8, to: "r.jsonl"))
    let contents = try await DetectionReader(tasks: OrderedTasks(threads: 1)).read(file, source: 0)
    #expect(contents.fault == nil)
    let detections = contents.batches.flatMap { $0 }
    #expect(detections.map(\.imageID) == [1])
    #expect(detections.map(\.score) == [0.5])
  }

  @Test func `what reads back differently is told`() async throws {
    var dataset = try await read(Self.whole).dataset
    let file = try OutputFile("\(folder.path)/b.jsonl")
    try await LinesWriter(tasks: OrderedTasks(threads: 1)).write(dataset) { try file.write($0) }
    let verifier = LinesVerifier(tasks: OrderedTasks(threads: 1))
    #expect(try await verifier.difference(between: file, and: dataset) == nil)
    dataset.annotations[3].area = 13
    let difference = try await verifier.difference(between: file, and: dataset)
    #expect(difference == "annotation 4 reads back differently")
  }
}

@Suite("Lines that Zstandard made smaller")
struct CompressedLinesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private var whole: Dataset {
    let images = (1...3000).map { Image(id: $0, fileName: "\($0).jpg", width: 64, height: 48) }
    return Dataset(
      images: images,
      annotations: images.map {
        Annotation(
          id: $0.id, imageID: $0.id, categoryID: 1, box: Box(x: 1, y: 2, width: 3, height: 4),
          area: 12)
      }, categories: [Category(id: 1, name: "crab")])
  }

  private func write(_ dataset: Dataset) async throws -> String {
    let path = "\(folder.path)/a.jsonl.zst"
    let tasks = OrderedTasks(threads: 1)
    let file = try OutputFile(path)
    try await LinesWriter(tasks: tasks).write(dataset) { try file.write($0) }
    #expect(try await LinesVerifier(tasks: tasks).difference(between: file, and: dataset) == nil)
    try file.commit()
    return path
  }

  @Test func `they are smaller, and read as they were`() async throws {
    let path = try await write(whole)
    let size = try folder.bytes("a.jsonl.zst").count
    #expect(size > 100 && size < 60_000)
    let read = try await COCOReader(tasks: OrderedTasks(threads: 2))
      .read(InputFile(path), source: 0)
    #expect(read.faults.isEmpty)
    #expect(read.dataset.images.count == 3000)
    #expect(read.dataset.annotations.map(\.box) == whole.annotations.map(\.box))
  }

  @Test func `a file that is cut, damaged or something else is refused in words`() async throws {
    let bytes = try folder.bytes(Path.name(of: await write(whole)))
    var damaged = bytes
    damaged[bytes.count / 2] ^= 0xFF
    for (broken, words) in [
      (Array(bytes.prefix(bytes.count / 2)), "cannot decompress: no data available"),
      (damaged, "cannot decompress: bad message"),
      (Array("{}".utf8), "cannot decompress: "), ([], "cannot decompress: no data available"),
    ] {
      let path = try folder.write(broken, to: "b.jsonl.zst")
      let error = #expect(throws: FileError.self) { try InputFile(path) }
      #expect(error?.problem.hasPrefix(words) == true, "\(String(describing: error))")
    }
  }
}
