import COCO

/// See `summary`.
struct ForeignAbsolutePath: ReadingRule {
  static let kind = FaultKind.foreignAbsolutePath
  static let summary = "a path that does not exist on this machine"
  static let explanation = """
    An absolute path is valid only on the machine where the data was made. Here the files were \
    found by the end of the path, so nothing is missing, but other readers may find nothing. Use \
    paths relative to the file that contains them, which work everywhere.
    """
  static let files = [
    FileExample.flags(
      "an image on someone else's drive", "csv",
      .csv("C:\\photos\\beach.png,64,48,crab,10,8,30,28"), .picture()),
    .allows(
      "a path relative to the table", "csv", .csv("photos/beach.png,64,48,crab,10,8,30,28"),
      .picture("photos/beach.png")),
  ]
}
