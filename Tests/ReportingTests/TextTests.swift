import COCO
import Testing

@testable import Reporting

struct TextTests {
  @Test(
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (100_000, "100,000"),
      (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func `thousands are set off`(number: Int, text: String) {
    #expect(number.grouped == text)
  }

  @Test(
    arguments: [
      (1234.56, 1, "1,234.6"), (0.05, 1, "0.1"), (-0.01, 1, "0.0"), (-2.5, 2, "-2.50"),
      (3.999, 2, "4.00"), (7, 0, "7"), (1e300, 1, "1e+300"), (.nan, 1, "nan"),
    ] as [(Double, Int, String)])
  func `decimals are fixed`(number: Double, decimals: Int, text: String) {
    #expect(number.fixed(decimals) == text)
  }

  @Test(
    arguments: [
      (1, 3, "33.3 %"), (0, 3, "0.0 %"), (1, 1_000_000, "< 0.1 %"), (0, 0, "–"), (3, 3, "100.0 %"),
    ])
  func `shares are percentages`(count: Int, total: Int, text: String) {
    #expect(count.percentage(of: total) == text)
  }

  @Test(
    arguments: [
      ("crab", 4), ("é", 1), ("e\u{301}", 1), ("螃蟹", 4), ("🦀", 2), ("👩‍🔬", 2), ("≤", 1), ("", 0),
      ("\u{1B}[1;31merror\u{1B}[0m", 5),
    ])
  func `width is that on a terminal`(text: String, columns: Int) {
    #expect(text.columns == columns)
  }

  @Test(arguments: [("crab", 4, "crab"), ("crabs", 4, "cra…"), ("螃蟹岛", 5, "螃蟹…"), ("螃蟹岛", 4, "螃…")])
  func `long text is clipped`(text: String, width: Int, clipped: String) {
    #expect(text.clipped(to: width) == clipped)
  }

  @Test(
    arguments: [
      (0, 10, ""), (10, 10, "████"), (5, 10, "██"), (1, 1_000_000, "▏"), (1, 8, "▌"),
      (20, 10, "████"),
    ])
  func `bars are drawn in eighths`(value: Int, maximum: Int, bar: String) {
    #expect(TextBar.bar(value, of: maximum, width: 4) == bar)
  }

  @Test func `lines of tables end without blanks`() {
    var table = TextTable([.left, .right, .left], indentation: 1)
    table.add("a", "10", "")
    table.add("bcd", "5", "x")
    #expect(table.text == " a    10\n bcd   5  x\n")
  }
}
