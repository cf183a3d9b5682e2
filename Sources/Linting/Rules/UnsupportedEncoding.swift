import COCO

/// See `summary`.
struct UnsupportedEncoding: ReadingRule {
  static let kind = FaultKind.unsupportedEncoding
  static let summary = "a text file in an unrecognised encoding"
  static let explanation = """
    UTF-8 is read everywhere, UTF-16 with a byte order mark in XML, CSV and YOLO's files, and in \
    XML any encoding that expat knows by its declared name. Anything else would be a guess that \
    corrupts names. Save the file as UTF-8.
    """
  static let files = [
    FileExample.flags(
      "an encoding that does not exist", "voc",
      .voc(before: "<?xml version=\"1.0\" encoding=\"klingon\"?>\n"), .picture()),
    .flags(
      "Latin-1 in classes.txt", "yolo", .latin1("classes.txt", "bürste\n"),
      .picture("images/beach.png"), .labels("0 0.5 0.5 0.25 0.25")),
    .allows(
      "UTF-16 with a byte order mark", "csv",
      .utf16("boxes.csv", ExampleText.csv(["beach.png,64,48,crab,10,8,30,28"])), .picture()),
  ]
}
