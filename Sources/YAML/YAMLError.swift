/// An error of a text that is no YAML, or that is refused.
public struct YAMLError: Error, Sendable {
  /// The structure that was being read when the problem occurred.
  public struct Context: Sendable {
    /// The structure as a phrase, such as `while parsing a flow sequence`.
    public let text: String
    /// The place at which the structure begins.
    public let mark: Mark
  }

  /// The problem as a message.
  public let problem: String
  /// The place of the problem; nil if it is not known, as in a text with a character that YAML does
  /// not allow.
  public let mark: Mark?
  /// The structure that was being read; nil if it is not known.
  public let context: Context?

  init(_ problem: String, at mark: Mark?, context: Context? = nil) {
    self.problem = problem
    self.mark = mark
    self.context = context
  }
}
