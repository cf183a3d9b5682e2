import COCO

/// See `summary`.
struct MalformedValue: ReadingRule {
  static let kind = FaultKind.malformedValue
  static let fixability = Fixability.both
  static let summary = "a value of the wrong kind for its place"
  static let explanation = """
    Examples are text in place of a number, three numbers for a box, an object in place of a name, \
    and two boxes for one object. A record that needs the value is left out; a value that nothing \
    depends on is kept as text, with a warning. Usual causes are decimal commas and units after \
    numbers. If the intended value is beyond doubt, as with a width of "64" in quotes, it is read \
    that way and the fix writes it that way; a width of 63.9 is rounded, which only an unsafe fix \
    writes.
    """
  static let files = [
    FileExample.flags("a decimal comma", "voc", .voc(ExampleText.object(xmin: "10,5")), .picture()),
    .flags(
      "two boxes for one object", "voc",
      .voc(
        ExampleText.object(
          more: "\n    <bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>8</ymax></bndbox>")),
      .picture()),
    .flags(
      "a box of three numbers", "coco", .coco(ExampleText.annotation(box: "[10, 8, 20]")),
      .picture()),
    .flags(
      "a width in quotes", "coco", .coco(image: ExampleText.image(width: "\"64\"")), .picture(),
      fixed: ExampleText.coco()),
    .flags(
      "a fractional width", "coco", .coco(image: ExampleText.image(width: "63.9")),
      .picture(), fixed: ExampleText.coco()),
    .flags(
      "a word in place of a class number", "yolo", .yaml(), .picture("images/beach.png"),
      .labels("crab 0.5 0.5 0.25 0.25")),
    .flags("a unit after a number", "csv", .csv("beach.png,64,48,crab,10,8,30px,28"), .picture()),
    .allows(
      "numbers with or without decimals", "voc", .voc(ExampleText.object(xmin: "10.5")), .picture()
    ),
  ]
}
