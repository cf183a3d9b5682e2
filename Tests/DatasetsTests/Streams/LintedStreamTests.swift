import COCO
import Files
import Formats
import Foundation
import Linting
import TestSupport
import Testing

@testable import Datasets

/// Datasets that are linted window by window, compared with the same ones linted at once.
struct LintedStreamTests {
  private static let head =
    #"{"categories":[{"id":1,"name":"crab"},{"id":2,"name":"eel"},{"id":3,"name":"ray"},{"id":9,"name":"Crab"}]}"#

  /// A set of lines.
  private struct Lines {
    var lines = [LintedStreamTests.head]
    private var id = 0

    mutating func add(
      image: Int, name: String? = nil, size: (Int, Int) = (64, 48), boxes: [[Double]],
      further: String = ""
    ) {
      let annotations = boxes.map { box in
        id += 1
        return
          #"{"id":\#(id),"category_id":\#(id % 3 + 1),"bbox":\#(box),"iscrowd":0\#(further)}"#
      }
      lines.append(
        #"{"id":\#(image),"file_name":"\#(name ?? "\(image).jpg")","width":\#(size.0),"height":\#(size.1),"annotations":[\#(annotations.joined(separator: ","))]}"#
      )
    }

    var text: String { lines.joined(separator: "\n") }
  }

  /// The findings of a set linted at once, and in windows of each of several sizes.
  private func expectSameFindings(
    of text: String, rules: [FaultKind], images: [String: String] = [:],
    _ change: (inout DatasetLinter) -> Void = { _ in }
  ) async throws {
    let folder = try TemporaryFolder()
    let input = try folder.write(text, to: "set.jsonl")
    for (name, image) in images {
      try FileManager.default.copyItem(atPath: image, toPath: folder.path(name))
    }
    var linter = DatasetLinter()
    linter.reader.workers = Workers(threads: 2)
    change(&linter)
    let whole = try await linter.lint(input)
    for kind in rules {
      #expect(whole.findings.contains { $0.kind == kind }, "\(kind)")
    }
    for window in [300, 4000, 1 << 20] {
      linter.reader.options.windowSize = window
      let linted = try #require(try await linter.lintInWindows([input]))
      #expect(lines(of: linted) == lines(of: whole), "\(window)")
      #expect(linted.imported.read == whole.imported.read)
      #expect(linted.imported.notes == whole.imported.notes)
    }
  }

  /// The findings in the order in which they are reported.
  private func lines(of linted: LintedDataset) -> [String] {
    linted.findings.enumerated().sorted { left, right in
      (left.element.origin?.offset ?? .max, left.offset)
        < (right.element.origin?.offset ?? .max, right.offset)
    }.map { _, finding in
      "\(finding.origin?.offset ?? -1) \(finding.rule) \(finding.severity) \(finding.message) "
        + "\(String(describing: finding.field)) \(finding.fixes) "
        // Of the boxes that prove a convention the first is known by its place only.
        + (finding.kind == .boxConvention ? "" : String(describing: finding.record))
    }
  }

  @Test(arguments: 0..<8)
  func `windows are judged as the whole file`(seed: Int) async throws {
    let text = OddLines.text(seed: UInt64(seed), numbersIDs: seed % 3 != 0)
    try await expectSameFindings(of: text, rules: []) { linter in
      if seed % 4 == 1 { linter.reader.categories.renames = ["eel": "fish", "ray": "fish"] }
      if seed % 4 == 2 { linter.reader.categories.names = ["ray", "crab"] }
      if seed % 4 == 3 {
        linter.waivers = [
          Waiver(rule: "inverted-box"), Waiver(rule: "tiny-box", file: "set.jsonl"),
        ]
      }
    }
  }

  @Test func `boxes far from typical are found among those of all windows`() async throws {
    var set = Lines()
    for image in 1...90 {
      let side = Double(6 + image % 3)
      set.add(image: image, boxes: [[1, 2, side, side + 0.5], [20, 9, side + 1, side]])
    }
    set.add(image: 91, boxes: [[0, 0, 60, 46], [1, 1, 1.5, 40]])
    try await expectSameFindings(of: set.text, rules: [.farFromCategoryMean])
  }

  @Test func `what is odd about all annotations is known before any is judged`() async throws {
    var (units, corners, outlines, fractions) = (Lines(), Lines(), Lines(), Lines())
    for image in 1...80 {
      let boxes: [[Double]] = [[0, 5, 24, 35], [20, 6, 44, 36], [40, 7, 64, 37]]
      units.add(image: image, boxes: [[1, 2, 9, 9]], further: #","area":1"#)
      corners.add(image: image, boxes: boxes)
      fractions.add(image: image, boxes: [[0.1, 0.25, 0.3, 0.45]])
      let outline = image % 9 == 0 ? "[[1,2,10,2,10,11,1,11]]" : "[]"
      outlines.add(image: image, boxes: [[1, 2, 9, 9]], further: #","segmentation":\#(outline)"#)
    }
    try await expectSameFindings(of: units.text, rules: [.unitArea])
    try await expectSameFindings(of: corners.text, rules: [.boxConvention])
    try await expectSameFindings(of: outlines.text, rules: [.emptySegmentation])
    try await expectSameFindings(of: fractions.text, rules: [.ambiguousUnits])
  }

  @Test func `names are compared with those of all windows`() async throws {
    var set = Lines()
    for image in 1...40 { set.add(image: image, boxes: [[1, 2, 9, 9]]) }
    set.add(image: 41, name: "7.jpg", boxes: [])
    set.add(image: 42, name: "9.JPG", boxes: [])
    try await expectSameFindings(of: set.text, rules: [.duplicateFileName, .nonPortableFileName])
  }

  @Test func `images are compared with those of all windows`() async throws {
    let samples = FixtureFolder("../samples/voc").path("JPEGImages")
    let files = try FileManager.default.contentsOfDirectory(atPath: samples).sorted()
    var set = Lines()
    var images: [String: String] = [:]
    for image in 1...(files.count + 1) {
      set.add(image: image, boxes: [[1, 2, 9, 9]])
      images["\(image).jpg"] = "\(samples)/\(files[(image - 1) % files.count])"
    }
    set.add(image: 100, boxes: [])
    try await expectSameFindings(
      of: set.text, rules: [.exactDuplicateImage, .missingImageFile, .imageSizeMismatch],
      images: images)
  }

  @Test func `sets whose records refer to others are read at once`() async throws {
    let folder = try TemporaryFolder()
    var set = Lines()
    set.add(image: 1, boxes: [[1, 2, 9, 9]])
    set.add(image: 1, boxes: [[1, 2, 9, 9]])
    let input = try folder.write(set.text, to: "set.jsonl")
    #expect(try await DatasetLinter().lintInWindows([input])?.findings == nil)
    var linter = DatasetLinter()
    linter.waivers = [Waiver(rule: "tiny-box", annotation: 7)]
    let sound = try folder.write(OddLines.text(seed: 1), to: "sound.jsonl")
    #expect(try await linter.lintInWindows([sound])?.findings == nil)
  }
}
