public import COCO

/// A small dataset that shows a rule; it serves as test and as documentation.
public struct Example: Sendable {
  /// The fault shown, or the reason why there is none.
  public var title: String
  /// The datasets and image facts to judge.
  public var subject: Subject
  /// Whether the rule reports a finding.
  public var isFlagged: Bool
  /// The result of the rule's fixes; nil if it offers none.
  public var fixed: [Dataset]?

  init(_ title: String, _ subject: Subject, isFlagged: Bool, fixed: [Dataset]? = nil) {
    self.title = title
    self.subject = subject
    self.isFlagged = isFlagged
    self.fixed = fixed
  }
}

extension Example {
  /// Returns an example that the rule flags.
  static func flags(_ title: String, _ datasets: Dataset..., fixed: Dataset? = nil) -> Example {
    Example(title, Subject(datasets), isFlagged: true, fixed: fixed.map { [$0] })
  }

  /// Returns an example that the rule allows.
  static func allows(_ title: String, _ datasets: Dataset...) -> Example {
    Example(title, Subject(datasets), isFlagged: false)
  }

  /// Returns an example that the rule flags for facts about the images.
  static func flags(
    _ title: String, _ dataset: Dataset, pictures: [PictureFacts?], fixed: Dataset? = nil
  ) -> Example {
    Example(
      title, Subject([dataset], pictures: [pictures]), isFlagged: true,
      fixed: fixed.map { [$0] })
  }

  /// Returns an example that the rule allows for facts about the images.
  static func allows(
    _ title: String, _ dataset: Dataset, pictures: [PictureFacts?]
  ) -> Example {
    Example(title, Subject([dataset], pictures: [pictures]), isFlagged: false)
  }
}
