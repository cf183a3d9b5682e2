import COCO

/// See `summary`.
struct MalformedFile: ReadingRule {
  static let kind = FaultKind.malformedFile
  static let summary = "a file that violates the rules of its format"
  static let explanation = """
    Examples are a bracket that is never closed, a file that ends early, and a quote without its \
    partner. Everything that can be read reliably is read; the record with the fault is left out, \
    and so is everything after it if the following records cannot be told apart. A file that ends \
    early was usually cut off by a full disk or a broken download.
    """
  static let files = [
    FileExample.flags(
      "a file that ends within its second object", "voc", .text("beach.xml", cut), .picture()),
    .flags(
      "a colon in place of a comma", "coco",
      .coco(ExampleText.annotation() + ": " + ExampleText.annotation(id: "\"id\": 2, ")), .picture()
    ),
    .flags("an empty file", "voc", .text("beach.xml", ""), .picture()),
    .flags(
      "an unclosed bracket in data.yaml", "yolo", .yaml(names: " [crab, palm"),
      .picture("images/beach.png")),
    .flags(
      "an unclosed quote", "csv",
      .csv("beach.png,64,48,crab,10,8,30,28", "\"beach.png,64,48,crab,10,8,30,28"), .picture()),
    .allows("a complete file", "coco", .coco(), .picture()),
  ]

  private static let cut = String(
    ExampleText.voc(ExampleText.object() + "\n" + ExampleText.object(name: "palm")).dropLast(60))
}
