public import COCO

/// A small dataset and the format to write it in.
public struct OutputExample: Sendable {
  /// The fault shown, or the reason why there is none.
  public var title: String
  /// The name of the format, as `--to` takes it.
  public var format: String
  /// The dataset to write.
  public var dataset: Dataset
  /// Whether a record is left out.
  public var isFlagged: Bool
}

extension OutputExample {
  /// Returns a dataset of which something is left out.
  static func flags(_ title: String, to format: String, _ dataset: Dataset) -> OutputExample {
    OutputExample(title: title, format: format, dataset: dataset, isFlagged: true)
  }

  /// Returns a dataset that is written completely.
  static func allows(_ title: String, to format: String, _ dataset: Dataset) -> OutputExample {
    OutputExample(title: title, format: format, dataset: dataset, isFlagged: false)
  }
}
