public import COCO

/// A small dataset that shows a rule: its test and its documentation.
public struct Example: Sendable {
  /// What is the matter, or why nothing is.
  public var title: String
  public var subject: Subject
  /// Whether the rule has something to say of it.
  public var isFlagged: Bool
  /// What the rule's fixes make of it; nil where it offers none.
  public var mended: [Dataset]?

  init(_ title: String, _ subject: Subject, isFlagged: Bool, mended: [Dataset]? = nil) {
    self.title = title
    self.subject = subject
    self.isFlagged = isFlagged
    self.mended = mended
  }
}

extension Example {
  /// An example that the rule flags.
  static func flags(_ title: String, _ datasets: Dataset..., mended: Dataset? = nil) -> Example {
    Example(title, Subject(datasets), isFlagged: true, mended: mended.map { [$0] })
  }

  /// An example that the rule leaves alone.
  static func allows(_ title: String, _ datasets: Dataset...) -> Example {
    Example(title, Subject(datasets), isFlagged: false)
  }

  /// An example that the rule flags for what is known of the pictures.
  static func flags(
    _ title: String, _ dataset: Dataset, pictures: [PictureFacts?], mended: Dataset? = nil
  ) -> Example {
    Example(
      title, Subject([dataset], pictures: [pictures]), isFlagged: true,
      mended: mended.map { [$0] })
  }

  /// An example that the rule leaves alone for what is known of the pictures.
  static func allows(
    _ title: String, _ dataset: Dataset, pictures: [PictureFacts?]
  ) -> Example {
    Example(title, Subject([dataset], pictures: [pictures]), isFlagged: false)
  }
}
