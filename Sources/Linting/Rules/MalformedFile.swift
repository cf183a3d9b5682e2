import COCO

/// See `summary`.
struct MalformedFile: ReadingRule {
  static let kind = FaultKind.malformedFile
  static let summary = "a file that breaks the rules of its format"
  static let explanation = """
    A bracket that is never closed, a file that ends early, a quote without its other half. \
    Everything that can be read for certain is read; the record that holds the fault is left out, \
    and where nothing can be told apart behind it, all that follows. A file that ends early was \
    mostly cut by a full disk or a broken download.
    """
  static let files = [
    FileExample.flags(
      "the file ends within its second object", "voc", .text("beach.xml", cut), .picture()),
    .flags(
      "a colon for a comma", "coco",
      .coco(ExampleText.annotation() + ": " + ExampleText.annotation(id: "\"id\": 2, ")), .picture()
    ),
    .flags("an empty file", "voc", .text("beach.xml", ""), .picture()),
    .flags(
      "a bracket of data.yaml that is never closed", "yolo", .yaml(names: " [crab, palm"),
      .picture("images/beach.png")),
    .flags(
      "a quote that is never closed", "csv",
      .csv("beach.png,64,48,crab,10,8,30,28", "\"beach.png,64,48,crab,10,8,30,28"), .picture()),
    .allows("a whole file", "coco", .coco(), .picture()),
  ]

  private static let cut = String(
    ExampleText.voc(ExampleText.object() + "\n" + ExampleText.object(name: "palm")).dropLast(60))
}
