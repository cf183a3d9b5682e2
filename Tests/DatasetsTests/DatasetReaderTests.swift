import COCO
import Datasets
import Files
import Formats
import Foundation
import Synchronization
import TestSupport
import Testing

/// The samples that the project draws, read as a user of the library reads them.
struct DatasetReaderTests {
  private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../samples").standardizedFileURL.path

  private static func voc(_ name: String, xmin: Int) -> String {
    """
    <annotation><filename>\(name).jpg</filename>
    <size><width>64</width><height>48</height><depth>3</depth></size>
    <object><name>crab</name>
    <bndbox><xmin>\(xmin)</xmin><ymin>8</ymin><xmax>30</xmax><ymax>28</ymax></bndbox></object>
    </annotation>
    """
  }

  private static func table(_ rows: (name: String, xmin: Int)...) -> String {
    (["filename,width,height,class,xmin,ymin,xmax,ymax"]
      + rows.map { "\($0.name).jpg,64,48,crab,\($0.xmin),8,30,28" }).joined(separator: "\n") + "\n"
  }

  @Test func `a line reads a set, with its splits and all that was found`() async throws {
    let dataset = try await DatasetReader().read("\(Self.samples)/voc")
    #expect(dataset.format == .voc)
    #expect(dataset.datasets.map(\.images.count).reduce(0, +) == 12)
  }

  @Test func `what is read can be written, linted and read again`() async throws {
    let folder = try TemporaryFolder()
    let dataset = try await DatasetReader().read("\(Self.samples)/voc")
    for format in Format.writable {
      var writer = DatasetWriter()
      writer.format = format
      try await writer.write(dataset, to: folder.path("\(format.name)"))
      var reader = DatasetReader()
      reader.options.imagesFolder = "\(Self.samples)/voc/JPEGImages"
      let again = try await reader.read(folder.path("\(format.name)"))
      #expect(again.format == format)
      #expect(again.read.annotations == dataset.read.annotations, "\(format.name)")
    }
    let linted = try await DatasetLinter().lint("\(Self.samples)/voc")
    #expect(!linted.findings.contains { $0.severity == .error })
  }

  @Test func `a table that was made of the XML files is named and not read`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.voc("a", xmin: 10), to: "a.xml")
    try folder.write(Self.voc("b", xmin: 12), to: "b.xml")
    // Rows may stand twice, as in a table of all and one of each split, or be fewer.
    try folder.write(Self.table(("a", 10), ("a", 10)), to: "train.csv")
    let notes = Mutex<[String]>([])
    var reader = DatasetReader()
    reader.note = { note in notes.withLock { $0.append(note) } }
    let dataset = try await reader.read(folder.path)
    #expect(dataset.format == .voc)
    #expect(dataset.read.annotations == 2)
    let reported = notes.withLock { $0 }
    #expect(reported.count == 1)
    #expect(reported[0].hasPrefix("format: voc (") && reported[0].contains("; csv ("))
  }

  @Test(arguments: [[("a", 14)], [("c", 10)]])
  func `a table that holds another box is asked about`(rows: [(String, Int)]) async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.voc("a", xmin: 10), to: "a.xml")
    try folder.write(Self.table((rows[0].0, rows[0].1)), to: "boxes.csv")
    await #expect {
      _ = try await DatasetReader().read(folder.path)
    } throws: { error in
      let message = "\(error)"
      return message.contains("--from voc") && message.contains("--from csv")
        && message.contains("in csv but not in voc: \"crab\" \(rows[0].1) 8 30 28")
    }
  }

  @Test(arguments: [true, false])
  func `options of tables imply the format, in a folder of several too`(
    namesColumns: Bool
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.write("scan;links;oben;breit;hoch\na.jpg;1;2;3;4\n", to: "t.csv")
    try folder.write(Self.voc("b", xmin: 4), to: "b.xml")
    var reader = DatasetReader()
    reader.options.judgesRecords = false
    if namesColumns {
      reader.options.csvColumns = [
        "image": "scan", "x": "links", "y": "oben", "w": "breit", "h": "hoch",
      ]
    }
    let imported = try await reader.read(folder.path)
    #expect(imported.format == (namesColumns ? .csv : .voc))
  }

  @Test func `what is said of tables leaves inputs without tables alone`() async throws {
    var reader = DatasetReader()
    reader.options.csvUnits = .pixels
    #expect(try await reader.read("\(Self.samples)/voc").format == .voc)
  }

  @Test func `a table that no format takes is described where nothing else is found`() async throws
  {
    let folder = try TemporaryFolder()
    try folder.write("scan,epoch\na,2\n", to: "t.csv")
    let error = await #expect(throws: DatasetError.self) {
      try await DatasetReader().read(folder.path)
    }
    let message = error?.description ?? ""
    #expect(message.contains("\n\(folder.path)/t.csv:1:1: expected columns for the image"))
    #expect(message.contains("--csv-columns"))
  }
}
