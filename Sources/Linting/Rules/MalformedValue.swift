import COCO

/// See `summary`.
struct MalformedValue: ReadingRule {
  static let kind = FaultKind.malformedValue
  static let fixability = Fixability.both
  static let summary = "a value of another kind than its place asks for"
  static let explanation = """
    Text for a number, three numbers for a box, an object for a name, two boxes for one \
    object. The record that needs the value is left out; values that nothing depends on are kept as text with a warning. Decimal \
    commas and units behind numbers are the usual reasons. Where what was meant is beyond doubt, \
    as with a width of "64" in quotes, the value is read so and the fix writes it so; a width of 63.9 \
    is rounded, which only an unsafe fix writes.
    """
  static let files = [
    FileExample.flags("a decimal comma", "voc", .voc(ExampleText.object(xmin: "10,5")), .picture()),
    .flags(
      "two boxes of one object", "voc",
      .voc(
        ExampleText.object(
          more: "\n    <bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>8</ymax></bndbox>")),
      .picture()),
    .flags(
      "a box of three numbers", "coco", .coco(ExampleText.annotation(box: "[10, 8, 20]")),
      .picture()),
    .flags(
      "a width in quotes", "coco", .coco(image: ExampleText.image(width: "\"64\"")), .picture(),
      mended: ExampleText.coco()),
    .flags(
      "a width that ends within a pixel", "coco", .coco(image: ExampleText.image(width: "63.9")),
      .picture(), mended: ExampleText.coco()),
    .flags(
      "a class that is a word", "yolo", .yaml(), .picture("images/beach.png"),
      .labels("crab 0.5 0.5 0.25 0.25")),
    .flags("a unit behind a number", "csv", .csv("beach.png,64,48,crab,10,8,30px,28"), .picture()),
    .allows(
      "numbers, with decimals or without", "voc", .voc(ExampleText.object(xmin: "10.5")), .picture()
    ),
  ]
}
