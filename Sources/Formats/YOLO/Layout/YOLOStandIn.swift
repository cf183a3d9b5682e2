/// The line of `data.yaml` that says that a part has no pictures of its own. Ultralytics wants `train`
/// and `val` in each, and without the line nothing would tell that both are the same by intent.
enum YOLOStandIn {
  /// Returns the line that stands above the part's key.
  static func comment(_ key: String, _ original: String) -> String {
    "\(beginning(key)) and names those of \(original)"
      + (key == "val" ? "; copra convert --val 0.1 gives it some" : "")
  }

  /// Returns whether a line says so of the part that is named below it.
  static func isComment(_ line: some StringProtocol, on key: String) -> Bool {
    line.hasPrefix(beginning(key))
  }

  private static func beginning(_ key: String) -> String {
    "# \(key) has no pictures of its own"
  }
}
