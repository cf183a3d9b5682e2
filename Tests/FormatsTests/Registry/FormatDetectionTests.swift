import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct FormatDetectionTests {
  static let samples = [
    ("voc", "voc"), ("voc/Annotations", "voc"), ("voc/Annotations/scene1.xml", "voc"),
    ("broken/voc", "voc"), ("expected.json", "coco"), ("broken/coco", "coco"), ("yolo", "yolo"),
    ("broken/yolo", "yolo"), ("csv", "csv"), ("masks", "masks"),
  ]

  @Test(arguments: samples)
  func `each sample is of its own format`(path: String, format: String) throws {
    switch FormatDetection.detect([try InputTree(Samples.path(path))]) {
    case .found(let type, let evidence):
      #expect(type.name == format)
      #expect(!evidence.reason.isEmpty)
    case .ambiguous(let formats): Issue.record("expected one format, found \(formats)")
    case .mixed(let inputs): Issue.record("expected one input, found \(inputs)")
    case .unknown: Issue.record("expected a format")
    }
  }

  @Test func `two formats in one folder are for the user to decide`() throws {
    let folder = try TemporaryFolder()
    try folder.write(VOCFixture.text(), to: "a.xml")
    try folder.write(COCOFixture.text(), to: "instances.json")
    guard case .ambiguous(let formats) = FormatDetection.detect([try InputTree(folder.path)])
    else {
      Issue.record("expected two formats")
      return
    }
    #expect(formats.map(\.format.name).sorted() == ["coco", "voc"])
    #expect(formats.allSatisfy { !$0.evidence.reason.isEmpty })
  }

  @Test(arguments: [
    ("readme.md", "images and annotations"), ("a.xml", "<html/>"), ("a.json", "[1, 2]"),
    ("a.json", "{\"name\": \"crab\"}"), ("a.json", ""), ("a.xml", ""),
  ])
  func `other files are of no format`(name: String, text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: name)
    guard case .unknown = FormatDetection.detect([try InputTree(folder.path)]) else {
      Issue.record("expected no format")
      return
    }
  }

  @Test func `nothing is of no format`() {
    guard case .unknown = FormatDetection.detect([]) else {
      Issue.record("expected no format")
      return
    }
  }

  @Test(arguments: ["instances.json", "train/_annotations.coco.json"])
  func `COCO is known by the keys at either end of a file`(name: String) throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "x", count: 100_000)
    try folder.write("{\"info\": \"\(long)\", \"x\": \"\(long)\", \"annotations\": []}", to: name)
    guard case .found(let type, _) = FormatDetection.detect([try InputTree(folder.path)]) else {
      Issue.record("expected COCO")
      return
    }
    #expect(type.name == "coco")
  }

  @Test func `VOC in UTF-16 is known`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      [0xFF, 0xFE] + VOCFixture.text().utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      to: "a.xml")
    guard case .found(let type, let evidence) = FormatDetection.detect([try InputTree(folder.path)])
    else {
      Issue.record("expected VOC")
      return
    }
    #expect(type.name == "voc")
    #expect(evidence.reason == "1 XML file, \(folder.path)/a.xml begins with <annotation>")
  }
}
