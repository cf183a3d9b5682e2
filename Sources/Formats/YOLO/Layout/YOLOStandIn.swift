/// The line of `data.yaml` that marks a part without images of its own. Ultralytics requires
/// `train` and `val` in each file, and without the line nothing would show that both are the same
/// by intent.
enum YOLOStandIn {
  /// Returns the line that stands above the part's key.
  static func comment(_ key: String, _ original: String) -> String {
    "\(beginning(key)) and names those of \(original)"
      + (key == "val" ? "; copra convert --val 0.1 gives it some" : "")
  }

  /// Returns whether a line marks the part that is named below it.
  static func isComment(_ line: some StringProtocol, on key: String) -> Bool {
    line.hasPrefix(beginning(key))
  }

  private static func beginning(_ key: String) -> String {
    "# \(key) has no pictures of its own"
  }
}
