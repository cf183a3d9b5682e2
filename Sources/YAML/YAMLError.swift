/// What is wrong with a text that is no YAML or that is not taken as such.
public struct YAMLError: Error, Sendable {
  /// What was being read when the problem was met.
  public struct Context: Sendable {
    /// Such as `while parsing a flow sequence`.
    public let text: String
    /// Where that begins.
    public let mark: Mark
  }

  public let problem: String
  /// Where the problem is; nil where that is not known, as in a text with a character that YAML does
  /// not allow.
  public let mark: Mark?
  public let context: Context?

  init(_ problem: String, at mark: Mark?, context: Context? = nil) {
    self.problem = problem
    self.mark = mark
    self.context = context
  }
}
