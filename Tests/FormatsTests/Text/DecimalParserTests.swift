import TestSupport
import Testing

@testable import Formats

@Suite struct DecimalParserTests {
  private func parse(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { DecimalParser.parse($0) }
  }

  @Test(arguments: [
    ("0", 0), ("+7", 7), ("12", 12), ("007", 7), ("1.5", 1.5), (".5", 0.5), ("5.", 5),
    ("-.25", -0.25), ("1e3", 1000), ("1E-2", 0.01), ("-2.5e+1", -25), ("0.1", 0.1),
    ("123456789012345", 123_456_789_012_345), ("0.000000000000001", 1e-15),
    ("0.30000000000000004", 0.30000000000000004), ("1e999", .infinity), ("-1e999", -.infinity),
    ("inf", .infinity), ("-Infinity", -.infinity),
  ])
  func `a number is the nearest double`(text: String, number: Double) {
    #expect(parse(text) == number)
  }

  @Test(arguments: [
    "-0", "-0.0", "1234567890123456789", "9007199254740993", "1.7976931348623157e308", "5e-324",
    "2.2250738585072011e-308", "0.0000000000000000000000000000000000001", "1e22", "1e23",
  ])
  func `a number that is hard to round is that of the standard library`(text: String) throws {
    let parsed = try #require(parse(text))
    #expect(parsed.bitPattern == Double(text)?.bitPattern)
  }

  @Test(arguments: ["nan", "NaN", "-nan"])
  func `not a number is a number`(text: String) {
    #expect(parse(text)?.isNaN == true)
  }

  @Test(arguments: [
    "", "-", "+", ".", "-.", "1,5", "1 2", " 1", "1 ", "0x10", "0X1p3", "1e", "e5", "1.2.3", "--1",
    "1-", "+-1", "12px", "one", "٣", "1_000", "1\0",
  ])
  func `what is no number is refused`(text: String) {
    #expect(parse(text) == nil)
  }

  @Test func `random decimals are those of the standard library`() {
    var random = SeededNumbers(seed: 20)
    var differing: [String] = []
    for _ in 0..<100_000 {
      let text = Self.decimal(&random)
      if parse(text)?.bitPattern != Double(text)?.bitPattern { differing.append(text) }
    }
    #expect(differing.isEmpty)
  }

  /// Digits before and behind the point, some of them many, some with an exponent.
  private static func decimal(_ random: inout SeededNumbers) -> String {
    let most = Bool.random(using: &random) ? 8 : 24
    var text = ["", "-", "+"].randomElement(using: &random) ?? ""
    text += digits(most, &random) + "7"
    if Bool.random(using: &random) { text += "." + digits(most, &random) }
    if Int.random(in: 0..<8, using: &random) == 0 {
      text += "e\(Int.random(in: -330...330, using: &random))"
    }
    return text
  }

  private static func digits(_ most: Int, _ random: inout SeededNumbers) -> String {
    let count = Int.random(in: 0...most, using: &random)
    return (0..<count).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
  }
}
