import TestSupport
import Testing

@testable import COCO

@Suite("Faults of COCO JSON")
struct COCOFaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// `rule line:column` of each finding and rejection.
    let faults: [String]
    /// The ids of the annotations that are kept.
    let kept: [Int]
    var testDescription: String { name }

    /// `bad` stands as a line of its own between two good annotations, on line 3.
    init(_ name: String, _ bad: [UInt8], _ faults: [String], kept: [Int] = [1, 3]) {
      let good = #"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}"#
      let last = #"{"id": 3, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}"#
      self.name = name
      bytes =
        Array(
          "{\"images\":[{\"id\":1,\"file_name\":\"a\",\"width\":1,\"height\":1}],\"annotations\":[\n\(good)"
            .utf8)
        + bad
        + Array(
          "\(last)\n],\"categories\":[{\"id\":1,\"name\":\"a\"}, {\"id\":2,\"name\":\"b\"}]}".utf8)
      self.faults = faults
      self.kept = kept
    }

    init(_ name: String, _ bad: String, _ faults: [String], kept: [Int] = [1, 3]) {
      self.init(name, Array(",\n\(bad),\n".utf8), faults, kept: kept)
    }

    /// `text` stands between the good annotations in place of the comma.
    init(_ name: String, between text: String, _ faults: [String], kept: [Int] = [1, 3]) {
      self.init(name, Array(text.utf8), faults, kept: kept)
    }
  }

  private static func record(_ members: String) -> String {
    "{\"id\": 2, \"image_id\": 1, \"category_id\": 1, \(members)}"
  }

  private static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }

  static let values: [Fault] = [
    Fault("a box of three numbers", record("\"bbox\": [1, 2, 3]"), ["malformed-value 3:52"]),
    Fault("a box of five numbers", record("\"bbox\": [1, 2, 3, 4, 5]"), ["malformed-value 3:52"]),
    Fault("a box that is text", record("\"bbox\": \"1 2 3 4\""), ["malformed-value 3:52"]),
    Fault(
      "a number with a leading zero", record("\"bbox\": [01, 2, 3, 4]"), ["malformed-value 3:53"]),
    Fault("a number with a plus", record("\"bbox\": [1, +2, 3, 4]"), ["malformed-value 3:56"]),
    Fault(
      "a number without digits", record("\"area\": -"), ["malformed-value 3:52"],
      kept: [1, 2, 3]),
    Fault(
      "a hexadecimal number", record("\"area\": 0x10"), ["malformed-value 3:52"],
      kept: [1, 2, 3]),
    Fault(
      "a number with two points", record("\"area\": 1.2.3"), ["malformed-value 3:52"],
      kept: [1, 2, 3]),
    Fault(
      "a number that ends in a point", record("\"area\": 1."), ["malformed-value 3:52"],
      kept: [1, 2, 3]),
    Fault(
      "text as area", record("\"area\": \"big\""), ["malformed-value 3:52"],
      kept: [1, 2, 3]),
    Fault(
      "text as iscrowd", record("\"iscrowd\": \"no\""), ["malformed-value 3:55"],
      kept: [1, 2, 3]),
    Fault("text as segmentation", record("\"segmentation\": \"x\""), ["malformed-value 3:60"]),
    Fault("a flat polygon", record("\"segmentation\": [1, 2, 3]"), ["malformed-value 3:61"]),
    Fault(
      "run lengths without counts", record("\"segmentation\": {\"size\": [1, 1]}"),
      ["missing-field 3:60"]),
    Fault(
      "run lengths without a size", record("\"segmentation\": {\"counts\": [1]}"),
      ["malformed-value 3:60"]),
    Fault(
      "run lengths of a negative size",
      record("\"segmentation\": {\"size\": [-1, 1], \"counts\": [1]}"), ["malformed-value 3:60"]),
    Fault(
      "negative run lengths", record("\"segmentation\": {\"size\": [1, 1], \"counts\": [1, -1]}"),
      ["malformed-value 3:87"]),
    Fault(
      "run lengths of other characters",
      record("\"segmentation\": {\"size\": [1, 1], \"counts\": \"€\"}"), ["malformed-value 3:87"]),
    Fault("an id that is a list", "{\"id\": [2], \"image_id\": 1}", ["malformed-value 3:8"]),
    Fault("an id with a fraction", "{\"id\": 2.5, \"image_id\": 1}", ["malformed-value 3:8"]),
    Fault(
      "a class id of null", "{\"id\": 2, \"image_id\": 1, \"category_id\": null}",
      ["malformed-value 3:41"]),
    Fault("no picture's id", "{\"id\": 2, \"category_id\": 1}", ["missing-field 3:1"]),
    Fault("a number instead of a record", "5", ["malformed-value 3:1"]),
    Fault("null instead of a record", "null", ["malformed-value 3:1"]),
    Fault("a list instead of a record", "[1, {\"id\": 2},{\"id\": 4}]", ["malformed-value 3:1"]),
    Fault(
      "NaN under an unknown key", record("\"x\": NaN"), ["malformed-value 3:49"], kept: [1, 2, 3]),
    Fault(
      "a lone surrogate under an unknown key", record("\"x\": {\"y\": [\"\\ud800\"]}"),
      ["malformed-value 3:56"], kept: [1, 2, 3]),
    Fault(
      "a wrong escape in attributes", record("\"attributes\": {\"x\": \"\\x\"}"),
      ["malformed-value 3:64"], kept: [1, 2, 3]),
    Fault(
      "a misspelt word under an unknown key", record("\"x\": nul"), ["malformed-value 3:49"],
      kept: [1, 2, 3]),
    Fault(
      "a bad number under an unknown key", record("\"x\": 1.2.3"), ["malformed-value 3:49"],
      kept: [1, 2, 3]),
  ]

  static let syntax: [Fault] = [
    Fault("a double comma", between: ",,\n\n", ["malformed-file 2:66"]),
    Fault("two commas on lines of their own", between: ",\n,\n", ["malformed-file 3:1"]),
    Fault("no comma", between: "\n", ["malformed-file 3:1"]),
    Fault("a colon for a comma", between: ":\n", ["malformed-file 2:65", "malformed-file 3:1"]),
    Fault("a brace too many", between: "},\n", ["malformed-file 2:65"]),
    Fault("no value", record("\"x\": "), ["malformed-file 3:1"]),
    Fault("no colon", record("\"x\" 1"), ["malformed-file 3:1"]),
    Fault("no comma within a record", record("\"x\": 1 \"y\": 2"), ["malformed-file 3:1"]),
    Fault("a comma too many within a record", record("\"x\": 1,"), ["malformed-file 3:1"]),
    Fault(
      "a comma too many within a box", record("\"bbox\": [1, 2, 3, 4,]"), ["malformed-file 3:1"]),
    Fault("a name without quotes", record("x: 1"), ["malformed-file 3:1"]),
    Fault("single quotes", "{'id': 2, 'image_id': 1}", ["malformed-file 3:1"]),
    Fault(
      "a comment", "/* 2 */ {\"id\": 2, \"image_id\": 1}",
      ["malformed-file 3:1"]),
    Fault("a bracket for a brace", "{\"id\": 2, \"image_id\": 1]", ["malformed-file 3:1"]),
    Fault("a bracket within a record", record("\"x\": 1]"), ["malformed-file 3:1"]),
    Fault("a box that is not closed", record("\"bbox\": [1, 2, 3, 4"), ["malformed-file 3:1"]),
    Fault("no brace at the end", "{\"id\": 2, \"image_id\": 1", ["malformed-file 3:1"]),
    Fault("no brace at the beginning", "\"id\": 2, \"image_id\": 1}", ["malformed-file 3:1"]),
    Fault("no quote at the end of a text", record("\"x\": \"y"), ["malformed-file 3:1"]),
    Fault("no quote at the beginning of a text", record("\"x\": y\""), ["malformed-file 3:1"]),
    Fault("no quote at the end of a name", record("\"x: 1"), ["malformed-file 3:1"]),
    Fault("a line end within a text", record("\"x\": \"\n\""), ["malformed-file 3:1"]),
    Fault("a lone surrogate as a name", record("\"\\udead\": 1"), ["malformed-file 3:1"]),
    Fault("600 lists in one another", record("\"x\": \(nested(600))"), ["malformed-file 3:1"]),
    Fault(
      "bytes that are no UTF-8",
      Array(",\n{\"id\": 2, \"image_id\": 1, \"x\": \"".utf8) + [0xC3, 0x28] + Array("\"},\n".utf8),
      ["malformed-file 3:1"]),
    Fault("a NUL", record("\"x\": \u{0}"), ["malformed-file 3:1"]),
  ]

  static let faults = values + syntax

  @Test(arguments: faults)
  func `a fault has one rule and place and leaves its neighbours`(_ fault: Fault) async throws {
    let folder = try TemporaryFolder()
    let contents = try await folder.read(fault.bytes)
    #expect(contents.faults.map { "\($0.rule) \(folder.place(of: $0.origin))" } == fault.faults)
    #expect(contents.dataset.annotations.map(\.id) == fault.kept)
    #expect(contents.dataset.images.map(\.id) == [1])
    #expect(contents.dataset.categories.map(\.id) == [1, 2])
    #expect(
      contents.met.annotations == contents.dataset.annotations.count + contents.rejections.count)
  }

  @Test(arguments: faults)
  func `the last record's fault leaves what stands behind its list`(_ fault: Fault) async throws {
    let folder = try TemporaryFolder()
    let text = String(decoding: fault.bytes, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // Only the good record before, and the categories behind.
    guard lines.count == 5, fault.bytes.count == text.utf8.count else { return }
    let bad = lines[2].hasSuffix(",") ? String(lines[2].dropLast()) : String(lines[2])
    let cut = [lines[0], lines[1], Substring(bad), lines[4]].joined(separator: "\n")
    let contents = try await folder.read(cut.utf8)
    #expect(!contents.faults.isEmpty)
    #expect(contents.dataset.categories.map(\.id) == [1, 2])
    #expect(contents.dataset.annotations.first?.id == 1)
  }

  @Test(
    arguments: [
      record("\"x\": \(nested(200))"), record("\"x\": \"},{]\""), record("\"x\": 1e400"),
      record("\"x\": \"\\ud83e\\udd65\""), record("\"bbox\": [1e0, 2E+0, 3.0, 40e-1]"),
      "{\"id\": 2.0, \"image_id\": 1e0}", record("\"area\": 99999999999999999999"),
    ])
  func `a sound record that only looks odd is kept without a word`(_ good: String) async throws {
    let folder = try TemporaryFolder()
    let contents = try await folder.read(Fault("", good, []).bytes)
    #expect(contents.faults.isEmpty)
    #expect(contents.dataset.annotations.map(\.id) == [1, 2, 3])
    #expect(contents.annotationRepairs.isEmpty)
  }

  @Test(
    arguments: ["NaN", "Infinity", "-Infinity", "1e400", "-1e999", "null"])
  func `what JSON has no number for is admitted into the box, for the rule to find`(
    _ number: String
  ) async throws {
    let folder = try TemporaryFolder()
    let contents = try await folder.read(
      Fault("", Self.record("\"bbox\": [1, 2, \(number), 4]"), []).bytes)
    #expect(contents.faults.isEmpty)
    #expect(contents.dataset.annotations.map(\.id) == [1, 2, 3])
    #expect(contents.dataset.annotations[1].box?.isFinite == false)
  }
}
