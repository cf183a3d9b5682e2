import COCO

/// See `summary`.
struct MissingField: ReadingRule {
  static let kind = FaultKind.missingField
  static let fixability = Fixability.safe
  static let summary = "a record that lacks a required value"
  static let explanation = """
    Examples are a box without its last corner, an object without a class, and a table without a \
    column for the image. The record is left out. An annotation without an id is only a warning: \
    it is numbered while it is read, but pycocotools needs the number in the file, and the fix \
    writes it there.
    """
  static let files = [
    FileExample.flags(
      "no class", "voc", .voc(ExampleText.object(name: nil)), .picture()),
    .flags(
      "no box and no outline", "coco",
      .coco(#"{"id": 1, "image_id": 1, "category_id": 1, "area": 400, "iscrowd": 0}"#), .picture()),
    .flags("no id", "coco", .coco(ExampleText.annotation(id: "")), .picture()),
    .flags("a row that ends early", "csv", .csv("beach.png,64,48,crab,10,8,30"), .picture()),
    .allows("all required fields", "csv", .csv("beach.png,64,48,crab,10,8,30,28"), .picture()),
  ]
}
