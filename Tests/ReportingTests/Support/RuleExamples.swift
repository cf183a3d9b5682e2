import COCO

@testable import Reporting

/// Descriptions with and without fixes, options and examples.
enum RuleExamples {
  static let invertedBox: RuleDescription = {
    var rule = RuleDescription(
      "inverted-box", .error, summary: "a box whose right or lower edge comes before the other",
      explanation: """
        Readers take `xmax - xmin` for the width, which is negative here. Some of them stop, others \
        leave the box out without a word, and a few train on it.

        It comes from:
        - tools that keep the corners in the order in which they were drawn, from any corner to \
        the opposite one
        - columns in another order
        """)
    rule.hasSafeFix = true
    rule.examples = [
      .init(
        "corners in the order in which they were drawn",
        text: "<xmin>55</xmin>\n<xmax>40</xmax>",
        findings: ["error: xmax 40 is left of xmin 55"], fixed: "<xmin>40</xmin>\n<xmax>55</xmax>"),
      .init("a box of no width is another rule's", text: "bbox: [5, 5, 0, 10]"),
    ]
    return rule
  }()

  static let tinyBox: RuleDescription = {
    var rule = RuleDescription(
      "tiny-box", .warning, summary: "a box with a side of less than 2 pixels | `tiny`",
      explanation: "Detectors see nothing in it.")
    rule.hasUnsafeFix = true
    rule.options = [
      .init("minimum-side", defaultValue: "2"),
      .init("crowds", defaultValue: "false"),
    ]
    return rule
  }()

  static let rareCategory = RuleDescription(
    "rare-category", .information, summary: "a category with few annotations",
    explanation: "Fewer than 10 teach a detector little: the <rare> *one* is missed.")
}
