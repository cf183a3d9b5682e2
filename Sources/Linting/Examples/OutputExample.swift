public import COCO

/// A small dataset and a format that it is to be written in.
public struct OutputExample: Sendable {
  /// What is the matter, or why nothing is.
  public var title: String
  /// As `--to` takes it.
  public var format: String
  public var dataset: Dataset
  /// Whether a record of it is left out.
  public var isFlagged: Bool
}

extension OutputExample {
  /// A dataset of which something is left out.
  static func flags(_ title: String, to format: String, _ dataset: Dataset) -> OutputExample {
    OutputExample(title: title, format: format, dataset: dataset, isFlagged: true)
  }

  /// A dataset that is written whole.
  static func allows(_ title: String, to format: String, _ dataset: Dataset) -> OutputExample {
    OutputExample(title: title, format: format, dataset: dataset, isFlagged: false)
  }
}
