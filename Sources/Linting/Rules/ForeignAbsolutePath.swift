import COCO

/// See `summary`.
struct ForeignAbsolutePath: ReadingRule {
  static let kind = FaultKind.foreignAbsolutePath
  static let summary = "a path that leads nowhere on this machine"
  static let explanation = """
    An absolute path holds for the machine on which the data was made. The files were found by \
    the end of the path, so that all is well here; other readers may find nothing. Paths relative \
    to the file that names them work everywhere.
    """
  static let files = [
    FileExample.flags(
      "a picture on a drive of somebody else", "csv",
      .csv("C:\\photos\\beach.png,64,48,crab,10,8,30,28"), .picture()),
    .allows(
      "a path relative to the table", "csv", .csv("photos/beach.png,64,48,crab,10,8,30,28"),
      .picture("photos/beach.png")),
  ]
}
