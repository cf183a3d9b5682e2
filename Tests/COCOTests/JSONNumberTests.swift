import COCO
import TestSupport
import Testing

@Suite("Numbers in JSON")
struct JSONNumberTests {
  private func text(_ value: Double) -> String {
    var output = JSONOutput()
    output.append(value)
    return output.text
  }

  static let table: [(Double, String)] = [
    (0, "0"), (-0.0, "-0.0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (-0.5, "-0.5"), (0.25, "0.25"),
    (1.005, "1.005"), (100, "100"), (0.07, "0.07"), (1e15, "1000000000000000"), (1e16, "1e+16"),
    (1e-4, "0.0001"), (1e-5, "1e-05"), (1e-7, "1e-07"), (1.5e-5, "1.5e-05"), (1e300, "1e+300"),
    (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
    (0.30000000000000004, "0.30000000000000004"), (1 / 3, "0.3333333333333333"),
    (123456789012.34, "123456789012.34"), (999999999999.99, "999999999999.99"),
    (1e12, "1000000000000"), (473.07, "473.07"), (9_007_199_254_740_992, "9007199254740992"),
    (4.35, "4.35"), (2.675, "2.675"), (1.115, "1.115"), (0.01, "0.01"), (0.005, "0.005"),
    (.nan, "null"), (.infinity, "null"), (-.infinity, "null"),
  ]

  @Test(arguments: table)
  func `a number is written as short as it can be`(value: Double, expected: String) {
    #expect(text(value) == expected)
  }

  /// Doubles of every size, decimals as people write them, and numbers beside powers of ten.
  private static func doubles(_ count: Int) -> [Double] {
    var numbers = SeededNumbers(seed: 7)
    return (0..<count).map { index in
      switch index % 4 {
      case 0:
        let value = Double(bitPattern: numbers.next())
        return value.isFinite ? value : 1
      case 1: return Double(Int.random(in: -1_000_000...1_000_000, using: &numbers)) / 100
      case 2: return Double.random(in: -2000...2000, using: &numbers)
      default:
        let power = Double("1e\(Int.random(in: -30...30, using: &numbers))") ?? 1
        return [power, power.nextUp, power.nextDown, -power][index / 4 % 4]
      }
    }
  }

  static let spellings: [(String, JSONValue)] = [
    ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("12345678", 12_345_678), ("-12345678", -12_345_678),
    ("123456789", 123_456_789), ("0.5", 0.5), ("-0.5", -0.5), ("-0.0", .number(-0.0)),
    ("507.32", 507.32), ("0.000001", 0.000001), ("123456.7", 123456.7), ("1234567.8", 1234567.8),
    ("1e3", 1000.0), ("00", "00"), ("01", "01"), ("-01", "-01"), ("01.5", "01.5"), ("1.", "1."),
    ("-", "-"), ("-.5", "-.5"), ("1.2.3", "1.2.3"), ("1x", "1x"), ("1-2", "1-2"), ("+1", "+1"),
    ("1/2", "1/2"), ("1:", "1:"), ("1..5", "1..5"), (".5", ".5"), ("00.5", "00.5"), ("--1", "--1"),
    ("1.-5", "1.-5"), ("0.05", 0.05), ("-0.01", -0.01), ("1.230", 1.23), ("1000000", 1_000_000),
    ("-99999.9", -99999.9), ("-999999", -999_999), ("null", .null), ("true", true),
  ]

  @Test(arguments: spellings)
  func `numbers of few digits are read exactly, what is none is kept`(
    _ spelling: (text: String, value: JSONValue)
  ) {
    let parser = JSONTextParser()
    for list in ["[\(spelling.text)]", "[ \(spelling.text) ,\(spelling.text), \(spelling.text)]"] {
      guard case .array(let values)? = parser.value(list) else {
        #expect(spelling.text == "1:")
        continue
      }
      #expect(values.allSatisfy { $0 == spelling.value })
    }
  }

  /// Lists are read in steps of several numbers, of which any may be odd.
  @Test(arguments: spellings)
  func `what stands among other numbers is read as if it stood alone`(
    _ spelling: (text: String, value: JSONValue)
  ) {
    let parser = JSONTextParser()
    let others: [(text: String, value: JSONValue)] = [
      ("1.25", 1.25), ("-7", -7), ("0", 0), ("33.5", 33.5), ("-12.75", -12.75), ("640", 640),
    ]
    for count in 1...9 where spelling.text != "1:" {
      for place in 0..<count {
        var list = (0..<count).map { others[$0 % others.count] }
        list[place] = spelling
        let text = "[" + list.map(\.text).joined(separator: ",") + "]"
        #expect(parser.value(text) == .array(list.map(\.value)), "\(text)")
      }
    }
  }

  @Test
  func `100,000 doubles read back as they were, none longer than Swift writes it`() async throws {
    let doubles = Self.doubles(100_000)
    var wrong = 0
    for value in doubles {
      let text = text(value)
      if Double(text)?.bitPattern != value.bitPattern { wrong += 1 }
      if text.utf8.count > value.description.utf8.count { wrong += 1 }
    }
    #expect(wrong == 0)
    let folder = try TemporaryFolder()
    let annotation = Annotation(id: 1, imageID: 1, categoryID: 1, keypoints: doubles)
    let written = try await folder.written(Dataset(annotations: [annotation]))
    let read = try await folder.read(written).dataset.annotations.first?.keypoints ?? []
    #expect(read.map(\.bitPattern) == doubles.map(\.bitPattern))
  }

  @Test(
    arguments: [
      0, 7, -7, 10, 99, 100, 1 << 32, .max, .min, 999_999_999_999_999_999, -1000, 99_999_999,
      100_000_000, 100_000_001, -9_999_999_999_999_999, 10_000_000_000_000_000,
    ] + (1...18).map { Int("123456789012345678".prefix($0)) ?? 0 })
  func `integers are written digit by digit`(value: Int) {
    var output = JSONOutput(capacity: 1)
    output.append(value)
    #expect(output.text == "\(value)")
  }

  @Test(
    arguments: [1.0, -3, 0, -0.0, 1e12, 1e15, 1e16, 1e300])
  func `a value keeps whether it was an integer`(value: Double) async throws {
    let folder = try TemporaryFolder()
    let image = Image(
      id: 1, fileName: "a", width: 1, height: 1, extra: ["x": .number(value), "y": .integer(3)])
    let read = try await folder.read(try await folder.written(Dataset(images: [image])))
    #expect(read.faults.isEmpty)
    guard case .number(let found)? = read.dataset.images.first?.extra["x"] else {
      Issue.record("expected a number with a fraction")
      return
    }
    #expect(found.bitPattern == value.bitPattern)
    #expect(read.dataset.images.first?.extra["y"] == .integer(3))
  }

  @Test func `control characters are escaped and nothing else is`() {
    var output = JSONOutput()
    output.append("\u{0}\u{1F}\"\\/\n\r\t\u{7F}é\u{2028}")
    #expect(output.text == "\"\\u0000\\u001f\\\"\\\\/\\n\\r\\t\u{7F}é\u{2028}\"")
  }
}
