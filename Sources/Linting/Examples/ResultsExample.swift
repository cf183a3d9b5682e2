/// A ground truth and results that show a fault of evaluating: its test and its documentation.
public struct ResultsExample: Sendable {
  /// What is the matter, or why nothing is.
  public var title: String
  /// A COCO file's text.
  public var truth: String
  /// The text of a list of results.
  public var results: String
  public var isFlagged: Bool
}

extension ResultsExample {
  /// Files of which an evaluation has to say something.
  static func flags(_ title: String, truth: String, results: String) -> ResultsExample {
    ResultsExample(title: title, truth: truth, results: results, isFlagged: true)
  }

  /// Files that an evaluation takes as they are.
  static func allows(_ title: String, truth: String, results: String) -> ResultsExample {
    ResultsExample(title: title, truth: truth, results: results, isFlagged: false)
  }
}
