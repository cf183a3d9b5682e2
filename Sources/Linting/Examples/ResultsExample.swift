/// A ground truth and results that show a fault of an evaluation; they serve as test and as
/// documentation.
public struct ResultsExample: Sendable {
  /// The fault shown, or the reason why there is none.
  public var title: String
  /// The text of a COCO file.
  public var truth: String
  /// The text of a list of results.
  public var results: String
  /// Whether the evaluation reports the fault.
  public var isFlagged: Bool
}

extension ResultsExample {
  /// Returns files about which an evaluation reports the fault.
  static func flags(_ title: String, truth: String, results: String) -> ResultsExample {
    ResultsExample(title: title, truth: truth, results: results, isFlagged: true)
  }

  /// Returns files that an evaluation accepts as they are.
  static func allows(_ title: String, truth: String, results: String) -> ResultsExample {
    ResultsExample(title: title, truth: truth, results: results, isFlagged: false)
  }
}
