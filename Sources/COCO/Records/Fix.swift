/// A way to mend what a finding reports.
public struct Fix: Sendable, Equatable {
  /// What the fix does to the record that the finding is about.
  public enum Edit: Sendable, Equatable {
    case replaceBox(Box)
  }

  /// What the fix does, in words: `sort the corners`.
  public var title: String
  /// Whether it can be applied unseen: it loses nothing and guesses nothing.
  public var isSafe: Bool
  public var edits: [Edit]

  public init(_ title: String, isSafe: Bool, edits: [Edit]) {
    self.title = title
    self.isSafe = isSafe
    self.edits = edits
  }
}
