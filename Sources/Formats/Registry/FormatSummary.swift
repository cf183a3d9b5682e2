/// The description of a format for people: the row of a table, and what is said of it alone.
public struct FormatSummary: Sendable {
  /// A kind of content that annotations may have.
  public enum Content: String, Sendable, CaseIterable {
    case boxes, outlines
    case orientedBoxes = "oriented boxes"
    case masks, keypoints, captions

    /// The content of COCO's records, in which an oriented box is an outline.
    static let ofCOCO: [Content] = [.boxes, .outlines, .masks, .keypoints, .captions]
  }

  /// The name of the format in prose, for example `Pascal VOC`.
  public let title: String
  /// The content that is read.
  public let reads: [Content]
  /// The content that is written, with no more loss than `copra convert` reports.
  public let writes: [Content]
  /// The evidence by which an input is recognised, as a noun phrase; backticks mark code.
  public let sign: String
  /// The variants that are read, as a list of phrases between semicolons; backticks mark code.
  public let variants: String
  /// The names of the options of `copra convert` that concern this format alone.
  public let options: [String]

  init(
    _ title: String, reads: [Content], writes: [Content] = [], sign: String, variants: String,
    options: [String] = []
  ) {
    self.title = title
    self.reads = reads
    self.writes = writes
    self.sign = sign
    self.variants = variants
    self.options = options
  }
}
